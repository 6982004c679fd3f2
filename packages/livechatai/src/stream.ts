import {
  type Answer,
  type AnswerPart,
  type AskInput,
  type ConversationTarget,
  DecodeError,
  type SendOptions,
  type VendorReply,
} from '@parley/core'
import { finishStream, isOutcomeUnknown, isTextStream, streamOnce } from '@parley/core/operations'
import { ask, conclude, questionOf, recover } from './ask.ts'
import { type Context, dataOf } from './protocol.ts'
import { readAnswer } from './read/message.ts'
import { longestAsk, type OpenQuestion } from './reconcile.ts'
import type { Streamed } from './streamed.ts'

/** Does the same as `ask`, in parts if the option `streaming` is on and the vendor streams. */
export async function* stream(
  context: Context,
  target: ConversationTarget,
  input: AskInput,
  options: SendOptions | undefined,
): AsyncGenerator<AnswerPart, void, undefined> {
  const operation = 'messages.stream'
  if (!context.streaming) {
    return yield* streamOnce(context, () => ask(context, target, input, options, operation))
  }
  // Loaded before anything is sent, so that a module that fails to load cannot lose an answer.
  const { readStreamed } = await context.load(operation, options, () => import('./streamed.ts'))
  const call = context.begin(operation, options, { timeout: longestAsk })
  const { question, spec } = await questionOf(context, call, target, input, options, true)
  const streamed: Streamed = { text: '', fields: {}, error: undefined }
  let answer: Answer | undefined
  try {
    const reply = await call.request({ ...spec, expect: 'stream' })
    if (isTextStream(reply.body)) {
      for await (const text of readStreamed(reply, reply.body, streamed, call.reading)) yield { type: 'text', text }
    } else {
      call.reading.warn('no-streaming', `${call.vendor} did not stream this answer; it arrived in one piece.`)
      yield { type: 'warning', warning: call.reading.warnings.at(-1) as never }
    }
    if (!streamed.error) answer = await concluded(context, question, reply, streamed)
  } catch (error) {
    if (!(error instanceof DecodeError) && !isOutcomeUnknown(error)) throw error
    answer = await recover(context, question)
  }
  if (!answer) throw streamed.error
  yield* finishStream(call, answer, streamed.text)
}

/** The answer from all parts. A stream without text shows no outcome, so the conversation is read. */
async function concluded(
  context: Context,
  question: OpenQuestion,
  { body }: VendorReply,
  { text, fields }: Streamed,
): Promise<Answer> {
  const { call, attempt } = question
  const raw = isTextStream(body) ? { ...fields, response: text } : dataOf(body)
  const said = readAnswer(raw, call.reading, attempt)
  if (!isTextStream(body) || text !== '') return conclude(question, said)
  await question.outgoing.update({ conversationId: said.conversationId }, 'answer')
  return recover(context, question)
}
