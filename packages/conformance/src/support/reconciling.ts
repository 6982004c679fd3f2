import {
  type Adapter,
  isParleyError,
  type Reconciliation,
  requireOperation,
  type SendAttempt,
  type SendOptions,
  supports,
} from '@parley/core'
import { type Bench, Inapplicable } from '../check.ts'
import type { PlantedMessage, ServerSwitches, ThreadControl } from '../harness.ts'
import { ensure } from './ensure.ts'
import { dropping } from './requests.ts'
import { speakingId } from './writing.ts'

type Kind = Exclude<SendAttempt['kind'], 'input'>

/** Another message in the conversation, besides the one that is reconciled. */
interface Line {
  /**
   * `other side`: the agent for a question, the contact for everything else. `program`: the same author, but sent by another
   * program.
   */
  by: PlantedMessage['by'] | 'other side' | 'program'
  /** Default `text`. */
  kind?: PlantedMessage['kind']
  /** Whether it has the same text as the message that is reconciled. Default: another text. */
  same?: true
  /** Whether the vendor shows no time for it. */
  undated?: true
  /** How many of these messages there are. Default 1. */
  times?: number
  /** How much time passes after it, in minutes. Default 1. */
  minutes?: number
}

/** One row of the table in `Reconciliation`: the messages in the conversation, the age of the attempt, and the outcome. */
export interface ReconcilingRow {
  /** A sentence that describes the row. It is the name of its check. */
  name: string
  expected: Reconciliation['outcome']
  /** The kinds of message that the row applies to. Default: all that the adapter sends. */
  kinds?: readonly Kind[]
  /** What the server does with messages, from the beginning. */
  server?: ServerSwitches
  /** The messages before the one that is sent, oldest first. */
  before?: readonly Line[]
  /** The message that the input names in `after`. `gone`: a message that the vendor does not show. */
  after?: 'newest' | 'gone'
  /** `lost`: the request does not arrive, and the caller does not know. */
  sending: 'stored' | 'lost'
  /** The other messages in the conversation when the attempt is reconciled. */
  since?: readonly Line[]
  /** Which attempt is reconciled: the one from before the send (the default), or the last one that the adapter reported. */
  attempt?: 'first' | 'last'
  /** Whether the message is sent with a `mark`, an id of ours that the vendor stores. */
  marked?: true
  /** Changes the attempt. The result counts as one that was stored and read again. */
  change?: (attempt: SendAttempt) => SendAttempt
  /** The ages at which the attempt is reconciled, in minutes. 0: as soon as the send has ended. */
  minutes: readonly number[]
  /** The process that reconciles the attempt. Default: the one that sent the message. */
  process?: 'another'
  /** What the vendor must state for this outcome. Not every vendor states it. */
  states?: NonNullable<ThreadControl['unstated']>[number]
  /** The outcome at a vendor that does not state it. */
  otherwise?: Reconciliation['outcome']
  /**
   * The outcome of an adapter that gives each message an id which the vendor keeps (`SendAttempt.mark`), so that nothing is
   * inferred. Default: the same.
   */
  ifMarked?: Reconciliation['outcome']
}

/** Contains everything that vendors rewrite: quotes, a link, a footer. */
const textToReconcile = `Is "it" open at five, as https://www.example.com/opening/hours says?\n-- \nNora`

const minute = 60_000

/** The control of the server. Without it, reconciling cannot be checked. */
export function controlOf({ harness }: Bench): ThreadControl {
  if (harness.thread) return harness.thread
  throw new Inapplicable('The harness has no `thread`, so the check cannot control the server.')
}

/** Sets up a row once for each kind of message and each age, and reconciles the attempt. */
export async function reconcileRow(bench: Bench, row: ReconcilingRow): Promise<void> {
  const thread = controlOf(bench)
  const kinds = (row.kinds ?? (['ask', 'reply', 'note'] as const)).filter((kind) =>
    supports(bench.adapter, `messages.${kind}`),
  )
  const reasons: string[] = []
  let held = 0
  for (const kind of kinds) {
    for (const minutes of row.minutes) {
      try {
        await reconcileOne(bench, thread, row, kind, minutes)
        held++
      } catch (error) {
        if (!(error instanceof Inapplicable)) throw error
        reasons.push(error.message)
      } finally {
        thread.set({})
      }
    }
  }
  if (held === 0) throw new Inapplicable(reasons[0] ?? `${bench.adapter.vendor} sends no message of this kind.`)
}

async function reconcileOne(
  bench: Bench,
  thread: ThreadControl,
  row: ReconcilingRow,
  kind: Kind,
  minutes: number,
): Promise<void> {
  const { clock } = thread
  // Later than everything that the account had before.
  await clock.advance(120 * minute)
  thread.set(row.server ?? {})
  const id = await speakingId(bench)
  if (kind === 'reply' && supports(bench.adapter, 'control.takeOver')) await bench.adapter.control.takeOver(id)
  const newest = await addLines(bench, thread, kind, id, row.before ?? [])
  const after = row.after === 'gone' ? 'no-such-message' : row.after === 'newest' ? newest : undefined
  ensure(row.after === undefined || after !== undefined, 'The conversation is empty before the attempt.')
  const attempts = await attemptsOf(bench, row, kind, id, after)
  await addLines(bench, thread, kind, id, row.since ?? [])
  const chosen = row.attempt === 'last' ? attempts.at(-1) : attempts[0]
  ensure(chosen, `onAttempt was not called for a ${kind}.`)
  if (row.attempt === 'last') ensure(chosen.messageId, `The id of a ${kind} that was answered is not in its attempt.`)
  await clock.advance(Math.max(0, Date.parse(chosen.startedAt) + minutes * minute - clock.now()))
  const attempt = row.change ? row.change(chosen) : chosen
  const reconciliation = await reconcile(bench, row.process === 'another' ? copyOf(attempt) : attempt, row.process)
  const isStated = row.states === undefined || kind === 'ask' || !thread.unstated?.includes(row.states)
  const inferred = isStated ? row.expected : (row.otherwise ?? row.expected)
  const expected = chosen.mark === undefined ? inferred : (row.ifMarked ?? row.expected)
  const what = `A ${kind} of ${minutes} minutes`
  ensure(
    reconciliation.outcome === expected,
    `${what} reconciles as "${reconciliation.outcome}" instead of "${expected}".`,
  )
  checkReconciliation(reconciliation, attempts, id, what, row)
}

/** Checks that the parts of a reconciliation agree, and that it names the sent message. */
function checkReconciliation(
  { outcome, message, answer, attempt }: Reconciliation,
  attempts: readonly SendAttempt[],
  conversationId: string,
  what: string,
  { sending }: ReconcilingRow,
): void {
  if (outcome !== 'done') {
    ensure(message === null && answer === null, `${what} reconciles as "${outcome}", with a message or an answer.`)
    return
  }
  const known = attempts.at(-1)?.messageId
  ensure(attempt.conversationId === conversationId, `${what} reconciles in the conversation ${attempt.conversationId}.`)
  ensure(!message || attempt.messageId === message.id, `${what} reconciles with a message and the id of another.`)
  ensure(sending === 'lost' || !known || attempt.messageId === known, `${what} reconciles as another message.`)
}

const copyOf = (attempt: SendAttempt): SendAttempt => JSON.parse(JSON.stringify(attempt)) as SendAttempt

const reconcile = async (
  bench: Bench,
  attempt: SendAttempt,
  process: ReconcilingRow['process'],
): Promise<Reconciliation> =>
  requireOperation(process ? await bench.open({}) : bench.adapter, 'messages.reconcile')(attempt)

/** Long enough for an answer to arrive, and short enough for an answer that is hidden. */
const timeout = 20_000

/** Sends the message, and returns every attempt that the adapter passed to `onAttempt`. */
async function attemptsOf(
  bench: Bench,
  row: ReconcilingRow,
  kind: Kind,
  conversationId: string,
  after: string | undefined,
): Promise<SendAttempt[]> {
  const attempts: SendAttempt[] = []
  const options = { timeout, onAttempt: (attempt: SendAttempt) => void attempts.push(attempt) }
  const adapter = row.sending === 'lost' ? await bench.open({ fetch: dropping(bench.harness.fetch) }) : bench.adapter
  const { mark } = bench.harness.use ?? {}
  if (row.marked && !mark) throw new Inapplicable(`${adapter.vendor} keeps no id of the application's own.`)
  const extra = { ...(after !== undefined && { after }), ...(row.marked && mark?.(`mark-${++marks}`)) }
  try {
    await send(bench, adapter, kind, conversationId, { text: textToReconcile, ...extra }, options)
  } catch (error) {
    // The send may fail here: `reconcile` has to find out what happened.
    if (!isParleyError(error) || (row.sending === 'stored' && !row.server)) throw error
  }
  return attempts
}

let marks = 0

async function send(
  { harness }: Bench,
  adapter: Adapter,
  kind: Kind,
  conversationId: string,
  input: { text: string; after?: string },
  options: SendOptions = {},
): Promise<string | null> {
  const { ask, reply, note } = harness.use ?? {}
  if (kind === 'ask') {
    const answer = await requireOperation(adapter, 'messages.ask')(conversationId, { ...input, ...ask }, options)
    return answer.attempt.messageId
  }
  const sent =
    kind === 'reply'
      ? await requireOperation(adapter, 'messages.reply')(conversationId, { ...input, ...reply }, options)
      : await requireOperation(adapter, 'messages.note')(conversationId, { ...input, ...note }, options)
  return sent.messageId
}

/** Puts messages into the conversation. @returns the id of the last one. */
async function addLines(
  bench: Bench,
  thread: ThreadControl,
  kind: Kind,
  conversationId: string,
  lines: readonly Line[],
): Promise<string | undefined> {
  let last: string | undefined
  for (const line of lines) {
    for (let count = 0; count < (line.times ?? 1); count++)
      last = await addLine(bench, thread, kind, conversationId, line)
    await thread.clock.advance((line.minutes ?? 1) * minute)
  }
  return last
}

async function addLine(
  bench: Bench,
  { colleagueId, plant }: ThreadControl,
  kind: Kind,
  conversationId: string,
  { by, kind: what = 'text', same, undated }: Line,
): Promise<string | undefined> {
  const text = same ? textToReconcile : 'Something else altogether.'
  if (by === 'program') {
    // With another account name, so that the adapter does not recognize these messages as its own.
    const program = await bench.open({ account: 'another-program' })
    return (await send(bench, program, kind, conversationId, { text }, { timeout })) ?? undefined
  }
  const side = kind === 'ask' ? 'agent' : 'contact'
  const planted = await plant(conversationId, {
    ...{ by: by === 'other side' ? side : by, kind: what, text },
    ...(undated && { at: null }),
    ...(by === 'operator' && colleagueId !== undefined && { operatorId: colleagueId }),
  })
  if (planted === null) throw new Inapplicable(`${bench.adapter.vendor} has no such message: ${what} by ${by}.`)
  return planted
}
