import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { badRequest, created, invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { any, boolean, needed, number, optional, string, violations } from '../http/leadconnector-rules.ts'
import { iso } from '../leadconnector-json.ts'
import { noContact, noConversation } from '../messages/leadconnector-message-missing.ts'
import type { ConversationRecord } from '../state/leadconnector-records.ts'
import { conversationOfContact } from '../state/leadconnector-timeline.ts'
import { announceUnread } from '../webhooks/leadconnector-announce-message.ts'
import { showGotten, showUpdated, summarize } from './leadconnector-conversation-view.ts'
import { startConversation } from './leadconnector-start-conversation.ts'

const read = { family: 'conversations', scope: 'conversations.readonly' } as const
const write = { family: 'conversations', scope: 'conversations.write' } as const
const one = '/conversations/:conversationId'

export const conversationEndpoints: readonly LocationEndpoint[] = [
  { ...read, method: 'GET', path: one, handle: getConversation },
  { ...write, method: 'POST', path: '/conversations/', handle: createConversation },
  { ...write, method: 'PUT', path: one, handle: updateConversation },
  { ...write, method: 'DELETE', path: one, handle: deleteConversation },
]

function find({ location, params, state }: LocationCall): ConversationRecord | null {
  const found = location.conversations.get(params['conversationId'] ?? '')
  return found && (!found.deleted || state.settings.deletedConversations === 'marked') ? found : null
}

function getConversation(call: LocationCall): Reply {
  const conversation = find(call)
  if (!conversation) return noConversation(call.params['conversationId'])
  return ok(showGotten(call.state, call.location, summarize(call.location, conversation, call.now), call.now))
}

function createConversation(call: LocationCall): Reply {
  const { body, location, state } = call
  const broken = violations({ locationId: needed(string), contactId: needed(string) }, body)
  if (broken.length > 0) return invalid(broken)
  const contactId = String(body['contactId'])
  if (!location.contacts.has(contactId)) return noContact(contactId)
  if (conversationOfContact(location, contactId)) {
    return badRequest(`Conversation with the contact id:${contactId} already exists!`)
  }
  const conversation = startConversation(state, location, contactId)
  const at = iso(conversation.createdAt)
  return created({
    success: true,
    conversation: {
      id: conversation.id,
      dateUpdated: at,
      dateAdded: at,
      deleted: false,
      contactId,
      locationId: location.id,
      lastMessageDate: at,
    },
  })
}

function updateConversation(call: LocationCall): Reply {
  const { body, location, now } = call
  const conversation = find(call)
  if (!conversation) return noConversation(call.params['conversationId'])
  const broken = violations(
    {
      locationId: needed(string),
      unreadCount: optional(number(0)),
      starred: optional(boolean),
      feedback: optional(any),
    },
    body,
  )
  if (broken.length > 0) return invalid(broken)
  if (typeof body['unreadCount'] === 'number') conversation.unreadCount = body['unreadCount']
  if (typeof body['starred'] === 'boolean') conversation.starred = body['starred']
  if (body['feedback'] !== undefined) conversation.feedback = body['feedback']
  conversation.updatedAt = now
  announceUnread(call.state, location, conversation)
  return ok({ success: true, conversation: showUpdated(location, summarize(location, conversation, now)) })
}

function deleteConversation(call: LocationCall): Reply {
  const conversation = find(call)
  if (!conversation || conversation.deleted) return noConversation(call.params['conversationId'])
  conversation.deleted = true
  conversation.updatedAt = call.now
  for (const { id } of conversation.messages) call.location.messages.delete(id)
  announceUnread(call.state, call.location, conversation)
  return ok({ success: true })
}
