import {
  type Answer,
  type AskInput,
  type AskTarget,
  awaitAnswer,
  folded,
  isParleyError,
  mayHaveHappened,
  readBack,
  type SendOptions,
} from '@parley/core'
import { begin, type LiveChatAIContext } from '../livechatai-context.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { type AnswerReading, readAnswer } from '../read/read-livechatai-answer.ts'
import { type Asking, answerOf } from './livechatai-answer.ts'
import { longestAsk, questionOf } from './livechatai-question.ts'
import { answerSoFar, sentReader } from './livechatai-sent.ts'
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
  options: SendOptions | undefined,
  operation = 'messages.ask',
): Promise<Answer> {
  const call = begin(context, operation, options, { timeout: longestAsk })
  const { asking, spec } = await questionOf(context, call, target, input, options, false)
  try {
    const said = await call.read(spec, (answer, reading) => readAnswer(dataOf(answer), reading, asking.attempt))
    return await conclude(asking, said)
  } catch (error) {
    if (!mayHaveHappened(error)) throw error
    return recover(context, asking)
  }
}

/** What the vendor said comes to; an answer that came without its id is looked for where its conversation is known. */
export async function conclude(asking: Asking, said: AnswerReading): Promise<Answer> {
  const { attempt, call } = asking
  const { conversationId, messageId, message, text } = said
  // The older edition knows no contactId here, and makes a contact of its own.
  if (attempt.conversationId === null && asking.contactId && said.contactId && said.contactId !== asking.contactId)
    call.reading.warn('degraded', 'The vendor opened the conversation with another contact than the one named.')
  const contactId = said.contactId ?? asking.contactId
  await asking.outgoing.learn({ conversationId, messageId, contactId }, 'answer')
  const known: Asking = { ...asking, contactId }
  if (message) return answerOf(known, 'answered', message)
  if (text === null) return answerOf(known, 'unanswered')
  const stored = await storedAnswer(known)
  if (stored) return answerOf(known, 'answered', stored)
  call.reading.warn('degraded', 'The answer came without an id, so there is no message of it.')
  return { ...answerOf(known, 'answered'), text }
}

/** An answer that came without its id, as the conversation has it. */
async function storedAnswer({ call, attempt, outgoing }: Asking) {
  if (attempt.conversationId === null) return undefined
  try {
    const { messages } = await fetchThread(call, attempt.conversationId)
    if (attempt.messageId === null) {
      // The same words may have been asked before; the answer to the last of them has just come.
      const sent = messages.findLast(
        ({ author, text }) => author.kind === 'contact' && folded(text) === folded(attempt.text),
      )
      await outgoing.learn({ messageId: sent?.id }, 'reading')
    }
    return attempt.messageId === null ? undefined : answerIn(messages, attempt.messageId)
  } catch (error) {
    if (!isParleyError(error)) throw error
    return undefined
  }
}

/** The send was not answered: what became of it is read, and waited for if it is there. It is never sent again. */
export async function recover(context: LiveChatAIContext, asking: Asking): Promise<Answer> {
  const { attempt, call, agentId, outgoing } = asking
  const found = await readBack({ call, reader: sentReader(context, agentId), attempt })
  if (!found) return answerOf(asking, 'unknown')
  const { conversationId, message, thread } = found
  await outgoing.learn({ conversationId, messageId: message.id, contactId: thread.contactId ?? undefined }, 'reading')
  const soFar = answerSoFar(call, agentId, attempt, thread)
  if (soFar.outcome !== 'pending') return soFar
  const look = async () => {
    const answer = answerSoFar(call, agentId, attempt, await fetchThread(call, conversationId))
    return answer.outcome === 'pending' ? undefined : answer
  }
  return awaitAnswer(call, look, () => soFar)
}
