import {
  type AskInput,
  type AskTarget,
  anyOf,
  beginSending,
  type Call,
  checkContact,
  checkId,
  checkInput,
  checkText,
  compact,
  ignoreOptions,
  isNewConversation,
  type RequestSpec,
  type SendOptions,
  timeToSend,
  vendorOptions,
} from '@parley/core'
import { conversationIdOf, integrationTypeOf } from '../livechatai-check.ts'
import { agentIdOf, type LiveChatAIContext } from '../livechatai-context.ts'
import { newContactOptions } from '../livechatai-vendor-options.ts'
import type { Asking } from './livechatai-answer.ts'
import { messageTypeOf } from './livechatai-message-type.ts'

/** How long the whole of a question may take by default, and its request at least, while the model thinks. */
export const longestAsk = 120_000
const leastTry = 60_000

/** A checked question and its request, "conversations/send-message". The caller has its attempt when this returns. */
export async function questionOf(
  context: LiveChatAIContext,
  call: Call,
  target: AskTarget,
  askInput: AskInput,
  options: SendOptions | undefined,
  streaming: boolean,
): Promise<{ asking: Asking; spec: RequestSpec }> {
  const input = checkInput(call, askInput)
  const text = checkText(call, input.text, 'text')
  const { responseFormat, messageType, ip, country } = vendorOptions(call, input.vendor, {
    responseFormat: anyOf('MARKDOWN', 'PLAIN'),
    messageType: anyOf('TEXT', 'IMAGE'),
    ...newContactOptions,
  })
  const where = placeOf(context, call, target)
  const body = compact<Record<string, unknown>>({
    question: text,
    agentId: where.agentId,
    conversationId: where.conversationId ?? undefined,
    contactId: where.conversationId === null ? (where.contactId ?? undefined) : undefined,
    messageType: messageTypeOf(call, messageType, text, input.attachments),
    streaming,
    responseFormat,
    integrationType: integrationTypeOf(call, input.channel),
    ip,
    country,
  })
  ignoreOptions(call, input, ['context'], 'its agent takes no background with a question.')
  const { agentId, contactId, conversationId } = where
  const outgoing = await beginSending(call, options, {
    kind: 'ask',
    conversationId,
    contactId,
    text,
    after: input.after,
  })
  const tryTimeout = timeToSend(call, Math.max(leastTry, context.transport.settings.tryTimeout))
  return {
    asking: { call, agentId, contactId, outgoing, attempt: outgoing.attempt },
    spec: { method: 'POST', path: '/conversations', body, tryTimeout },
  }
}

/** The conversation, or none yet and the contact who is to have one. */
function placeOf(
  context: LiveChatAIContext,
  call: Call,
  target: AskTarget,
): Pick<Asking, 'agentId' | 'contactId'> & { conversationId: string | null } {
  if (!isNewConversation(call, target)) {
    const conversationId = conversationIdOf(call, target as string)
    const contact = typeof target === 'object' && 'contact' in target ? (target.contact as { id?: unknown }) : undefined
    const contactId = typeof contact?.id === 'string' ? contact.id : undefined
    return { conversationId, contactId, agentId: agentIdOf(context, target) }
  }
  const { contact } = target
  checkContact(call, contact)
  if (contact === null) return { conversationId: null, contactId: undefined, agentId: context.agentId }
  return { conversationId: null, contactId: checkId(call, contact, 'contact'), agentId: agentIdOf(context, contact) }
}
