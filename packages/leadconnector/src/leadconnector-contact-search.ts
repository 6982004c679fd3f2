import {
  type Call,
  type Contact,
  type ContactSearch,
  checkLimit,
  decodeCursor,
  encodeCursor,
  ignoreOptions,
  invalid,
  isParleyError,
  isRaw,
  type OperationOptions,
  optionalText,
  type Page,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { leadConnectorPageSizes } from './leadconnector-page-sizes.ts'
import { readContact } from './read/read-leadconnector-contact.ts'
import type { LeadConnectorContactPayload } from './wire/contact.ts'

export type LeadConnectorContact = Contact<LeadConnectorContactPayload>

/**
 * An email or a phone number is looked up exactly, with the vendor's lookup of duplicates, which finds one contact at
 * most; a text is searched for page by page.
 */
export async function searchContacts(
  client: LeadConnectorClient,
  search: ContactSearch,
  cursor: string | undefined,
  options: OperationOptions | undefined,
): Promise<Page<LeadConnectorContact>> {
  const call = client.begin('contacts.search', options)
  vendorOptions(call, search.vendor, {})
  const limit = checkLimit(call, search.limit, leadConnectorPageSizes.contacts)
  const email = optionalText(call, search.email, 'email')
  const phone = optionalText(call, search.phone, 'phone')
  const text = optionalText(call, search.text, 'text')
  ignoreOptions(call, search, ['externalId'], 'contacts have no id of the application.')
  if (email !== undefined || phone !== undefined) {
    const key = email !== undefined ? { email } : { number: phone }
    const found = await findDuplicate(client, call, key)
    const items = found.filter((contact) => matches(contact, email === undefined ? undefined : phone, text))
    return { items, next: null, warnings: call.reading.warnings }
  }
  if (text === undefined) throw invalid(call, 'email', 'or phone or text is required')
  return searchText(client, call, text, limit, cursor === undefined ? 1 : decodeCursor(cursor, readPageNumber))
}

/** `GET /contacts/search/duplicate`. That nobody is found is an empty answer, or an error that says so. */
async function findDuplicate(
  client: LeadConnectorClient,
  call: Call,
  key: { email: string } | { number: string | undefined },
): Promise<LeadConnectorContact[]> {
  const path = '/contacts/search/duplicate'
  const spec = client.spec('contacts', { path, query: { locationId: client.locationId, ...key } })
  try {
    return await call.read(spec, (body, reading) => {
      if (!isRaw(body)) throw new Unreadable('')
      const contacts = body['contacts'] ?? (body['contact'] == null ? [] : [body['contact']])
      return reading.items(contacts, 'contacts', (raw) => readContact(raw, reading))
    })
  } catch (error) {
    if (isParleyError(error) && error.code === 'not-found') return []
    throw error
  }
}

/**
 * `POST /contacts/search`. The vendor documents the endpoint and leaves its body open, so what comes back is compared
 * with the text here as well: a filter that is not understood must not find everybody.
 */
async function searchText(
  client: LeadConnectorClient,
  call: Call,
  text: string,
  limit: number,
  page: number,
): Promise<Page<LeadConnectorContact>> {
  const body = { locationId: client.locationId, query: text, page, pageLimit: limit }
  // A search changes nothing, so it may be repeated like a read.
  const spec = client.spec('contacts', { method: 'POST', path: '/contacts/search', body, idempotent: true })
  return call.read(spec, (answer, reading) => {
    if (!isRaw(answer)) throw new Unreadable('')
    const read = reading.items(answer['contacts'], 'contacts', (raw) => readContact(raw, reading))
    const isLast = (answer['contacts'] as unknown[]).length < limit
    reading.warn('local-filter', 'What the vendor found was compared with the text here as well.')
    return {
      items: read.filter((contact) => matches(contact, undefined, text)),
      next: isLast ? null : encodeCursor({ page: page + 1 }),
      warnings: reading.warnings,
    }
  })
}

function matches(contact: Contact, phone: string | undefined, text: string | undefined): boolean {
  if (phone !== undefined && digits(contact.phone) !== digits(phone)) return false
  if (text === undefined) return true
  const { name, firstName, lastName, email, phone: number, companyName } = contact
  const searched = [name, firstName, lastName, email, number, companyName].join('\n').toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word))
}

const digits = (phone: string | null | undefined): string => (phone ?? '').replace(/\D/g, '')

const readPageNumber = (state: unknown): number | undefined => {
  const page = isRaw(state) ? state['page'] : undefined
  return typeof page === 'number' && Number.isInteger(page) && page > 1 ? page : undefined
}
