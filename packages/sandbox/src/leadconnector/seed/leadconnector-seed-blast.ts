import type { World } from '../../world/world.ts'
import { idFrom, pick } from '../leadconnector-ids.ts'
import { writeMessage } from '../messages/leadconnector-write-message.ts'
import type { LocationState } from '../state/leadconnector-state.ts'

/** More than one default page of conversations share the millisecond of their last message. */
const recipients = 30

/** A bulk action writes to many contacts in one instant, as happens in every account that uses them. */
export function seedBlast({ now }: World, location: LocationState): void {
  const at = now - 30 * 3_600_000
  let sent = 0
  for (const conversation of location.conversations.values()) {
    const contact = location.contacts.get(conversation.contactId)
    const isOver = (conversation.messages.at(-1)?.at ?? at) < at
    if (sent === recipients || !contact?.phone || contact.dnd || !isOver || conversation.unreadCount > 0) continue
    if (pick(conversation.id, 5) !== 0) continue
    sent += 1
    writeMessage(location, conversation, {
      id: idFrom(`${conversation.id}:blast`),
      messageType: 'TYPE_SMS',
      at,
      direction: 'outbound',
      body: 'Winter check week: book until Friday.',
      status: 'delivered',
      contentType: 'text/plain',
      attachments: [],
      source: 'bulk_actions',
      to: contact.phone,
    })
  }
}
