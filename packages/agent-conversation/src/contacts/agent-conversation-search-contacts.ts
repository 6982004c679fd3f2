import {
  type Call,
  type Contact,
  type ContactSearch,
  checkInput,
  checkLimit,
  checkOptionalText,
  decodeCursor,
  invalid,
  type Page,
  sameEmail,
  samePhone,
  vendorOptions,
} from '@parley/core'

import { pageSize } from '../agent-conversation-limits.ts'
import type { AgentConversationRawUser } from '../wire/index.ts'
import { findContact } from './agent-conversation-find-contact.ts'
import { listContacts } from './agent-conversation-list-contacts.ts'

/** The three that the vendor can look up; the first that is given decides. */
const lookups = { email: 'email', phone: 'phoneNumber', externalId: 'fkId' } as const
type Lookup = keyof typeof lookups

/** What else is given narrows the answer here. Text alone goes through the list of contacts, page by page. */
export async function searchContacts(
  call: Call,
  search: ContactSearch,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Contact<AgentConversationRawUser>>> {
  const input = checkInput(call, search)
  vendorOptions(call, input.vendor, {})
  checkLimit(call, input.limit, pageSize)
  const wanted = new Map<Lookup | 'text', string>()
  for (const name of ['email', 'phone', 'externalId', 'text'] as const) {
    const value = checkOptionalText(call, input[name], name)?.trim()
    if (value) wanted.set(name, value)
  }
  const by = (Object.keys(lookups) as Lookup[]).find((name) => wanted.has(name))
  const narrowing = [...wanted].filter(([name]) => name !== by)
  if (by === undefined && narrowing.length === 0)
    throw invalid(call, 'search', 'must have an email, a phone, an externalId or a text')

  const page = by === undefined ? await listContacts(call, input, cursor, seen) : await lookUp(by)
  for (const [name] of narrowing)
    call.reading.warn('local-filter', `${call.vendor} cannot combine this with ${name}; it was applied here.`)
  const items = page.items.filter((contact) => narrowing.every(([name, value]) => matches[name](contact, value)))
  return { items, next: page.next, warnings: call.reading.warnings }

  async function lookUp(name: Lookup): Promise<Pick<Page<Contact<AgentConversationRawUser>>, 'items' | 'next'>> {
    // There is one page, so no cursor can have come from here.
    if (cursor !== undefined) decodeCursor<never>(cursor, () => undefined)
    const found = await findContact(call, { [lookups[name]]: wanted.get(name) })
    return { items: found ? [found] : [], next: null }
  }
}

const matches: { [Name in Lookup | 'text']: (contact: Contact, wanted: string) => boolean } = {
  email: ({ email }, wanted) => sameEmail(email, wanted),
  phone: ({ phone }, wanted) => samePhone(phone, wanted),
  externalId: ({ externalId }, wanted) => externalId === wanted,
  text: ({ name, email, phone, externalId }, wanted) =>
    [name, email, phone, externalId].join('\n').toLowerCase().includes(wanted.toLowerCase()) ||
    sameEmail(email, wanted) ||
    (/^[+\d\s()./-]{6,}$/.test(wanted) && samePhone(phone, wanted)),
}
