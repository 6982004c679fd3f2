import {
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
  type RequestSpec,
  timeToSend,
} from '@parley/core'
import { conversationIdOf, integrationTypeOf } from '../livechatai-check.ts'
import { agentIdOf, type LiveChatAIContext } from '../livechatai-context.ts'
import { vendorOf } from '../livechatai-vendor-options.ts'
import type { Asking } from './livechatai-answer.ts'
import { messageTypeOf } from './livechatai-message-type.ts'

/** How long the whole of a question may take by default, and its request at least, while the model thinks. */
export const longestAsk = 120_000
const leastTry = 60_000

/** A checked question and its request, "conversations/send-message". */
export function questionOf(
  context: LiveChatAIContext,
  call: Call,
  target: AskTarget,
  askInput: AskInput,
  streaming: boolean,
): { asking: Asking; spec: RequestSpec } {
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
    streaming,
    responseFormat: checkWord(call, responseFormat, 'responseFormat', ['MARKDOWN', 'PLAIN']),
    integrationType: integrationTypeOf(call, input.channel),
    ip: checkOptionalText(call, ip, 'ip'),
    country: checkOptionalText(call, country, 'country'),
  })
  ignoreOptions(call, input, ['context'], 'its agent takes no background with a question.')
  const { agentId, contactId, conversationId } = where
  const tryTimeout = timeToSend(call, Math.max(leastTry, context.transport.settings.tryTimeout))
  return {
    asking: { call, agentId, contactId, attempt: attemptOf(call, 'ask', conversationId, text) },
    spec: { method: 'POST', path: '/conversations', body, tryTimeout },
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
