import { type Contact, type ContactSummary, compact, type Entity, type Raw, type Reading } from '@parley/core'
import type { AgentConversationRawUser } from '../wire/index.ts'
import { readCustomData, readExternalId, readFullName } from './read-agent-conversation-person.ts'

/** @param conversationIds those that a search gives with the user. */
export const readContact = (
  raw: Raw,
  reading: Reading,
  conversationIds?: string[],
): Contact<AgentConversationRawUser> => ({
  ...(reading.entity('contact', reading.id(raw), raw) as Contact<AgentConversationRawUser>),
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

/** The user inside a conversation; older editions have only its id, in `conversationUserId`. */
export function readContactSummary(raw: Raw, reading: Reading): ContactSummary | null | undefined {
  const known = reading.text(raw, 'conversationUserId')
  const user = reading.nested(raw, 'user', (nested) => summaryOf(nested, reading, known))
  if (user) return user
  if (known) return { id: known, ref: reading.ref('contact', known) }
  return user
}

function summaryOf(raw: Raw, reading: Reading, known: string | null | undefined): ContactSummary {
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
