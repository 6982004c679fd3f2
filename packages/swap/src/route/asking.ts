import {
  type Answer,
  type AnswerPart,
  type AskInput,
  type AskTarget,
  argumentsNow,
  checkId,
  checkInput,
  checkOptions,
  errorOf,
  invalid,
  isRecord,
  type OperationOptions,
  type Reconciliation,
  requireOperation,
  type SendAttempt,
  type SendOptions,
  type Visitor,
} from '@parley/core'
import { checkVisitor, visitorNames } from '@parley/core/operations'
import { nameOf, placeOfId, type Side } from './ids.ts'
import type { Router, Subject, Turn } from './router.ts'
import { isFault, isUnsent, type Sides } from './sides.ts'

/** The operations for which the route decides which account gets them. */
export function askingOf(sides: Sides, router: Router) {
  const { accounts, translations, place, targetAt, inputAt, optionsAt, outOf, timed, errorAt } = sides

  async function subjectOf(operation: string, target: AskTarget): Promise<Subject> {
    if (isRecord(target) && 'visitor' in target && !('id' in target)) {
      const visitor = checkVisitor(place(operation), target.visitor as Visitor, 'visitor')
      return { visitor, names: await visitorNames(place(operation), visitor) }
    }
    const isNew = isRecord(target) && 'contact' in target && !('id' in target)
    const kind = isNew ? 'contact' : 'conversation'
    const id = checkId(place(operation), (isNew ? target['contact'] : target) as string, kind, kind)
    return { names: await router.namesOf(kind, id), current: placeOfId(id).side }
  }

  async function* asking(
    operation: 'messages.ask' | 'messages.stream',
    [target, input, own]: readonly [AskTarget, AskInput, SendOptions?],
    run: (side: Side, args: [AskTarget, AskInput, SendOptions | undefined]) => AsyncIterable<AnswerPart>,
  ): AsyncGenerator<AnswerPart, void, undefined> {
    checkOptions(place(operation), own ?? {})
    // A question that Parley refuses must not count as the contact's first one.
    const { text } = checkInput(place(operation), input)
    if (typeof text !== 'string' || text.trim() === '')
      throw invalid(place(operation), 'text', 'must be a non-empty string')
    const subject = await subjectOf(operation, target)
    let turn = await router.decide(subject, true, own ?? {})
    for (;;) {
      const { side } = turn
      if (subject.current && subject.current !== side) throw left(operation, side)
      const translation = translations[side]
      const { input: asked, warnings } = inputAt(side, operation, input)
      const there = (
        typeof target === 'string' || (isRecord(target) && 'id' in target)
          ? targetAt(side, target)
          : 'contact' in target
            ? { ...target, contact: targetAt(side, target.contact) }
            : target
      ) as AskTarget
      let hasBegun = false
      try {
        for (const warning of operation === 'messages.stream' ? warnings : []) yield { type: 'warning', warning }
        for await (const part of run(side, [there, asked, timed(side, optionsAt(side, own))])) {
          if (part.type !== 'finish') {
            hasBegun ||= part.type !== 'warning'
            yield translation.out(part)
            continue
          }
          const answer = translation.out(part.answer)
          await finished(turn, answer, own?.signal)
          yield { type: 'finish', answer: { ...answer, warnings: [...warnings, ...answer.warnings] } }
        }
        return
      } catch (error) {
        if (!isFault(error)) throw errorAt(side, error)
        await router.ended(turn, false)
        const isLost = side === 'to' && !turn.wasAsked && !hasBegun && isUnsent(error)
        if (!isLost) throw errorAt(side, error)
        turn = await router.takeBack(turn.names, !subject.current)
        if (subject.current) throw errorAt(side, error)
      }
    }
  }

  async function finished(turn: Turn, answer: Answer, signal: AbortSignal | undefined): Promise<void> {
    const { outcome, conversationId, contactId } = answer
    if (outcome !== 'unanswered' && !(signal?.aborted && outcome !== 'answered'))
      await router.ended(turn, outcome === 'answered' || outcome === 'needs-input')
    await router.link('conversation', conversationId, turn.names)
    await router.link('contact', contactId, turn.names)
  }

  const left = (operation: string, side: Side) =>
    errorOf(
      place(operation),
      'not-found',
      `the conversation was left, because ${nameOf(accounts[side])} answers this contact now; nothing was sent. Ask as the visitor, or open a conversation with the contact that contacts.ensure returns.`,
    )

  const ask = async (...given: unknown[]): Promise<Answer> => {
    const taken = argumentsNow(place('messages.ask'), given)
    if ('error' in taken) throw taken.error
    const args = taken.args as unknown as [AskTarget, AskInput, SendOptions?]
    const once = async function* (side: Side, own: [AskTarget, AskInput, SendOptions | undefined]) {
      const answer = await requireOperation(accounts[side], 'messages.ask')(...own)
      yield { type: 'finish', answer } as const
    }
    for await (const part of asking('messages.ask', args, once)) if (part.type === 'finish') return part.answer
    throw errorOf(place('messages.ask'), 'response', 'the adapter gave no answer.', { outcome: 'unknown' })
  }

  const stream = (...given: unknown[]): AsyncIterable<AnswerPart> => {
    const taken = argumentsNow(place('messages.stream'), given)
    const whole = (side: Side, own: [AskTarget, AskInput, SendOptions | undefined]) =>
      requireOperation(accounts[side], 'messages.stream')(...own)
    return (async function* () {
      if ('error' in taken) throw taken.error
      yield* asking('messages.stream', taken.args as unknown as [AskTarget, AskInput, SendOptions?], whole)
    })()
  }

  const ensure = async (...given: unknown[]): Promise<unknown> => {
    const operation = 'contacts.ensure'
    const taken = argumentsNow(place(operation), given)
    if ('error' in taken) throw taken.error
    const [who, own] = taken.args as [Visitor, OperationOptions?]
    checkOptions(place(operation), own ?? {})
    const visitor = checkVisitor(place(operation), who, 'input')
    const names = await visitorNames(place(operation), visitor)
    let turn = await router.decide({ names, visitor }, false, own ?? {})
    for (;;) {
      const { side } = turn
      try {
        const args = [who, timed(side, own)] as const
        const ensured = await outOf(side, () => requireOperation(accounts[side], operation)(...args))
        await router.link('contact', ensured.contact.id, names)
        return ensured
      } catch (error) {
        if (side === 'from' || !isFault(error)) throw error
        await router.failed(side, names)
        if (turn.wasAsked) throw error
        turn = await router.takeBack(names, false)
      }
    }
  }

  const reconcile = async (attempt: SendAttempt, own?: OperationOptions): Promise<Reconciliation> => {
    const known = isRecord(attempt)
      ? [attempt.conversationId, attempt.contactId, attempt.messageId, attempt.after].find(
          (id) => typeof id === 'string' && id !== '',
        )
      : ''
    // Nothing says which account it was sent to, so nothing can prove that it was not.
    if (known === undefined) return { outcome: 'unknown', message: null, answer: null, attempt }
    const { side } = placeOfId(known as string)
    const args = [translations[side].in(attempt), own && translations[side].in(own)] as const
    return outOf(side, () => requireOperation(accounts[side], 'messages.reconcile')(...args))
  }

  return { ask, stream, ensure, reconcile }
}
