import { type Call, type Contact, type ContactQuery, checkLimit, type Page, vendorOptions } from '@parley/core'
import { pageSize } from '../agent-conversation-limits.ts'
import { placeOf, readEnvelope } from '../agent-conversation-page.ts'
import { readContact } from '../read/read-agent-conversation-contact.ts'
import type { AgentConversationRawUser } from '../wire/index.ts'

/**
 * "Agent users", newest first. Declared to answer with an agent, which is a slip: its twin for the organisation's key
 * answers with a page of users.
 */
export async function listContacts(
  call: Call,
  query: ContactQuery,
  cursor: string | undefined,
): Promise<Page<Contact<AgentConversationRawUser>>> {
  vendorOptions(call, query.vendor, {})
  const place = placeOf(cursor, checkLimit(call, query.limit, pageSize))
  const request = { page: place.page, pageSize: place.size, orderBy: 'createdAt', orderDirection: 'DESC' }
  const { items, next, total } = await call.read({ path: '/agents/users', query: request }, (body, reading) =>
    readEnvelope(body, reading, place, (raw) => readContact(raw, reading)),
  )
  const { warnings } = call.reading
  return total === undefined ? { items, next, warnings } : { items, next, warnings, total }
}
