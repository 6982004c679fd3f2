import { idFrom } from '../leadconnector-ids.ts'
import { type Draft, writeMessage } from '../messages/leadconnector-write-message.ts'
import type { ContactRecord, ConversationRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'

/**
 * What else stands in a real timeline: comments among colleagues, what workflows sent on another channel, activities,
 * and kinds that no list has. All of it lies inside the story, so that the last word stays the story's.
 */
export function seedExtras(
  location: LocationState,
  conversation: ConversationRecord,
  contact: ContactRecord,
  staff: readonly string[],
  index: number,
): void {
  const first = conversation.messages[0]?.at ?? conversation.createdAt
  const last = conversation.messages.at(-1)?.at ?? first
  const userId = contact.assignedTo ?? staff[index % staff.length] ?? ''
  const colleague = staff[(index + 1) % staff.length] ?? ''
  const add = (kind: string, share: number, draft: Partial<Draft> & { messageType: string }) => {
    const at = first + Math.floor((last - first) * share)
    const direction = 'outbound'
    writeMessage(location, conversation, { id: idFrom(`${conversation.id}:${kind}`), at, direction, ...draft })
  }
  const text = { contentType: 'text/plain', attachments: [], status: 'delivered' }

  if (contact.assignedTo && index % 2 === 0) {
    const body = 'Called back, no answer. Can you try tomorrow?'
    add('comment', 0.6, {
      ...text,
      messageType: 'TYPE_INTERNAL_COMMENT',
      body,
      userId,
      source: 'app',
      mentions: [colleague],
    })
  }
  if (index % 7 === 0) {
    const messageType = index % 2 === 0 ? 'TYPE_ACTIVITY_APPOINTMENT' : 'TYPE_ACTIVITY_OPPORTUNITY'
    add('activity', 0.1, {
      messageType,
      activity: { type: 'created', title: 'Created', data: { id: conversation.id } },
    })
  }
  if (contact.phone && index % 13 === 5) {
    const body = 'Your repair is booked. Reply STOP to end these messages.'
    add('reminder', 0.4, { ...text, messageType: 'TYPE_SMS', body, source: 'workflow', to: contact.phone })
  }
  if (contact.phone && index % 17 === 6) {
    const sentences = [
      { mediaChannel: 2, startTime: 200, endTime: 2100, transcript: 'Your bike is ready.', confidence: 0.97 },
      { mediaChannel: 1, startTime: 2300, endTime: 3900, transcript: 'Thank you, I am coming.', confidence: 0.9 },
    ]
    const call = { duration: 4, status: 'completed', sentences }
    add('call', 0.8, {
      ...text,
      messageType: 'TYPE_CALL',
      call,
      status: 'completed',
      userId,
      source: 'app',
      to: contact.phone,
    })
  }
  if (contact.phone && index % 29 === 8) {
    const call = { duration: 0, status: 'no-answer' }
    add('missed', 0.7, { messageType: 'TYPE_CALL', direction: 'inbound', call, attachments: [], from: contact.phone })
  }
  if (contact.phone && index % 53 === 9) {
    const body = 'How did we do? Tell others.'
    add('review', 0.9, { ...text, messageType: 'TYPE_SMS_REVIEW_REQUEST', body, source: 'workflow' })
  }
  if (index % 19 === 10) {
    add('joined', 0, { messageType: 'TYPE_LIVE_CHAT_INFO_MESSAGE', body: 'The visitor left their address.' })
  }
  if (index % 31 === 11) {
    const body = 'I would like to be called back.'
    add('form', 0, { ...text, messageType: 'TYPE_FORM_SUBMISSION', direction: 'inbound', body })
  }
  if (index % 83 === 12) {
    const body = '[hologram]'
    add('unheard', 0.5, { ...text, messageType: 'TYPE_HOLOGRAM', typeCode: 77, direction: 'inbound', body })
  }
}
