import type { OperationName, Reconciliation, SendAttempt } from '@parley/core'
import { reconcilingRows } from '../../src/checks/reconciling.ts'
import { errors, type Mutant, refused, replace, result } from './mutate.ts'

/** Reconciles every attempt to the same outcome. */
const always = (outcome: Reconciliation['outcome']): Mutant => ({
  adapter: result('messages.reconcile', (reconciliation: Reconciliation) => ({
    ...reconciliation,
    ...(outcome !== 'done' && { message: null, answer: null }),
    outcome,
  })),
})

/** Reconciles another attempt than the one it is given. */
const taking = (change: (attempt: SendAttempt) => SendAttempt): Mutant => ({
  adapter: (adapter) =>
    replace(
      adapter,
      'messages.reconcile',
      (reconcile) =>
        (attempt: SendAttempt, ...rest) =>
          reconcile(change(attempt), ...rest),
    ),
})

const outcomes = ['done', 'unknown', 'not-done'] as const

const without = (key: keyof SendAttempt) => (attempt: SendAttempt) =>
  ({ ...attempt, [key]: key === 'messageId' || key === 'conversationId' ? null : undefined }) as SendAttempt

const minutesEarlier = (minutes: number) => (attempt: SendAttempt) => {
  const moved = (instant: string): string => new Date(Date.parse(instant) - minutes * 60_000).toISOString()
  const { startedAt, deadline = startedAt } = attempt
  return { ...attempt, startedAt: moved(startedAt), deadline: moved(deadline) }
}

const rewrite = 'a message whose text the vendor rewrote'

/** By the check that has to catch it: adapters that are wrong about one thing in finding out. */
const special: Record<string, Mutant[]> = {
  'a message that was never stored reconciles as unknown while it may be on its way': [taking(minutesEarlier(20))],
  'a message that was never stored reconciles as unknown in another process for ten minutes longer': [
    taking(minutesEarlier(11)),
  ],
  'a message that follows the newest one seen reconciles as done by a clock 10 minutes behind': [
    taking(without('after')),
  ],
  'a message that was never stored reconciles as not-done when the same words were seen before': [
    taking(without('after')),
  ],
  'a message that was never stored reconciles as unknown when the newest one seen is not shown': [
    taking(without('after')),
  ],
  'a known id that is not shown reconciles as unknown': [taking(without('messageId'))],
  'a known id of a message that the vendor lost reconciles as unknown': [taking(without('messageId'))],
  'a rewritten message whose id is known reconciles as done': [taking(without('messageId'))],
  'a rewritten message reconciles as done by the id that the vendor keeps for the application': [
    taking(without('mark')),
  ],
  'a message for later reconciles as unknown before its time': [taking(without('sendAt'))],
  // A text that is not equal is taken for another message.
  [`${rewrite} (footer) reconciles as unknown`]: [notDoneWithoutTheText()],
  [`${rewrite} (quotes) reconciles as unknown`]: [notDoneWithoutTheText()],
}

function notDoneWithoutTheText(): Mutant {
  return {
    adapter: (adapter) =>
      replace(adapter, 'messages.reconcile', (reconcile) => async (attempt: SendAttempt, ...rest) => {
        const reconciliation: Reconciliation = await reconcile(attempt, ...rest)
        const { items } = (await adapter.messages?.list?.(attempt.conversationId ?? '')) ?? { items: [] }
        const isThere = items.some(({ text }) => text === attempt.text)
        return reconciliation.outcome === 'unknown' && !isThere
          ? { ...reconciliation, outcome: 'not-done' }
          : reconciliation
      }),
  }
}

/** Hands the attempt on in another way. */
const attempting =
  (
    name: OperationName,
    change: (onAttempt: (attempt: SendAttempt) => unknown) => object,
  ): NonNullable<Mutant['adapter']> =>
  (adapter) =>
    replace(
      adapter,
      name,
      (call) =>
        (target, input, options = {}) =>
          call(target, input, options.onAttempt ? { ...options, ...change(options.onAttempt) } : options),
    )

/** Sends before it gives the attempt. */
const sendingFirst =
  (name: OperationName): NonNullable<Mutant['adapter']> =>
  (adapter) =>
    replace(adapter, name, (call) => async (target, input, { onAttempt, ...options } = {}) => {
      const answer = await call(target, input, options)
      await onAttempt?.(answer.attempt)
      return answer
    })

const others: Record<string, Mutant[]> = {
  'the caller gets the attempt before anything is sent, and every new fact about it before the answer': [
    ...(['messages.ask', 'messages.stream', 'messages.reply', 'messages.note'] as const).map((name) => ({
      adapter: attempting(name, () => ({ onAttempt: undefined })),
    })),
    { adapter: sendingFirst('messages.ask') },
    { adapter: sendingFirst('messages.reply') },
    {
      adapter: attempting('messages.ask', (onAttempt) => {
        let count = 0
        return { onAttempt: (attempt: SendAttempt) => (count++ === 0 ? onAttempt(attempt) : undefined) }
      }),
    },
    {
      adapter: attempting('messages.note', (onAttempt) => {
        const same: Record<string, unknown> = {}
        return { onAttempt: (attempt: SendAttempt) => onAttempt(Object.assign(same, attempt) as never) }
      }),
    },
  ],
  'nothing is sent when the attempt cannot be stored': [
    { adapter: sendingFirst('messages.ask') },
    {
      adapter: attempting('messages.reply', (onAttempt) => ({
        onAttempt: async (attempt: SendAttempt) => {
          await Promise.resolve(onAttempt(attempt)).catch(() => {})
        },
      })),
    },
  ],
  'nothing is sent when beforeSend throws, which is called after onAttempt': [
    ...(['messages.ask', 'messages.stream', 'messages.reply', 'messages.note'] as const).map((name) => ({
      adapter: attempting(name, () => ({ beforeSend: undefined })),
    })),
    { adapter: attempting('messages.reply', () => ({ onAttempt: undefined })) },
  ],
  'a caller that aborts while a conversation is opened can reconcile the attempt and continue in that conversation': [
    always('unknown'),
    always('done'),
    { adapter: sendingFirst('messages.ask') },
    // Loses the conversation that it opened.
    taking(without('conversationId')),
    // Opens another one for every question.
    {
      adapter: (adapter) =>
        replace(adapter, 'messages.ask', (ask) => async (target, ...rest) => {
          if (typeof target !== 'string') return ask(target, ...rest)
          const { contact } = (await adapter.conversations?.get?.(target)) ?? {}
          return ask({ contact: contact?.id }, ...rest)
        }),
    },
  ],
  'an unknown vendor option is refused before any request, by every operation that takes vendor options': [
    ...(['messages.ask', 'messages.stream', 'agents.update', 'knowledge.add'] as const).map((name) => ({
      adapter: withoutVendor(name),
    })),
    { adapter: errors('messages.note', () => refused('Something is wrong.')) },
  ],
  'options of another vendor are ignored by every operation that takes vendor options': [
    {
      adapter: (adapter) =>
        replace(adapter, 'contacts.create', (create) => async (input, ...rest) => {
          for (const vendor of Object.keys(input.vendor ?? {})) {
            if (vendor !== 'reference') throw refused(`vendor.${vendor} is not known`)
          }
          return create(input, ...rest)
        }),
    },
  ],
}

function withoutVendor(name: OperationName): NonNullable<Mutant['adapter']> {
  return (adapter) =>
    replace(
      adapter,
      name,
      (call) =>
        (...args) =>
          call(...args.map((arg) => (typeof arg === 'object' ? { ...arg, vendor: undefined } : arg))),
    )
}

export const reconciling: Record<string, Mutant[]> = {
  ...others,
  ...Object.fromEntries(
    reconcilingRows.map(({ name, expected }) => [
      name,
      [...outcomes.filter((outcome) => outcome !== expected).map(always), ...(special[name] ?? [])],
    ]),
  ),
}
