import type { Call } from './livechatai-endpoint.ts'
import { withOddities } from './livechatai-odd.ts'
import {
  lastMessageAt,
  type Oddity,
  type StoredContact,
  type StoredConversation,
  type StoredMessage,
} from './livechatai-state.ts'
import { isoMilliseconds, isoSeconds } from './livechatai-time.ts'

/**
 * A conversation as lists give it: with its contact, but without `agentId`, `contactId` and messages; dates without
 * milliseconds (`conversations/list`).
 */
export function listedConversation(call: Call, conversation: StoredConversation): Oddity {
  const contact = call.state.contacts.get(conversation.contactId)
  return withOddities(
    call.settings,
    {
      id: conversation.id,
      ...flags(conversation),
      contact: contact ? embeddedContact(contact) : null,
      agent: conversation.agent,
      ...dates(conversation, isoSeconds),
    },
    'conversation',
    conversation.oddity,
  )
}

/** A conversation as retrieve gives it: with ids and messages, but without its contact; dates with milliseconds. */
export function retrievedConversation(call: Call, conversation: StoredConversation): Oddity {
  return withOddities(
    call.settings,
    {
      id: conversation.id,
      contactId: conversation.contactId,
      agentId: conversation.agentId,
      ...flags(conversation),
      agent: conversation.agent,
      messages: conversation.messages.map((message) => retrievedMessage(call, message)),
      ...dates(conversation, isoMilliseconds),
    },
    'conversation',
    conversation.oddity,
  )
}

function retrievedMessage(call: Call, message: StoredMessage): Oddity {
  return withOddities(
    call.settings,
    {
      id: message.id,
      content: message.content,
      role: message.role,
      type: message.type,
      source: message.source.map(({ id, type, link, distance }) =>
        withOddities(call.settings, { id, type, link, distance }, 'citation'),
      ),
      agent: message.agent,
      ...(!message.isUndated && { createdAt: isoMilliseconds(message.createdAt) }),
    },
    'message',
    message.oddity,
  )
}

const flags = ({ isResolved, isStarred, isMuted, isAgent, integrationType }: StoredConversation): Oddity => ({
  isResolved,
  isStarred,
  isMuted,
  isAgent,
  integrationType,
})

function dates(conversation: StoredConversation, format: (at: number) => string): Oddity {
  const last = lastMessageAt(conversation)
  return {
    lastMessageDate: last === null ? null : format(last),
    createdAt: format(conversation.createdAt),
    updatedAt: format(conversation.updatedAt),
  }
}

const embeddedContact = ({ id, name, phone, email, distinctId, attributes }: StoredContact): Oddity => ({
  id,
  name,
  phone,
  email,
  distinctId,
  attributes,
})
