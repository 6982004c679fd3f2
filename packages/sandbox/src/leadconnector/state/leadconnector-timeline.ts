import type { ConversationRecord, MessageRecord } from './leadconnector-records.ts'
import type { LocationState } from './leadconnector-state.ts'

/** Oldest first, in the order of arrival when two share an instant. */
export function addMessage(location: LocationState, conversation: ConversationRecord, message: MessageRecord): void {
  const { messages } = conversation
  let place = messages.length
  while (place > 0 && (messages[place - 1]?.at ?? 0) > message.at) place -= 1
  messages.splice(place, 0, message)
  location.messages.set(message.id, message)
  conversation.updatedAt = Math.max(conversation.updatedAt, message.at)
}

export function removeMessage(location: LocationState, message: MessageRecord): void {
  location.messages.delete(message.id)
  const messages = location.conversations.get(message.conversationId)?.messages
  const place = messages?.indexOf(message) ?? -1
  if (place >= 0) messages?.splice(place, 1)
}

export function visibleMessages(conversation: ConversationRecord, now: number): MessageRecord[] {
  return conversation.messages.filter((message) => message.visibleAt <= now)
}

export function lastMessage(
  conversation: ConversationRecord,
  now: number,
  which: (message: MessageRecord) => boolean = () => true,
): MessageRecord | null {
  return conversation.messages.findLast((message) => message.visibleAt <= now && which(message)) ?? null
}

/** What has become of a message by now: scheduled ones go out, pending ones arrive. */
export function statusNow(message: MessageRecord, now: number): string | undefined {
  const due = message.scheduledFor !== undefined && now >= message.scheduledFor
  if (message.status === 'scheduled') return due ? 'delivered' : 'scheduled'
  if (message.status === 'pending' && message.settlesAt !== undefined && now >= message.settlesAt) return 'delivered'
  return message.status
}

export function conversationOfContact(location: LocationState, contactId: string): ConversationRecord | null {
  for (const conversation of location.conversations.values()) {
    if (conversation.contactId === contactId && !conversation.deleted) return conversation
  }
  return null
}
