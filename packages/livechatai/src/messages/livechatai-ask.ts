import {
  type Answer,
  type AskInput,
  type AskTarget,
  isParleyError,
  mayHaveHappened,
  type OperationOptions,
} from '@parley/core'
import { begin, type LiveChatAIContext } from '../livechatai-context.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { type AnswerReading, readAnswer } from '../read/read-livechatai-answer.ts'
import { type Asking, answerOf } from './livechatai-answer.ts'
import { findSent } from './livechatai-attempt.ts'
import { awaitAnswer } from './livechatai-await-answer.ts'
import { longestAsk, questionOf } from './livechatai-question.ts'
import { readBack } from './livechatai-read-back.ts'
import { answerIn, fetchThread } from './livechatai-thread.ts'

/**
 * As the contact: "conversations/send-message", which answers with the agent's answer.
 *
 * @param operation under which it is told of.
 */
export async function ask(
  context: LiveChatAIContext,
  target: AskTarget,
  input: AskInput,
  options: OperationOptions | undefined,
  operation = 'messages.ask',
): Promise<Answer> {
  const call = begin(context, operation, options, { timeout: longestAsk })
  const { asking, spec } = questionOf(context, call, target, input, false)
  try {
    const said = await call.read(spec, (answer, reading) => readAnswer(dataOf(answer), reading, asking.attempt))
    return await conclude(asking, said)
  } catch (error) {
    if (!mayHaveHappened(error)) throw error
    return recover(asking)
  }
}

/** What the vendor said comes to; an answer that came without its id is looked for where its conversation is known. */
export async function conclude(asking: Asking, said: AnswerReading): Promise<Answer> {
  const { attempt, call } = asking
  const { conversationId, messageId, message, text } = said
  // The older edition knows no contactId here, and makes a contact of its own.
  if (attempt.conversationId === null && asking.contactId && said.contactId && said.contactId !== asking.contactId)
    call.reading.warn('degraded', 'The vendor opened the conversation with another contact than the one named.')
  attempt.conversationId = conversationId
  attempt.messageId = messageId
  const known: Asking = { ...asking, contactId: said.contactId ?? asking.contactId }
  if (message) return answerOf(known, 'answered', message)
  if (text === null) return answerOf(known, 'unanswered')
  const stored = await storedAnswer(known)
  if (stored) return answerOf(known, 'answered', stored)
  call.reading.warn('degraded', 'The answer came without an id, so there is no message of it.')
  return { ...answerOf(known, 'answered'), text }
}

/** An answer that came without its id, as the conversation has it. */
async function storedAnswer({ call, attempt }: Asking) {
  if (attempt.conversationId === null) return undefined
  try {
    const { messages } = await fetchThread(call, attempt.conversationId)
    if (attempt.messageId === null) {
      // The same words may have been asked twice; the answer to the last of them has just come.
      const sent = findSent(messages.toReversed(), attempt)
      if (typeof sent === 'object') attempt.messageId = sent.id
    }
    return attempt.messageId === null ? undefined : answerIn(messages, attempt.messageId)
  } catch (error) {
    if (!isParleyError(error)) throw error
    return undefined
  }
}

/** The send was not answered: what became of it is read, and waited for if it is there. It is never sent again. */
export async function recover(asking: Asking): Promise<Answer> {
  const { attempt, call, agentId } = asking
  const found = await readBack(call, attempt, agentId)
  if (!found) return answerOf(asking, 'unknown')
  attempt.conversationId = found.conversationId
  attempt.messageId = found.sent.id
  return awaitAnswer({ ...asking, contactId: found.thread.contactId ?? asking.contactId }, found.thread)
}
