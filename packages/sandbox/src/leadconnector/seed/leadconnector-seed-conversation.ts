import type { Dialogue, World } from '../../world/world.ts'
import { idFrom, pick } from '../leadconnector-ids.ts'
import type { ContactRecord, ConversationRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'
import { seedCalls } from './leadconnector-seed-calls.ts'
import { seedExtras } from './leadconnector-seed-extras.ts'
import { seededUserId } from './leadconnector-seed-ids.ts'
import type { Place } from './leadconnector-seed-location.ts'
import { seedTurns } from './leadconnector-seed-turns.ts'

export function seedConversation(
  world: World,
  location: LocationState,
  place: Place,
  contact: ContactRecord,
  dialogues: readonly Dialogue[],
  index: number,
): void {
  const createdAt = Math.min(...dialogues.map((dialogue) => dialogue.createdAt))
  const last = dialogues.at(-1)
  const staff = world.operators.map(({ key }) => seededUserId(world.seed, key))
  const follower = staff[index % staff.length]
  const conversation: ConversationRecord = {
    id: idFrom(`${contact.id}:conversation`),
    contactId: contact.id,
    createdAt,
    searchableAt: 0,
    updatedAt: createdAt,
    unreadCount: last?.unread ?? 0,
    starred: dialogues.some(({ starred }) => starred),
    deleted: false,
    feedback: undefined,
    followers: follower && index % 6 === 2 ? [follower] : [],
    mentions: follower && index % 15 === 3 ? [follower] : [],
    score: pick(contact.id, 101),
    messages: [],
    // A person took over and still holds it: the bot stays out.
    botSleepsUntil: last?.handedOver ? Number.POSITIVE_INFINITY : 0,
    botAnswers: 0,
  }
  location.conversations.set(conversation.id, conversation)
  for (const dialogue of dialogues) {
    if (dialogue.channel === 'voice') seedCalls(world, location, conversation, dialogue)
    else seedTurns(world, location, place, conversation, dialogue)
  }
  if (conversation.messages.length > 0) seedExtras(location, conversation, contact, staff, index)
}
