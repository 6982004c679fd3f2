import {
  type Call,
  type Conversation,
  type CreateConversationInput,
  checkId,
  checkInput,
  compact,
  ignoreOptions,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import { integrationTypeOf } from '../livechatai-check.ts'
import { agentIdOf, type LiveChatAIContext } from '../livechatai-context.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { newContactOptions } from '../livechatai-vendor-options.ts'
import type { LiveChatAIRawConversation } from '../wire/index.ts'
import { changedConversation } from './livechatai-fetch-conversation.ts'

/** "conversations/create", which answers with ids only. Without a contact, the vendor makes a new one. */
export async function createConversation(
  context: LiveChatAIContext,
  call: Call,
  conversation: CreateConversationInput,
): Promise<Conversation<LiveChatAIRawConversation>> {
  const input = checkInput(call, conversation)
  const own = vendorOptions(call, input.vendor, newContactOptions)
  const agentId = agentIdOf(context, input.contact)
  const body = compact<Record<string, unknown>>({
    agentId,
    contactId: input.contact !== null ? checkId(call, input.contact, 'contact') : undefined,
    integrationType: integrationTypeOf(call, input.channel),
    ...own,
  })
  ignoreOptions(call, input, ['title', 'context', 'customFields', 'stateId'], 'its conversations have none.')
  const made = await call.read({ method: 'POST', path: '/conversations/create', body }, (answer, reading) => {
    const raw = dataOf(answer)
    const id = reading.text(raw, 'conversationId')
    if (!id) throw new Unreadable('data.conversationId')
    return { id, contactId: reading.text(raw, 'contactId') ?? null }
  })
  const status = { value: 'unknown', native: null } as const
  return changedConversation(call, made.id, { agentId, contactId: made.contactId, status })
}
