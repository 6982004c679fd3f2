import {
  type Contact,
  compact,
  type Entity,
  isRecord,
  type JsonObject,
  type Payload,
  type PayloadReader,
} from '@parley/core'
import type { LiveChatAIContactPayload } from '../wire.ts'

/** @param agentId the agent of the list. The list names it only once. */
export const readContact = (
  raw: Payload,
  reading: PayloadReader,
  agentId?: string,
): Contact<LiveChatAIContactPayload> => ({
  ...(reading.entity('contact', reading.id(raw), raw) as Contact<LiveChatAIContactPayload>),
  ...compact<Omit<Contact, keyof Entity>>({
    name: reading.text(raw, 'name'),
    email: reading.text(raw, 'email'),
    phone: reading.text(raw, 'phone'),
    externalId: reading.text(raw, 'distinctId'),
    country: reading.text(raw, 'country'),
    agentId: reading.text(raw, 'agentId') ?? agentId,
    origin: reading.text(raw, 'chatSource'),
    customFields: readAttributes(raw, reading),
    createdAt: reading.time(raw, 'createdAt'),
    updatedAt: reading.time(raw, 'updatedAt'),
  }),
})

/** Attributes are a list of keys and values in "contacts/retrieve", and an object everywhere else. */
function readAttributes(raw: Payload, reading: PayloadReader): JsonObject | undefined {
  if (!Array.isArray(raw['attributes'])) return reading.object(raw, 'attributes') ?? undefined
  const pairs = reading.list(raw, 'attributes', (pair) => [reading.id(pair, 'key'), pair['value'] ?? null])
  // Not assigned one by one, because a key may be `__proto__`.
  const attributes: unknown = Object.fromEntries(pairs ?? [])
  return isRecord(attributes) ? (attributes as JsonObject) : undefined
}
