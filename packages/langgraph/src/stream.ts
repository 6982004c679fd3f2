import {
  type Answer,
  type AnswerPart,
  type AskInput,
  type ConversationTarget,
  DecodeError,
  isRecord,
  type ParleyError,
  type SendOptions,
  tryParseJson,
  type VendorReply,
} from '@parley/core'
import { finishStream, isOutcomeUnknown, isTextStream, serverEvents, type TextStream } from '@parley/core/operations'
import { type Asking, conclude, learnStored, questionOf, recover, refused, runSpec } from './ask.ts'
import type { Context } from './protocol.ts'
import { textOf } from './read/message.ts'
import { longestAsk } from './reconcile.ts'
import { isToolResult, mapAuthor } from './vocabulary.ts'

/** What a stream has delivered so far. */
interface Streamed {
  /** All pieces of the text. */
  text: string
  /** The message that the last piece belongs to. */
  messageId: string | undefined
  /** The last state of the graph, or what interrupted it. Missing again after a piece: that state comes once more later. */
  values: unknown
  error: ParleyError | undefined
}

/** "Create run, stream output": the pieces of the messages as the models write them, and the state after each step. */
export async function* stream(
  context: Context,
  target: ConversationTarget,
  input: AskInput,
  options: SendOptions | undefined,
): AsyncGenerator<AnswerPart, void, undefined> {
  const call = context.begin('messages.stream', options, { timeout: longestAsk })
  const { asking, body } = await questionOf(context, call, target, input, options)
  const streaming = { ...body, stream_mode: ['messages-tuple', 'values'] }
  const streamed: Streamed = { text: '', messageId: undefined, values: undefined, error: undefined }
  let answer: Answer
  try {
    const reply = await call.request({ ...runSpec(context, call, asking, streaming, '/stream'), expect: 'stream' })
    await learnStored(asking)
    if (isTextStream(reply.body))
      for await (const text of readPieces(reply, reply.body, streamed)) yield { type: 'text', text }
    else streamed.values = reply.body
    answer = await concluded(context, asking, streamed)
  } catch (error) {
    if (!(error instanceof DecodeError) && !isOutcomeUnknown(error)) throw await refused(asking, error)
    answer = await recover(context, asking)
  }
  yield* finishStream(call, answer, streamed.text)
}

/** A run that failed is a failed answer here too: the question is stored, and its error is the run's. */
async function concluded(context: Context, asking: Asking, { error, values }: Streamed): Promise<Answer> {
  if (error) return conclude(context, asking, { __error__: error.vendorMessage ?? null })
  if (values === undefined) return recover(context, asking)
  const answer = await conclude(context, asking, values)
  // No event marks the end of a stream, so one that was cut after the first state looks like an answer without text.
  return answer.outcome === 'unanswered' ? recover(context, asking) : answer
}

/**
 * The pieces of the text. Between two messages is an empty line, as in the text of the answer.
 *
 * @throws DecodeError when the stream is cut inside an event.
 */
async function* readPieces(
  { errorIn = () => undefined }: VendorReply,
  source: TextStream,
  streamed: Streamed,
): AsyncGenerator<string, void, undefined> {
  for await (const { name, data, isCut } of serverEvents(source)) {
    const part = tryParseJson(data)
    if (isCut && (part === undefined || typeof part !== 'object')) throw new DecodeError('')
    if (name === 'error') {
      streamed.error = errorIn(part ?? data, name)
      return
    }
    if (name === 'values') streamed.values = part
    // `messages-tuple` comes with the event `messages`; a server may add a namespace after a bar.
    if (!/^messages(?:$|\|)/.test(name) || !Array.isArray(part) || !isRecord(part[0])) continue
    streamed.values = undefined
    const piece = pieceOf(part[0], streamed)
    if (piece === '') continue
    streamed.text += piece
    yield piece
  }
}

/** Only what the agent says is text: neither tools nor the question. */
function pieceOf(chunk: Readonly<Record<string, unknown>>, streamed: Streamed): string {
  const type = String(chunk['type'])
  if (mapAuthor(type) !== 'agent' || isToolResult(type)) return ''
  const text = textOf(chunk['content'])
  if (text === '') return ''
  const id = typeof chunk['id'] === 'string' ? chunk['id'] : streamed.messageId
  const gap = streamed.text !== '' && id !== streamed.messageId ? '\n\n' : ''
  streamed.messageId = id
  return gap + text
}
