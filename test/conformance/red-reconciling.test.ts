import { type CreateOptions, checks, type Harness, runCheck } from '@parley/conformance'
import { type Adapter, type Reconciliation, type SendAttempt, supports } from '@parley/core'
import { defaultNow, type ServedEmulator, sandbox, testClock } from '@parley/sandbox'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors, nameOf } from '../vendors.ts'
import { threadOf } from './support/thread.ts'

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.2 })
afterAll(() => desk.stop())
const vendors = (await loadVendors()).filter(({ create, credentials }) =>
  supports(create({ ...credentials }), 'messages.reconcile'),
)
for (const { name } of vendors) {
  const { settings } = desk[name]
  if ('rateLimit' in settings) settings.rateLimit = false
}

type Reconcile = (attempt: SendAttempt) => Promise<Reconciliation>

/** Mistakes that an adapter can make with a message, and the check that must detect each. */
const mistakes: readonly {
  name: string
  check: string
  /** Whether it can only be made where a message has no id of the application's own, by which it is recognized. */
  isAboutGuessing?: true
  reconcile: (right: Reconcile, adapter: Adapter) => Reconcile
}[] = [
  {
    name: 'proves too early that it was never stored',
    check: 'a message that was never stored reconciles as unknown while it may be on its way',
    reconcile: (right) => (attempt) => right(earlier(attempt, 20)),
  },
  {
    name: 'takes an attempt of another process for one of its own',
    check: 'a message that was never stored reconciles as unknown in another process for ten minutes longer',
    reconcile: (right) => (attempt) => right(earlier(attempt, 11)),
  },
  {
    name: 'ignores the newest message that was seen',
    isAboutGuessing: true,
    check: 'a message that was never stored reconciles as not-done when the same words were seen before',
    reconcile: (right) => (attempt) => right(without(attempt, 'after')),
  },
  {
    name: 'ignores the id that it knows',
    check: 'a known id of a message that the vendor lost reconciles as unknown',
    reconcile: (right) => (attempt) => right({ ...attempt, messageId: null }),
  },
  {
    name: 'ignores that it is for later',
    check: 'a message for later reconciles as unknown before its time',
    reconcile: (right) => (attempt) => right(without(attempt, 'sendAt')),
  },
  {
    name: 'takes a text that the vendor rewrote for another message',
    isAboutGuessing: true,
    check: 'a message whose text the vendor rewrote (footer) reconciles as unknown',
    reconcile: (right, adapter) => notDoneWithoutTheText(right, adapter),
  },
  {
    name: 'never dares to say that it was not stored',
    check: 'a message that was never stored reconciles as not-done once it is old enough',
    reconcile: (right) => async (attempt) => ({ ...(await right(attempt)), outcome: 'unknown' }),
  },
]

function earlier(attempt: SendAttempt, minutes: number): SendAttempt {
  const moved = (instant: string): string => new Date(Date.parse(instant) - minutes * 60_000).toISOString()
  const { startedAt, deadline = startedAt } = attempt
  return { ...attempt, startedAt: moved(startedAt), deadline: moved(deadline) }
}

const without = (attempt: SendAttempt, key: 'after' | 'sendAt'): SendAttempt => {
  const { [key]: _, ...rest } = attempt
  return rest
}

const notDoneWithoutTheText =
  (right: Reconcile, { messages }: Adapter): Reconcile =>
  async (attempt) => {
    const reconciliation = await right(attempt)
    const thread = await messages?.list?.(attempt.conversationId ?? '')
    const isThere = thread?.items.some(({ text }) => text === attempt.text)
    return reconciliation.outcome === 'unknown' && !isThere
      ? { ...reconciliation, outcome: 'not-done' }
      : reconciliation
  }

/** Whether the adapter gives each message an id that the vendor keeps. */
async function marksMessages({ messages, conversations }: Adapter): Promise<boolean> {
  const [conversation] = (await conversations?.list?.({ limit: 1 }))?.items ?? []
  let mark: string | undefined
  const onAttempt = (attempt: SendAttempt) => {
    mark ??= attempt.mark
  }
  const target = { contact: conversation?.contact?.id ?? 'nobody' }
  await Promise.resolve(messages?.ask?.(target, { text: 'When do you open?' }, { onAttempt })).catch(() => undefined)
  return mark !== undefined
}

describe.each(vendors)('an adapter for $label is caught', async (vendor) => {
  const emulator: ServedEmulator = desk[vendor.name]
  const own: Partial<Harness> = { reset: emulator.reset, thread: threadOf(emulator, clock, {}) }
  const create = (options: CreateOptions): Adapter =>
    vendor.create({ ...emulator.accountOptions, clock, rate: false, ...options })

  const isMarked = await marksMessages(create({}))
  emulator.reset()

  it.each(mistakes.filter(({ isAboutGuessing }) => !(isMarked && isAboutGuessing)))(
    'when it $name',
    async ({ check: wanted, reconcile }) => {
      const check = checks.find(({ name }) => name === wanted)
      if (!check) throw new Error(`There is no check "${wanted}"`)
      const harness = (change: (adapter: Adapter) => Adapter): Harness => ({
        ...{ name: nameOf(vendor), fetch, ...own },
        create: (options) => ({ adapter: change(create(options)) }),
      })
      const wrong = (adapter: Adapter): Adapter => ({
        ...adapter,
        messages: { ...adapter.messages, reconcile: reconcile(adapter.messages?.reconcile as Reconcile, adapter) },
      })
      const error = (await runCheck(harness(wrong), check)).error
      expect(String(error)).toMatch(/reconciles (as|in|with)/)
      expect(
        (
          await runCheck(
            harness((adapter) => adapter),
            check,
          )
        ).status,
      ).toBe('passed')
    },
  )
})
