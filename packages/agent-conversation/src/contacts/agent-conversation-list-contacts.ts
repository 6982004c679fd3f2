import {
  type Call,
  type Contact,
  type ContactQuery,
  checkLimit,
  numberedCursor,
  numberedPlace,
  type Page,
  vendorOptions,
} from '@parley/core'
import { pageSize as sizes } from '../agent-conversation-limits.ts'
import { readEnvelope } from '../agent-conversation-page.ts'
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
  seen: Set<string>,
): Promise<Page<Contact<AgentConversationRawUser>>> {
  vendorOptions(call, query.vendor, {})
  const place = numberedPlace(cursor)
  const pageSize = checkLimit(call, query.limit, sizes)
  const request = { page: place.page, pageSize, orderBy: 'createdAt', orderDirection: 'DESC' }
  const {
    items,
    next: after,
    total,
  } = await call.read({ path: '/agents/users', query: request }, (body, reading) =>
    readEnvelope(body, reading, place, seen, (raw) => readContact(raw, reading)),
  )
  const next = numberedCursor(after)
  const { warnings } = call.reading
  return total === undefined ? { items, next, warnings } : { items, next, warnings, total }
}
