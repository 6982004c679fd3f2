import {
  type Contact,
  type ContactSummary,
  compact,
  type Entity,
  type JsonObject,
  type Payload,
  type PayloadReader,
} from '@parley/core'
import type { AgentConversationUserPayload } from '../wire.ts'

/** @param conversationIds the conversations that a search returns with the user. */
export const readContact = (
  raw: Payload,
  reading: PayloadReader,
  conversationIds?: string[],
): Contact<AgentConversationUserPayload> => ({
  ...(reading.entity('contact', reading.id(raw), raw) as Contact<AgentConversationUserPayload>),
  ...compact<Omit<Contact, keyof Entity>>({
    name: readFullName(raw, reading),
    firstName: reading.text(raw, 'firstName'),
    lastName: reading.text(raw, 'lastName'),
    email: reading.text(raw, 'email'),
    phone: reading.text(raw, 'phoneNumber'),
    externalId: readExternalId(raw, reading),
    origin: reading.text(raw, 'source'),
    customFields: readCustomData(raw, reading),
    conversationIds,
    isAnonymized: reading.flag(raw, 'isAnonymized'),
  }),
})

/** The user in a conversation. Older editions have only its id, in `conversationUserId`. */
export function readContactSummary(raw: Payload, reading: PayloadReader): ContactSummary | null | undefined {
  const known = reading.text(raw, 'conversationUserId')
  const user = reading.nested(raw, 'user', (nested) => summaryOf(nested, reading, known))
  if (user) return user
  if (known) return { id: known, ref: reading.ref('contact', known) }
  return user
}

function summaryOf(raw: Payload, reading: PayloadReader, known: string | null | undefined): ContactSummary {
  const id = reading.text(raw, 'id') || known || null
  return compact<ContactSummary>({
    id,
    ref: id === null ? undefined : reading.ref('contact', id),
    name: readFullName(raw, reading),
    email: reading.text(raw, 'email'),
    phone: reading.text(raw, 'phoneNumber'),
    externalId: readExternalId(raw, reading),
  })
}

/** First and last name as one. `null`: both are blank, as for anonymized people. */
export function readFullName(raw: Payload, reading: PayloadReader): string | null | undefined {
  const first = reading.text(raw, 'firstName')
  const last = reading.text(raw, 'lastName')
  if (first === undefined && last === undefined) return undefined
  return [first?.trim(), last?.trim()].filter(Boolean).join(' ') || null
}

/**
 * The application's own id: `fkId`, which the vendor's search finds, or else `fkUserId`, if the application has set only
 * that.
 */
const readExternalId = (raw: Payload, reading: PayloadReader): string | null | undefined => {
  const record = reading.text(raw, 'fkId')
  return record ? record : (reading.text(raw, 'fkUserId') ?? record)
}

/** The object that the application stored with the record. The other keys of `metadata` are the vendor's. */
export const readCustomData = (raw: Payload, reading: PayloadReader): JsonObject | undefined =>
  reading.nested(raw, 'metadata', (metadata) => reading.object(metadata, 'customData')) ?? undefined
