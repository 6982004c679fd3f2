import {
  type Call,
  type Conversation,
  type ConversationOperations,
  type ConversationStatus,
  type CreateConversationInput,
  checkId,
  checkInput,
  checkOptionalText,
  compact,
  DecodeError,
  ignoreOptions,
  isParleyError,
  pathOf,
  type Term,
  vendorOptions,
} from '@parley/core'
import { fetchContact } from './contacts.ts'
import { listConversations } from './conversation-list.ts'
import { integrationTypeOf, newContactOptions } from './options.ts'
import { agentIdOf, type Context, conversationIdOf, dataOf } from './protocol.ts'
import { readConversation } from './read/conversation.ts'
import type { LiveChatAIConversationPayload } from './wire.ts'

/**
 * The conversations of the configured agent, or of `agentId`. An iteration skips items that it has already yielded,
 * because numbered pages shift while they are read.
 */
export type LiveChatAIConversations = Pick<
  ConversationOperations<Conversation<LiveChatAIConversationPayload>>,
  'list' | 'get' | 'create' | 'close'
>

export const createConversations = (context: Context): LiveChatAIConversations => ({
  list: (query, options) =>
    context.list('conversations.list', query, options, (call, query, cursor, seen) =>
      listConversations(context, call, query, cursor, seen),
    ),

  get: async (target, options) => {
    const call = context.begin('conversations.get', options)
    const conversation = await fetchConversation(call, conversationIdOf(call, target))
    return options?.withContact ? withContact(call, conversation) : conversation
  },

  create: async (input, options) => createConversation(context, context.begin('conversations.create', options), input),

  /**
   * Without an operator, the vendor uses the assigned teammate, or else the workspace's owner ("conversations/end").
   */
  close: async (target, options) => {
    const call = context.begin('conversations.close', options)
    const id = conversationIdOf(call, target)
    const body = compact<Record<string, unknown>>({
      userId: checkOptionalText(call, options?.operatorId, 'operatorId') ?? context.settings.operatorId,
    })
    await call.request({ method: 'POST', path: pathOf`/conversations/${id}/end`, body })
    return changedConversation(call, id, { status: { value: 'closed', native: null } })
  },
})

/** "conversations/create", which returns only ids. */
async function createConversation(
  context: Context,
  call: Call,
  conversation: CreateConversationInput,
): Promise<Conversation<LiveChatAIConversationPayload>> {
  const input = checkInput(call, conversation)
  const own = vendorOptions(call, input.vendor, newContactOptions)
  const agentId = input.agentId ?? agentIdOf(context, input.contact)
  const body = compact<Record<string, unknown>>({
    agentId,
    contactId: checkId(call, input.contact, 'contact'),
    integrationType: integrationTypeOf(call, input.channel),
    ...own,
  })
  ignoreOptions(call, input, ['title', 'context', 'customFields', 'stateId'], 'its conversations have no such field.')
  const made = await call.read({ method: 'POST', path: '/conversations/create', body }, (answer, reading) => {
    const raw = dataOf(answer)
    const id = reading.text(raw, 'conversationId')
    if (!id) throw new DecodeError('data.conversationId')
    return { id, contactId: reading.text(raw, 'contactId') ?? null }
  })
  const status = { value: 'unknown', native: null } as const
  return changedConversation(call, made.id, { agentId, contactId: made.contactId, status })
}

/** "conversations/retrieve". */
const fetchConversation = (call: Call, id: string): Promise<Conversation<LiveChatAIConversationPayload>> =>
  call.read({ path: pathOf`/conversations/${id}` }, (body, reading) =>
    readConversation(reading.asked(dataOf(body), id, 'messages', 'contactId', 'isResolved'), reading),
  )

/** Reads the contact, because a retrieve returns only its id. */
async function withContact(
  call: Call,
  conversation: Conversation<LiveChatAIConversationPayload>,
): Promise<Conversation<LiveChatAIConversationPayload>> {
  const id = conversation.contact?.id
  if (!id) return conversation
  try {
    const { ref, name, email, phone, externalId } = await fetchContact(call, id)
    const known = Object.entries({ name, email, phone, externalId }).filter(([, value]) => value !== undefined)
    return { ...conversation, contact: { id, ref, ...Object.fromEntries(known) } }
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'not-found') throw error
    call.reading.warn('degraded', 'The contact of this conversation no longer exists.', { path: 'contactId' })
    return conversation
  }
}

/**
 * The conversation after a change. If only reading it back fails, the change has still been made, so the certain facts
 * are returned instead of a misleading error.
 */
async function changedConversation(
  call: Call,
  id: string,
  known: { agentId?: string; contactId?: string | null; status: Term<ConversationStatus> },
): Promise<Conversation<LiveChatAIConversationPayload>> {
  try {
    return await fetchConversation(call, id)
  } catch (error) {
    if (!isParleyError(error)) throw error
    call.reading.warn('degraded', `The change was made, but the conversation could not be read back (${error.code}).`)
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
