import { type Call, type Conversation, type ConversationStatus, isParleyError, pathOf, type Term } from '@parley/core'
import { fetchContact } from '../contacts/livechatai-fetch-contact.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { readConversation } from '../read/read-livechatai-conversation.ts'
import type { LiveChatAIRawConversation } from '../wire/index.ts'

/** "conversations/retrieve". */
export const fetchConversation = (call: Call, id: string): Promise<Conversation<LiveChatAIRawConversation>> =>
  call.read({ path: pathOf`/conversations/${id}` }, (body, reading) =>
    readConversation(reading.asked(dataOf(body), id, 'messages', 'contactId', 'isResolved'), reading),
  )

/** The contact itself, of which a retrieve gives only the id. */
export async function withContact(
  call: Call,
  conversation: Conversation<LiveChatAIRawConversation>,
): Promise<Conversation<LiveChatAIRawConversation>> {
  const id = conversation.contact?.id
  if (!id) return conversation
  try {
    const { ref, name, email, phone, externalId } = await fetchContact(call, id)
    const known = Object.entries({ name, email, phone, externalId }).filter(([, value]) => value !== undefined)
    return { ...conversation, contact: { id, ref, ...Object.fromEntries(known) } }
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'not-found') throw error
    call.reading.warn('degraded', 'The contact of this conversation is not there any more.', { path: 'contactId' })
    return conversation
  }
}

/**
 * What a conversation is after it was changed. When only reading it back fails, the change has still been made, and
 * what is known for certain is given instead of an error that would say otherwise.
 */
export async function changedConversation(
  call: Call,
  id: string,
  known: { agentId?: string; contactId?: string | null; status: Term<ConversationStatus> },
): Promise<Conversation<LiveChatAIRawConversation>> {
  try {
    return await fetchConversation(call, id)
  } catch (error) {
    if (!isParleyError(error)) throw error
    call.reading.warn('degraded', `It was done, but the conversation could not be read back (${error.code}).`)
    const { agentId, contactId, status } = known
    const { vendor, account } = call
    return {
      ...{ ref: call.reading.ref('conversation', id), vendor, account, id },
      ...(agentId !== undefined && { agentId }),
      ...(contactId && { contact: { id: contactId, ref: call.reading.ref('contact', contactId) } }),
      status,
      control: { holder: 'unknown', basis: 'none', native: null },
    }
  }
}
