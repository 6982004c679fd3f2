import { newId } from '../state/leadconnector-new-id.ts'
import type { ConversationRecord } from '../state/leadconnector-records.ts'
import type { LocationState, State } from '../state/leadconnector-state.ts'
import { conversationOfContact } from '../state/leadconnector-timeline.ts'

export function startConversation(state: State, location: LocationState, contactId: string): ConversationRecord {
  const now = state.context.now()
  const conversation: ConversationRecord = {
    id: newId(state, 'conversation'),
    contactId,
    createdAt: now,
    searchableAt: now + state.settings.searchLagMs,
    updatedAt: now,
    unreadCount: 0,
    starred: false,
    deleted: false,
    feedback: undefined,
    followers: [],
    mentions: [],
    score: 0,
    messages: [],
    botSleepsUntil: 0,
    botAnswers: 0,
  }
  location.conversations.set(conversation.id, conversation)
  return conversation
}

/** Sending to a contact makes its conversation; there is never a second one. */
export function conversationFor(state: State, location: LocationState, contactId: string): ConversationRecord {
  return conversationOfContact(location, contactId) ?? startConversation(state, location, contactId)
}
