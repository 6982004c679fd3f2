import { type Adapter, type Conversation, requireOperation, type SendAttempt, supports } from '@parley/core'
import { type Bench, type Check, checksOf, type ListedCheck } from '../check.ts'
import { ensure, failureOf } from '../support/ensure.ts'
import { collect, threadOf } from '../support/reading.ts'
import { controlOf, type ReconcilingRow, reconcileRow } from '../support/reconciling.ts'
import { abandoning, counting } from '../support/requests.ts'
import { questionOf, type Verb, verbs } from '../support/writing.ts'

const day = 24 * 60

/**
 * Old enough for any attempt, also one of another process, in minutes: some questions may take five, and the clocks of two
 * processes may differ by ten.
 */
const old = 20

/** Vendors rewrite texts. A text that is not equal proves nothing. */
const rewritten = (['footer', 'quotes', 'short-link', 'trimmed-signature'] as const).map(
  (storedText): ReconcilingRow => ({
    name: `a message whose text the vendor rewrote (${storedText}) reconciles as unknown`,
    server: { storedText },
    sending: 'stored',
    minutes: [0, old],
    expected: 'unknown',
    ifMarked: 'done',
  }),
)

/** The clocks of two machines differ by up to ten minutes. */
const clocks = [-10, -5, 5, 10].flatMap((minutes): ReconcilingRow[] => {
  const server = { clockOffsetMs: minutes * 60_000 }
  const clock = `${Math.abs(minutes)} minutes ${minutes < 0 ? 'behind' : 'ahead'}`
  return [
    {
      name: `a message that is stored by a clock ${clock} reconciles as ${minutes < 0 ? 'unknown' : 'done'}`,
      server,
      sending: 'stored',
      minutes: [0, old],
      expected: minutes < 0 ? 'unknown' : 'done',
      ifMarked: 'done',
    },
    {
      name: `a message that follows the newest one seen reconciles as done by a clock ${clock}`,
      server,
      before: [{ by: 'other side' }],
      after: 'newest',
      sending: 'stored',
      minutes: [0, old],
      expected: 'done',
    },
  ]
})

/** Nothing was stored, and another author's message was stored at the same time. */
const beside = (
  [
    { whose: 'the contact', line: { by: 'contact' }, kinds: ['reply', 'note'] },
    { whose: 'the agent', line: { by: 'agent' }, states: 'agent' },
    { whose: 'a colleague', line: { by: 'operator' }, states: 'colleague' },
    { whose: 'a workflow', line: { by: 'workflow' }, states: 'workflow' },
    { whose: 'a colleague, as a note', line: { by: 'operator', kind: 'note' }, kinds: ['ask', 'reply'] },
    { whose: 'the contact, on the phone', line: { by: 'contact', kind: 'call' }, states: 'call' },
    { whose: 'a colleague, on the phone', line: { by: 'operator', kind: 'call' }, states: 'call' },
    { whose: 'the vendor, about an activity', line: { by: 'system', kind: 'activity' } },
  ] as const satisfies readonly (Pick<ReconcilingRow, 'kinds' | 'states'> & {
    whose: string
    line: NonNullable<ReconcilingRow['since']>[number]
  })[]
).flatMap(({ whose, line, ...row }): ReconcilingRow[] => [
  {
    ...row,
    name: `a message that was never stored reconciles as not-done beside one of ${whose}`,
    sending: 'lost',
    since: [line],
    minutes: [old],
    expected: 'not-done',
    otherwise: 'unknown',
  },
  {
    ...row,
    name: `a message that was never stored reconciles as not-done beside one of ${whose} with its words`,
    sending: 'lost',
    since: [{ ...line, same: true }],
    minutes: [old],
    expected: 'not-done',
    otherwise: 'done',
  },
])

/** The table of `Reconciliation`, row by row, with the effect of clocks, texts, ages and other messages. */
export const reconcilingRows: readonly ReconcilingRow[] = [
  {
    name: 'a message that is stored as it was sent reconciles as done',
    sending: 'stored',
    minutes: [0, 1, old, day],
    expected: 'done',
  },
  {
    name: 'a message that is stored as it was sent reconciles as done in another process',
    sending: 'stored',
    minutes: [0, old],
    process: 'another',
    expected: 'done',
  },
  {
    name: 'a stored message reconciles as done among messages of others',
    before: [{ by: 'contact' }, { by: 'agent' }],
    sending: 'stored',
    since: [{ by: 'contact' }, { by: 'agent' }, { by: 'operator' }],
    minutes: [old],
    expected: 'done',
  },
  {
    name: 'a stored message reconciles as done when hundreds of others followed it',
    before: [{ by: 'other side' }],
    sending: 'stored',
    since: [{ by: 'other side', times: 250, minutes: 0 }],
    minutes: [old],
    expected: 'done',
  },
  ...rewritten,
  {
    name: 'a rewritten message whose id is known reconciles as done',
    server: { storedText: 'footer' },
    sending: 'stored',
    attempt: 'last',
    minutes: [0, old],
    expected: 'done',
  },
  {
    name: 'a rewritten message reconciles as done by the id that the vendor keeps for the application',
    kinds: ['ask'],
    server: { storedText: 'footer' },
    marked: true,
    sending: 'stored',
    minutes: [0, old],
    expected: 'done',
  },
  ...clocks,
  {
    name: 'a message that was never stored reconciles as unknown while it may be on its way',
    sending: 'lost',
    minutes: [0, 0.5, 1],
    expected: 'unknown',
  },
  {
    name: 'a message that was never stored reconciles as unknown in another process for ten minutes longer',
    sending: 'lost',
    minutes: [0, 5, 10],
    process: 'another',
    expected: 'unknown',
  },
  {
    name: 'a message that was never stored reconciles as not-done once it is old enough',
    sending: 'lost',
    minutes: [old, day],
    expected: 'not-done',
  },
  {
    name: 'a message that was never stored reconciles as not-done once it is old enough for another process',
    sending: 'lost',
    minutes: [old, day],
    process: 'another',
    expected: 'not-done',
  },
  {
    name: 'a message that was never stored reconciles as not-done before hundreds of others',
    before: [{ by: 'other side' }],
    sending: 'lost',
    since: [{ by: 'other side', times: 250, minutes: 0 }],
    minutes: [old],
    expected: 'not-done',
  },
  {
    name: 'a message that shows late reconciles as unknown while it is hidden',
    server: { hideSentMs: 50_000 },
    sending: 'stored',
    minutes: [40 / 60],
    expected: 'unknown',
  },
  {
    name: 'a known id that is not shown reconciles as unknown',
    server: { hideSentMs: 25 * 60_000 },
    sending: 'stored',
    attempt: 'last',
    minutes: [0, old],
    expected: 'unknown',
  },
  {
    name: 'a known id that was hidden reconciles as done once it is shown',
    server: { hideSentMs: 25 * 60_000 },
    sending: 'stored',
    attempt: 'last',
    minutes: [30],
    expected: 'done',
  },
  {
    name: 'a known id of a message that the vendor lost reconciles as unknown',
    server: { sends: 'lost' },
    sending: 'stored',
    attempt: 'last',
    minutes: [0, old, day],
    expected: 'unknown',
  },
  {
    name: 'a message for later reconciles as unknown before its time',
    sending: 'lost',
    change: (attempt) => ({ ...attempt, sendAt: minutesAfter(attempt.startedAt, day) }),
    minutes: [old, day - 1],
    expected: 'unknown',
  },
  {
    name: 'a message for later that was never stored reconciles as not-done after its time',
    sending: 'lost',
    change: (attempt) => ({ ...attempt, sendAt: minutesAfter(attempt.startedAt, day) }),
    minutes: [day + old],
    expected: 'not-done',
  },
  {
    name: 'a message that was never stored reconciles as unknown when the newest one seen is not shown',
    before: [{ by: 'other side' }],
    after: 'gone',
    sending: 'lost',
    minutes: [old],
    expected: 'unknown',
  },
  {
    name: 'a message that was never stored reconciles as unknown when its conversation is not known',
    kinds: ['ask'],
    sending: 'lost',
    change: (attempt) => ({ ...attempt, conversationId: null }),
    minutes: [old, day],
    expected: 'unknown',
  },
  {
    name: 'a message that was never stored reconciles as unknown beside one with other words that could be it',
    sending: 'lost',
    since: [{ by: 'program' }],
    minutes: [old],
    expected: 'unknown',
    ifMarked: 'not-done',
  },
  {
    name: 'a message reconciles as unknown beside another with the same words',
    sending: 'stored',
    since: [{ by: 'program', same: true }],
    minutes: [0, old],
    expected: 'unknown',
    ifMarked: 'done',
  },
  {
    name: 'a message that was never stored reconciles as unknown beside the same words of a moment before',
    before: [{ by: 'program', same: true, minutes: 5 }],
    sending: 'lost',
    minutes: [old],
    expected: 'unknown',
    ifMarked: 'not-done',
  },
  {
    name: 'a message that was never stored reconciles as not-done when the same words were seen before',
    before: [{ by: 'program', same: true }, { by: 'other side' }],
    after: 'newest',
    sending: 'lost',
    minutes: [old],
    expected: 'not-done',
  },
  {
    name: 'a message that was never stored reconciles as not-done when the same words are old',
    before: [{ by: 'program', same: true, minutes: 30 }],
    sending: 'lost',
    minutes: [old],
    expected: 'not-done',
  },
  {
    name: 'a stored message reconciles as done, as itself, after the same words of a moment before',
    before: [{ by: 'program', same: true, minutes: 5 }],
    sending: 'stored',
    minutes: [0, old],
    expected: 'done',
  },
  {
    name: 'a stored message reconciles as done, as itself, after the same words that were seen before',
    before: [{ by: 'program', same: true }, { by: 'other side' }],
    after: 'newest',
    sending: 'stored',
    minutes: [0, old],
    expected: 'done',
  },
  {
    name: 'a question that was never stored reconciles as unknown beside an email of the contact',
    kinds: ['ask'],
    sending: 'lost',
    since: [{ by: 'contact', kind: 'email' }],
    minutes: [old],
    expected: 'unknown',
    ifMarked: 'not-done',
  },
  {
    name: 'a question that was never stored reconciles as unknown beside a message of the contact without a time',
    kinds: ['ask'],
    sending: 'lost',
    since: [{ by: 'contact', undated: true }],
    minutes: [old],
    expected: 'unknown',
    ifMarked: 'not-done',
  },
  ...beside,
]

const minutesAfter = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString()

export const reconcilingChecks: readonly Check[] = checksOf('reconciling', [
  /** The outcome of a message, for every row of the table in `Reconciliation`. */
  ...reconcilingRows.map(
    (row): ListedCheck => ({
      name: row.name,
      needs: ['messages.reconcile'],
      run: (bench) => reconcileRow(bench, row),
    }),
  ),
  {
    name: 'a caller that aborts while a conversation is opened can reconcile the attempt and continue in that conversation',
    needs: ['messages.ask', 'messages.reconcile', 'messages.list', 'conversations.list'],
    async run(bench) {
      for (const verb of verbs) {
        if (!verb.opens || !supports(bench.adapter, `messages.${verb.name}`)) continue
        const connection = counting(bench.harness.fetch)
        const contact = await verb.contact(bench)
        await verb.run(bench, await bench.open({ fetch: connection.fetch }), { contact }, {})
        // The caller may abort after each of the writes that an ask needs.
        for (let last = 1; last <= connection.writes(); last++) await giveUpAfter(bench, verb, last)
      }
    },
  },
])

async function giveUpAfter(bench: Bench, verb: Verb, last: number): Promise<void> {
  const { clock } = controlOf(bench)
  await clock.advance(120 * 60_000)
  const contact = await verb.contact(bench)
  const before = new Set(await conversationsOf(bench.adapter, contact))
  const attempts: SendAttempt[] = []
  const controller = new AbortController()
  const adapter = await bench.open({ fetch: abandoning(bench.harness.fetch, controller, last) })
  const { signal } = controller
  const onAttempt = (attempt: SendAttempt) => void attempts.push(attempt)
  await failureOf(verb.run(bench, adapter, { contact }, { signal, onAttempt }))
  const attempt = attempts.at(-1)
  const what = `${verb.name}, given up after write ${last},`
  ensure(signal.aborted, `${what} was not given up: there were fewer writes.`)
  ensure(attempt, `${what} left its caller without an attempt.`)

  await clock.advance(20 * 60_000)
  const opened = (await conversationsOf(bench.adapter, contact)).filter((id) => !before.has(id))
  ensure(opened.length <= 1, `${what} opened ${opened.length} conversations.`)
  const place = opened[0] ?? attempt.conversationId
  const thread = place === null || place === undefined ? [] : await threadOf(bench.adapter, place)
  const isStored = thread.some(({ text }) => text === attempt.text)
  const stored = JSON.parse(JSON.stringify(attempt)) as SendAttempt
  const reconciliation = await requireOperation(await bench.open({}), 'messages.reconcile')(stored)
  const { outcome } = reconciliation
  ensure(
    isStored === (outcome === 'done'),
    `${what} is ${isStored ? '' : 'not '}stored, and reconciles as "${outcome}".`,
  )
  const known = reconciliation.attempt.conversationId ?? attempt.conversationId
  if (known === null) return ensure(!isStored, `${what} reconciles without its conversation.`)
  ensure(known === place, `${what} reconciles in another conversation.`)

  const text = `${questionOf(bench)} (once more)`
  const again = await requireOperation(bench.adapter, 'messages.ask')(known, { text, ...bench.harness.use?.ask })
  ensure(again.conversationId === known, `The caller who goes on after ${what} is answered in another conversation.`)
  const now = await conversationsOf(bench.adapter, contact)
  ensure(now.length === before.size + opened.length, `The caller who goes on after ${what} opens another conversation.`)
}

async function conversationsOf(adapter: Adapter, contactId: string): Promise<string[]> {
  const list = requireOperation(adapter, 'conversations.list')({ contactId })
  return (await collect<Conversation>(list)).filter(({ contact }) => contact?.id === contactId).map(({ id }) => id)
}
