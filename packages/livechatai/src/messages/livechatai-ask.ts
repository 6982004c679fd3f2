import {
  type Answer,
  type AskInput,
  type AskTarget,
  attemptOf,
  type Call,
  checkId,
  checkInput,
  checkOptionalText,
  checkText,
  checkWord,
  compact,
  ignoreOptions,
  isParleyError,
  mayHaveHappened,
  type OperationOptions,
  timeToSend,
} from '@parley/core'
import { conversationIdOf, integrationTypeOf } from '../livechatai-check.ts'
import { agentIdOf, begin, type LiveChatAIContext } from '../livechatai-context.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { vendorOf } from '../livechatai-vendor-options.ts'
import { type AnswerReading, readAnswer } from '../read/read-livechatai-answer.ts'
import { type Asking, answerOf } from './livechatai-answer.ts'

import { awaitAnswer } from './livechatai-await-answer.ts'
import { messageTypeOf } from './livechatai-message-type.ts'
import { readBack } from './livechatai-read-back.ts'
import { answerIn, fetchThread } from './livechatai-thread.ts'

/** How long the whole of a question may take by default, and its request at least, while the model thinks. */
const longestAsk = 120_000
const leastTry = 60_000

/** As the contact: "conversations/send-message", which answers with the agent's answer. */
export async function ask(
  context: LiveChatAIContext,
  target: AskTarget,
  askInput: AskInput,
  options: OperationOptions | undefined,
): Promise<Answer> {
  const call = begin(context, 'messages.ask', options, { timeout: longestAsk })
  const input = checkInput(call, askInput)
  const text = checkText(call, input.text, 'text')
  const { responseFormat, messageType, ip, country } = vendorOf(input)
  const where = placeOf(context, call, target)
  const body = compact<Record<string, unknown>>({
    question: text,
    agentId: where.agentId,
    conversationId: where.conversationId ?? undefined,
    contactId: where.conversationId === null ? (where.contactId ?? undefined) : undefined,
    messageType: messageTypeOf(call, messageType, text, input.attachments),
    streaming: false,
    responseFormat: checkWord(call, responseFormat, 'responseFormat', ['MARKDOWN', 'PLAIN']),
    integrationType: integrationTypeOf(call, input.channel),
    ip: checkOptionalText(call, ip, 'ip'),
    country: checkOptionalText(call, country, 'country'),
  })
  ignoreOptions(call, input, ['context'], 'its agent takes no background with a question.')
  const { agentId, contactId, conversationId } = where
  const asking: Asking = { call, agentId, contactId, attempt: attemptOf(call, 'ask', conversationId, text) }
  try {
    const tryTimeout = timeToSend(call, Math.max(leastTry, context.transport.settings.tryTimeout))
    const said = await call.read({ method: 'POST', path: '/conversations', body, tryTimeout }, (answer, reading) =>
      readAnswer(dataOf(answer), reading, { conversationId }),
    )
    return await conclude(asking, said)
  } catch (error) {
    if (!mayHaveHappened(error)) throw error
    return recover(asking)
  }
}

/** The conversation, or none yet and the contact who is to have one. */
function placeOf(
  context: LiveChatAIContext,
  call: Call,
  target: AskTarget,
): Pick<Asking, 'agentId' | 'contactId'> & { conversationId: string | null } {
  const isNew = typeof target === 'object' && target !== null && 'contact' in target && !('id' in target)
  if (!isNew) {
    const conversationId = conversationIdOf(call, target as string)
    const contact = typeof target === 'object' && 'contact' in target ? (target.contact as { id?: unknown }) : undefined
    const contactId = typeof contact?.id === 'string' ? contact.id : undefined
    return { conversationId, contactId, agentId: agentIdOf(context, target) }
  }
  const { contact } = target
  if (contact === null || contact === undefined)
    return { conversationId: null, contactId: undefined, agentId: context.agentId }
  return { conversationId: null, contactId: checkId(call, contact, 'contact'), agentId: agentIdOf(context, contact) }
}

async function conclude(asking: Asking, said: AnswerReading): Promise<Answer> {
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
async function storedAnswer({ call, attempt: { conversationId, messageId } }: Asking) {
  if (conversationId === null || messageId === null) return undefined
  try {
    return answerIn((await fetchThread(call, conversationId)).messages, messageId)
  } catch (error) {
    if (!isParleyError(error)) throw error
    return undefined
  }
}

/** The send was not answered: what became of it is read, and waited for if it is there. It is never sent again. */
async function recover(asking: Asking): Promise<Answer> {
  const { attempt, call, agentId } = asking
  const found = await readBack(call, attempt, agentId)
  if (!found) return answerOf(asking, 'unknown')
  attempt.conversationId = found.conversationId
  attempt.messageId = found.sent.id
  return awaitAnswer({ ...asking, contactId: found.thread.contactId ?? asking.contactId }, found.thread)
}
