import {
  type Answer,
  type AskOutcome,
  type Call,
  type InputRequest,
  type Message,
  pathOf,
  type SendAttempt,
} from '@parley/core'
import { type AskedQuestion, answerOf, awaitAnswer, type SentReader, type SentThread } from '@parley/core/operations'
import { type Context, recordOf } from './protocol.ts'
import { readInterrupts } from './read/control.ts'
import { readMessages } from './read/conversation.ts'
import type { LangGraphMessagePayload } from './wire.ts'

/** How long a question may take by default, in milliseconds, because a graph may call many models and tools. */
export const longestAsk = 300_000

export type Found = Message<LangGraphMessagePayload>

/** A thread as it is now. */
export interface Thread extends SentThread<Found> {
  readonly status: string | null
  readonly waiting: readonly InputRequest[]
  /** The assistant of the last run. */
  readonly assistantId: string | undefined
}

/** "Get thread": the messages, the status and the interrupts in one answer. */
export const fetchThread = (context: Context, call: Call, conversationId: string): Promise<Thread> =>
  call.read({ path: pathOf`/threads/${conversationId}` }, (body, reading) => {
    const raw = recordOf(body)
    reading.id(raw, 'thread_id')
    const metadata = reading.object(raw, 'metadata') ?? {}
    const values = reading.object(raw, 'values') ?? {}
    const assistantId = reading.text(metadata, 'assistant_id') || undefined
    return {
      messages: readMessages(values, reading, context, conversationId, assistantId),
      isComplete: true,
      isSequence: true,
      status: reading.text(raw, 'status') ?? null,
      waiting: readInterrupts(raw, reading),
      assistantId,
    }
  })

/** What a thread waits for now, without reading its messages. */
export const fetchWaiting = (call: Call, conversationId: string): Promise<InputRequest[]> =>
  call.read({ path: pathOf`/threads/${conversationId}` }, (body, reading) => {
    const raw = recordOf(body)
    return reading.text(raw, 'status') === 'interrupted' ? readInterrupts(raw, reading) : []
  })

/** What core needs to know about this vendor to reconcile a send. */
export const sentReader = (context: Context): SentReader<Found, Thread> => ({
  kinds: ['ask', 'reply', 'input'],
  longestRequest: Math.max(longestAsk, context.settings.timeout),
  visibilityLag: 10_000,
  readThread: (call, id) => fetchThread(context, call, id),
  // The server keeps the id of a message, and every message that is sent has one from here.
  isOther: ({ author, type }, { kind, mark }) =>
    mark !== undefined ||
    type.value === 'tool' ||
    (kind === 'ask' ? author.kind !== 'contact' : author.kind === 'contact'),
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

/** The answer by a thread as it is now. `undefined`: a run is still going on. */
export function soFar(asked: AskedQuestion, { messages, status, waiting }: Thread): Answer | undefined {
  if (waiting.length > 0 && status === 'interrupted') return waitingAnswer(asked, waiting)
  if (status === 'busy') return undefined
  const found = answersTo(asked.attempt, messages)
  if (status === 'error' && found.length === 0) return failed(asked, undefined)
  return answered(asked, found)
}

/**
 * The agent's messages after the question, up to the contact's next one. For an input, which is no message itself: the
 * ones after the newest message that was known before it.
 */
export function answersTo({ messageId, mark, after }: SendAttempt, messages: readonly Found[]): Found[] {
  const before = messageId ?? mark ?? after
  const place = messages.findIndex(({ id }) => id === before)
  if (place < 0 && before !== undefined) return []
  const later = messages.slice(place + 1)
  const end = later.findIndex(({ author }) => author.kind === 'contact')
  return (end < 0 ? later : later.slice(0, end)).filter(({ author }) => author.kind !== 'system')
}

export function answered(asked: AskedQuestion, messages: readonly Found[]): Answer {
  const answer = answerOf(asked, 'answered', messages)
  if (answer.message?.author.kind === 'operator')
    asked.call.reading.warn('degraded', 'A person answered instead of the agent.', { path: 'message.name' })
  const outcome: AskOutcome = answer.text ? 'answered' : 'unanswered'
  return { ...answer, outcome }
}

export const waitingAnswer = (asked: AskedQuestion, waiting: readonly InputRequest[]): Answer => ({
  ...answerOf(asked, 'needs-input'),
  inputRequests: [...waiting],
})

/** @param error the server's words. They may quote, so only `raw` has them. */
export function failed(asked: AskedQuestion, error: unknown): Answer {
  const text = 'The run failed; with the option raw, this warning contains the server’s explanation.'
  asked.call.reading.warn('degraded', text, { path: '__error__', raw: error })
  return answerOf(asked, 'failed')
}

/** Waits for a run that this process no longer listens to. */
export const waitForThread = (context: Context, asked: AskedQuestion): Promise<Answer> =>
  awaitAnswer(
    asked.call,
    async () => soFar(asked, await fetchThread(context, asked.call, asked.attempt.conversationId as string)),
    () => answerOf(asked, 'pending'),
  )
