import type { Dialogue, Person, World } from '../world/world.ts'
import { chance, hash, pick } from './livechatai-ids.ts'
import { seededId } from './livechatai-seed-ids.ts'
import type { AttributeValue, StoredContact } from './livechatai-state.ts'

/** A contact belongs to one agent: whoever talks to two of them is two contacts. */
export function contactOf(world: World, person: Person, agentId: string, dialogue: Dialogue): StoredContact {
  const id = seededId(world, 'contact', `${agentId}:${person.key}`)
  return {
    id,
    agentId,
    distinctId: person.externalId,
    name: [person.firstName, person.lastName].filter(Boolean).join(' ') || null,
    email: person.email,
    phone: person.phone,
    country: person.country,
    // Addresses that are kept free for documentation (RFC 5737).
    ip: dialogue.channel === 'web' ? `203.0.113.${hash(person.key) % 256}` : null,
    chatSource: dialogue.channel === 'web' || dialogue.channel === 'api' ? 'website' : dialogue.channel,
    attributes: attributesOf(person),
    createdAt: person.createdAt,
    updatedAt: Math.max(person.createdAt, dialogue.createdAt),
  }
}

/** Of every type that an attribute can have; `customer_since` is in Unix seconds. */
function attributesOf({ key, tags, externalId, createdAt }: Person): Record<string, AttributeValue> {
  if (chance(`no attributes:${key}`) < 0.25) return {}
  return {
    segment: tags[0] ?? 'none',
    newsletter: tags.includes('newsletter'),
    ...(externalId === null ? {} : { customer_since: Math.floor(createdAt / 1000), open_orders: pick([0, 1, 2], key) }),
  }
}
