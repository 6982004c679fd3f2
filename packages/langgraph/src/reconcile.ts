import {
  type Answer,
  type AskOutcome,
  type Call,
  type InputRequest,
  type Message,
  pathOf,
  type SendAttempt,
} from '@parley/core'
import {
  type AskedQuestion,
  answerOf,
  awaitAnswer,
  clockTolerance,
  type SentReader,
  type SentThread,
  withFallback,
} from '@parley/core/operations'
import { type Context, recordOf } from './protocol.ts'
import { identified, readInterrupts, readOpen } from './read/control.ts'
import { readMessages } from './read/conversation.ts'
import type { LangGraphMessagePayload } from './wire.ts'

/** How long a question may take by default, in milliseconds, because a graph may call many models and tools. */
export const longestAsk = 300_000

export type Found = Message<LangGraphMessagePayload>

/** A question or an input. */
export interface Asked extends AskedQuestion {
  /** The ids of the messages from before, where they are known. */
  readonly known?: ReadonlySet<string>
}

/** A thread as it is now. */
export interface Thread extends SentThread<Found> {
  readonly status: string | null
  readonly waiting: readonly InputRequest[]
  /** The assistant of the last run. */
  readonly assistantId: string | undefined
}

/**
 * "Get thread": the messages, the status and the interrupts in one answer.
 *
 * @param only the messages and the interrupts are read only if the thread has this status; otherwise there are none.
 */
export async function fetchThread(
  context: Context,
  call: Call,
  conversationId: string,
  only?: 'interrupted' | 'error',
): Promise<Thread> {
  const thread = await call.read({ path: pathOf`/threads/${conversationId}` }, (body, reading) => {
    const raw = recordOf(body)
    reading.id(raw, 'thread_id')
    const metadata = reading.object(raw, 'metadata') ?? {}
    const assistantId = reading.text(metadata, 'assistant_id') || undefined
    const status = reading.text(raw, 'status') ?? null
    const isWanted = only === undefined || status === only
    const values = (isWanted && reading.object(raw, 'values')) || {}
    return {
      messages: readMessages(values, reading, context, conversationId, assistantId),
      // A question in the queue of a busy thread is shown only when its run has ended.
      isComplete: status !== 'busy',
      isSequence: true,
      status,
      waiting: isWanted ? readInterrupts(raw, reading) : [],
      assistantId,
    }
  })
  return { ...thread, waiting: await stillWaiting(call, conversationId, thread) }
}

/**
 * The requests that are open, by the tasks of the thread's state ("Get thread state"), unless the thread lists exactly one.
 * Of several, a thread still lists some that have got their input (seen at langgraph-cli 1.5.1 with three tasks), and giving
 * it again would take it from the others. An older server lists none at all. If the state cannot be read, the list of the
 * thread stands.
 */
export async function stillWaiting(
  call: Call,
  conversationId: string,
  { status, waiting }: Pick<Thread, 'status' | 'waiting'>,
): Promise<readonly InputRequest[]> {
  if (status !== 'interrupted' || waiting.length === 1) return waiting
  return withFallback<readonly InputRequest[]>(waiting, async () => {
    const path = pathOf`/threads/${conversationId}/state`
    const open = await call.read({ path }, (body, reading) => readOpen(recordOf(body), reading))
    return open ? identified(open, conversationId) : waiting
  })
}

/** What core needs to know about this vendor to reconcile a send. */
export const sentReader = (context: Context): SentReader<Found, Thread> => ({
  kinds: ['ask', 'reply', 'input'],
  longestRequest: Math.max(longestAsk, context.settings.timeout),
  visibilityLag: 10_000,
  readThread: (call, id) => fetchThread(context, call, id),
  // The server keeps the id of a message, and every message that is sent has one from here.
  isOther: ({ author }, { kind, mark }) =>
    mark !== undefined || (kind === 'ask' ? author.kind !== 'contact' : author.kind === 'contact'),
  isGoingOn: (call, { conversationId, mark }) =>
    conversationId === null || mark === undefined ? Promise.resolve(false) : isGoingOn(call, conversationId, mark),
  mayBeRemoved: wasThere,
  isWaiting: async (call, { conversationId, requestId }) => {
    const { status, waiting } = await fetchThread(context, call, conversationId as string)
    // A busy thread lists what it waited for before. One that waits may have asked again under the same id, because an id
    // stands for a task of the graph and not for a question. So neither proves that the input did not arrive.
    const isOpen = status === 'busy' || waiting.some(({ id }) => id === requestId)
    return isOpen ? undefined : false
  },
  answerTo: async (call, attempt, _question, thread) => {
    const now = thread ?? (await fetchThread(context, call, attempt.conversationId as string))
    return soFar({ call, attempt }, now) ?? answerOf({ call, attempt }, 'pending')
  },
})

/** The key of a run's metadata that marks a question or an input. Every checkpoint of the run has it too. */
export const inputKey = 'parley_input'

/** Whether a run with this mark has begun. It makes checkpoints, which keep the metadata of the run. */
export function hasBegun(call: Call, conversationId: string, mark: string): Promise<boolean> {
  const path = pathOf`/threads/${conversationId}/history`
  const body = { limit: 1, metadata: { [inputKey]: mark } }
  return call.read({ method: 'POST', path, body, safe: true }, (list) => !Array.isArray(list) || list.length > 0)
}

/**
 * Whether a run with this mark is going on, or waits for its turn ("List runs"). Its thread shows the question only when it
 * has ended.
 */
export async function isGoingOn(call: Call, conversationId: string, mark: string): Promise<boolean> {
  for (const status of ['running', 'pending']) {
    const spec = { path: pathOf`/threads/${conversationId}/runs`, query: { status, limit: 100 } }
    const isThere = await call.read(spec, (list, reading) =>
      reading.items(list, '', (run) => reading.object(run, 'metadata')?.[inputKey] === mark).includes(true),
    )
    if (isThere) return true
  }
  return false
}

/** A reply is searched in this many pages of the history, of this many checkpoints each. */
const history = { pages: 20, size: 100 }

/**
 * Whether a thread had a message at an earlier checkpoint. Many graphs remove old messages (`RemoveMessage`), and a thread
 * whose run was cancelled shows none. A question shows by its run. A reply makes no run, so its checkpoint is searched,
 * back to the time before it.
 */
async function wasThere(call: Call, { conversationId, kind, mark, startedAt }: SendAttempt): Promise<boolean> {
  if (conversationId === null || mark === undefined) return false
  if (kind === 'ask') return hasBegun(call, conversationId, mark)
  const path = pathOf`/threads/${conversationId}/history`
  const earliest = Date.parse(startedAt) - clockTolerance
  let before: string | undefined
  for (let page = 0; page < history.pages; page++) {
    const body = { limit: history.size, ...(before !== undefined && { before }) }
    const states = await call.read({ method: 'POST', path, body, safe: true }, (list, reading) =>
      reading.items(list, '', (state) => ({
        id: reading.nested(state, 'checkpoint', (checkpoint) => reading.id(checkpoint, 'checkpoint_id')),
        isOld: Date.parse(reading.time(state, 'created_at') ?? '') < earliest,
        hasIt: JSON.stringify(state['values'] ?? null).includes(JSON.stringify(mark)),
      })),
    )
    if (states.some(({ hasIt }) => hasIt)) return true
    const last = states.at(-1)
    if (states.length < history.size || last?.isOld) return false
    before = last?.id ?? undefined
    if (before === undefined) return true
  }
  return true
}

/** The answer by a thread as it is now. `undefined`: a run is still going on. */
export function soFar(asked: Asked, { messages, status, waiting }: Thread): Answer | undefined {
  if (status === 'busy') return undefined
  const { found, isLast } = answersTo(asked, messages)
  if (waiting.length > 0 && status === 'interrupted') return waitingAnswer(asked, waiting, found)
  // An older question may have been answered, although a later run has failed.
  return status === 'error' && (isLast || found.length === 0) ? failed(asked, undefined, found) : answered(asked, found)
}

/**
 * The agent's messages after the question, up to the contact's next one. For an input, which is no message itself: the
 * ones after the newest message that was known before it.
 */
function answersTo(asked: Asked, messages: readonly Found[]): { found: Found[]; isLast: boolean } {
  const later = messagesAfter(asked, messages)
  const end = later.findIndex(({ author }) => author.kind === 'contact')
  const found = (end < 0 ? later : later.slice(0, end)).filter(({ author }) => author.kind !== 'system')
  return { found, isLast: end < 0 }
}

/**
 * The agent's messages in the result of its run. The result has nothing of later runs, so a message of the type `human`
 * after the question is the graph's own: many graphs pass one agent's words to the next one like this.
 */
export const answersInRun = (asked: Asked, messages: readonly Found[]): Found[] =>
  messagesAfter(asked, messages).filter(({ author }) => author.kind !== 'contact' && author.kind !== 'system')

/** A graph may remove the question. Then the new messages are those that were not there before. */
function messagesAfter({ attempt, known }: Asked, messages: readonly Found[]): readonly Found[] {
  const start = attempt.messageId ?? attempt.mark ?? attempt.after
  const place = messages.findIndex(({ id }) => id === start)
  if (place >= 0 || start === undefined) return messages.slice(place + 1)
  return known ? messages.filter(({ id }) => !known.has(id)) : []
}

export function answered(asked: AskedQuestion, messages: readonly Found[]): Answer {
  const answer = answerOf(asked, 'answered', messages)
  if (answer.message?.author.kind === 'operator')
    asked.call.reading.warn('degraded', 'A person answered instead of the agent.', { path: 'message.name' })
  const outcome: AskOutcome = answer.text ? 'answered' : 'unanswered'
  return { ...answer, outcome }
}

/** @param messages what the agent wrote before it stopped. */
export const waitingAnswer = (
  asked: AskedQuestion,
  waiting: readonly InputRequest[],
  messages: readonly Found[],
): Answer => ({
  ...answerOf(asked, 'needs-input', messages),
  inputRequests: [...waiting],
})

/**
 * @param error the server's words. They may quote, so only `raw` has them.
 * @param messages what the agent wrote before it failed.
 */
export function failed(asked: AskedQuestion, error: unknown, messages: readonly Found[]): Answer {
  const text = 'The run failed; with the option raw, this warning contains the server’s explanation.'
  asked.call.reading.warn('degraded', text, { path: '__error__', raw: error })
  return answerOf(asked, 'failed', messages)
}

/** Waits for a run that this process no longer listens to. */
export const waitForThread = (context: Context, asked: Asked): Promise<Answer> =>
  awaitAnswer(
    asked.call,
    async () => soFar(asked, await fetchThread(context, asked.call, asked.attempt.conversationId as string)),
    () => answerOf(asked, 'pending'),
  )
