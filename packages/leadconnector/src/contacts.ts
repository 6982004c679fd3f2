import {
  type Call,
  type Contact,
  type ContactOperations,
  type ContactSearch,
  checkId,
  checkInput,
  checkLimit,
  checkText,
  DecodeError,
  flag,
  ignoreOptions,
  invalid,
  isParleyError,
  isRecord,
  type OperationOptions,
  type OptionRules,
  object,
  optionalText,
  type Page,
  type Payload,
  type PayloadReader,
  pathOf,
  type RequestSpec,
  sameEmail,
  samePhone,
  saysMissing,
  texts,
  type UpsertContactInput,
  vendorOptions,
} from '@parley/core'
import {
  ensureContact,
  type KnownVisitor,
  numberedCursor,
  type PagePosition,
  pagePosition,
  storeOf,
  turnPage,
  withStore,
} from '@parley/core/operations'
import { sizes } from './capabilities.ts'
import type { LeadConnectorContactOptions } from './options.ts'
import { type Context, unwrap } from './protocol.ts'
import { readContact } from './read/contact.ts'
import type { LeadConnectorContactPayload } from './wire.ts'

export interface LeadConnectorContacts
  extends Pick<ContactOperations<LeadConnectorContact>, 'get' | 'search' | 'upsert' | 'ensure'> {
  /**
   * By `email` or `phone`: the vendor's exact lookup, which finds at most one contact; the location's settings choose
   * among duplicates. By `text`: words of the name, the email, the phone number or the company. There is no search by
   * `externalId`; with another criterion it is ignored with a warning.
   *
   * @throws InvalidRequestError without any of the three.
   */
  search: ContactOperations<LeadConnectorContact>['search']
  /**
   * Without `id`, the contact with the same email or phone number is changed, according to the location's settings for
   * duplicates. If there is none, or neither is given, a contact is created. **`tags` replaces all tags of the
   * contact.** The keys of `customFields` are the ids of the location's fields.
   *
   * @throws InvalidRequestError when there is nothing to write.
   */
  upsert: ContactOperations<LeadConnectorContact>['upsert']
  /**
   * A verified email or phone is looked up exactly. Contacts have no external id: it is kept in the custom field of the
   * option `externalIdField`; without one, the adapter's `store` remembers the contact, with a warning if it is only in
   * memory.
   */
  ensure: ContactOperations<LeadConnectorContact>['ensure']
}

export const createContacts = (context: Context): LeadConnectorContacts => ({
  search: (search, options) =>
    context.list('contacts.search', search, options, (call, search, cursor, seen) =>
      searchContacts(context, call, search, cursor, seen),
    ),

  async get(contact, options) {
    const call = context.begin('contacts.get', options)
    return fetchContact(context, call, checkId(call, contact, 'contact'))
  },

  upsert: (input, options) => upsertContact(context, input, options),

  async ensure(visitor, options) {
    const call = context.begin('contacts.ensure', options)
    const memory = contactMemory(context, call)
    const { contact, ...rest } = await ensureContact(context, call, visitor, {
      find: {
        externalId: (value, known) => findByExternalId(context, call, value, memory, known),
        email: async (email) => (await findDuplicate(context, call, { email }))[0]?.contact,
        phone: async (number) => (await findDuplicate(context, call, { number }))[0]?.contact,
      },
      make: (known) => makeContact(context, call, known),
      found: (found, known) => memory.remember(known, found),
    })
    return { contact, ...rest }
  },
})

const fetchContact = (context: Context, call: Call, id: string): Promise<LeadConnectorContact> =>
  call.read(context.spec('contacts', { path: pathOf`/contacts/${id}` }), (body, reading) =>
    readContact(unwrap(body, 'contact'), reading, id),
  )

export type LeadConnectorContact = Contact<LeadConnectorContactPayload>

/**
 * Looks up an email or a phone number exactly, with the vendor's lookup of duplicates, which finds at most one contact.
 * Searches for a text page by page.
 */
async function searchContacts(
  context: Context,
  call: Call,
  search: ContactSearch,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<LeadConnectorContact>> {
  vendorOptions(call, search.vendor, {})
  const limit = checkLimit(call, search.limit, sizes.contacts)
  const email = optionalText(call, search.email, 'email')
  const phone = optionalText(call, search.phone, 'phone')
  const text = optionalText(call, search.text, 'text')
  ignoreOptions(call, search, ['externalId'], 'contacts have no external id.')
  if (email !== undefined || phone !== undefined) {
    // A contact that the vendor found by an address is a match, whichever of its addresses matched.
    const found = await findDuplicate(context, call, email === undefined ? { number: phone } : { email })
    const narrowing = {
      ...(email !== undefined && phone !== undefined && { phone }),
      ...(text !== undefined && { text }),
    }
    for (const name of Object.keys(narrowing))
      call.reading.warn(
        'local-filter',
        `${call.vendor} cannot combine this with ${name}; Parley applied the filter instead.`,
      )
    const items = found.filter(({ shown }) => matches(shown, narrowing)).map(({ contact }) => contact)
    return { items, next: null, warnings: call.reading.warnings }
  }
  if (text === undefined) throw invalid(call, 'email', 'is required, or a phone or a text')
  return searchText(context, call, text, limit, pagePosition(cursor), seen)
}

/** Which contact was made for an external id. The vendor's search shows a new contact only after some seconds. */
function contactMemory(context: Context, call: Call) {
  const store = storeOf(context.settings)
  const nameFor = ({ externalId, names }: KnownVisitor) =>
    externalId === undefined ? undefined : `contact ${names[0]}`
  return {
    recall: async (visitor: KnownVisitor): Promise<string | undefined> => {
      const name = nameFor(visitor)
      return name === undefined ? undefined : ((await withStore(call, () => store.get(name))) ?? undefined)
    },
    remember: async (visitor: KnownVisitor, { id, customFields }: LeadConnectorContact): Promise<void> => {
      const name = nameFor(visitor)
      if (name === undefined) return
      try {
        await store.set(name, id)
      } catch {
        // The contact exists, so an error now would be misleading.
        const lost = 'The store failed, so the contact of this external id is not remembered.'
        return call.reading.warn('degraded', lost, { path: 'externalId' })
      }
      const field = context.externalIdField
      const isKept = field !== undefined && customFields?.[field] === visitor.externalId
      if (context.settings.store || isKept) return
      const text =
        'The external id of this contact is remembered only in this process: set externalIdField or store in the options of leadConnector(). The store of a chatbot is another one.'
      call.reading.warn('degraded', text, { path: 'externalId' })
    },
  }
}

async function findByExternalId(
  context: Context,
  call: Call,
  externalId: string,
  memory: ReturnType<typeof contactMemory>,
  visitor: KnownVisitor,
): Promise<LeadConnectorContact | undefined> {
  const known = await memory.recall(visitor)
  const remembered = known === undefined ? undefined : await tryFetchContact(context, call, known)
  const { externalIdField: field } = context
  if (remembered || field === undefined) return remembered
  const filters = [{ field: `customFields.${field}`, operator: 'eq', value: externalId }]
  const body = { locationId: context.locationId, page: 1, pageLimit: 20, filters }
  const spec = context.spec('contacts', { method: 'POST', path: '/contacts/search', body, safe: true })
  return call.read(spec, (answer, reading) => {
    if (!isRecord(answer)) throw new DecodeError('')
    const read = reading.items(answer['contacts'], 'contacts', (raw) => readContact(raw, reading))
    // The body of this search is undocumented: an ignored filter must not give somebody else's contact.
    return read.find(({ customFields }) => customFields?.[field] === externalId)
  })
}

async function tryFetchContact(context: Context, call: Call, id: string): Promise<LeadConnectorContact | undefined> {
  try {
    return await fetchContact(context, call, id)
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'not-found') throw error
    return undefined
  }
}

/** "Upsert contact", which matches by the verified email and phone again, in case somebody has just made the contact. */
async function makeContact(
  context: Context,
  call: Call,
  visitor: KnownVisitor,
): Promise<{ contact: LeadConnectorContact; isNew?: boolean }> {
  const { names: _, externalId, customFields, ...who } = visitor
  const { externalIdField } = context
  const own = externalIdField !== undefined && externalId !== undefined ? { [externalIdField]: externalId } : {}
  const all = { ...customFields, ...own }
  const input: UpsertContactInput = { ...who, ...(Object.keys(all).length > 0 && { customFields: all }) }
  const fields = fieldsOf(call, input, context.versions.contacts)
  const spec = upsertSpec(context, fields)
  return call.read(context.spec('contacts', spec), (body, reading) => {
    const isNew = isRecord(body) && typeof body['new'] === 'boolean' ? body['new'] : undefined
    const contact = readContact(unwrap(body, 'contact'), reading)
    return isNew === undefined ? { contact } : { contact, isNew }
  })
}

/** Begins with the missing entity, so it is not about the location or the path. */
const noContact = /^\s*(?:the |no )?(?:duplicate |matching )?contacts?\b/i

/** `GET /contacts/search/duplicate`. If no contact matches, the response is empty or an error that says so. */
async function findDuplicate(
  context: Context,
  call: Call,
  key: { email: string } | { number: string | undefined },
): Promise<Found[]> {
  const path = '/contacts/search/duplicate'
  const spec = context.spec('contacts', { path, query: { locationId: context.locationId, ...key } })
  try {
    return await call.read(spec, (body, reading) => {
      if (!isRecord(body)) throw new DecodeError('')
      const contacts = body['contacts'] ?? (body['contact'] == null ? [] : [body['contact']])
      return reading.items(contacts, 'contacts', (raw) => readFound(raw, reading))
    })
  } catch (error) {
    if (saysMissing(error, noContact)) return []
    throw error
  }
}

/**
 * `POST /contacts/search`. The vendor does not document the body, so Parley also compares the results with the text: an
 * ignored filter must not match every contact.
 */
async function searchText(
  context: Context,
  call: Call,
  text: string,
  limit: number,
  place: PagePosition,
  seen: Set<string>,
): Promise<Page<LeadConnectorContact>> {
  const body = { locationId: context.locationId, query: text, page: place.page, pageLimit: limit }
  // A search changes nothing, so it can be retried like a read.
  const spec = context.spec('contacts', { method: 'POST', path: '/contacts/search', body, safe: true })
  return call.read(spec, (answer, reading) => {
    if (!isRecord(answer)) throw new DecodeError('')
    const read = reading.items(answer['contacts'], 'contacts', (raw) => readFound(raw, reading))
    const sent = (answer['contacts'] as unknown[]).length
    const total = reading.number(answer, 'total') ?? undefined
    const turned = turnPage(reading, place, read, sent, { total }, seen)
    reading.warn('local-filter', 'Parley also compared the vendor’s results with the text.')
    const matching = turned.items.filter(({ shown }) => matches(shown, { text }))
    // An address can match a contact even if the response does not show that address.
    const isHidden = matching.length === 0 && sent === 1 && place.page === 1 && limit > 1 && isAddress(text)
    if (isHidden)
      reading.warn('degraded', 'The vendor found this contact, but the response does not show which field matched.')
    return {
      items: (isHidden ? turned.items : matching).map(({ contact }) => contact),
      next: numberedCursor(turned.next),
      warnings: reading.warnings,
    }
  })
}

/** A contact, and all text that the vendor sent with it. */
interface Found {
  id: string
  contact: LeadConnectorContact
  shown: readonly string[]
}

function readFound(raw: Payload, reading: PayloadReader): Found {
  const contact = readContact(raw, reading)
  return { id: contact.id, contact, shown: textsIn(raw) }
}

/**
 * A contact can have more email addresses, phone numbers and custom fields. The vendor also searches these and sends
 * them in undocumented forms, so all text counts.
 */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function matches(shown: readonly string[], { phone, text }: { phone?: string | undefined; text?: string }): boolean {
  if (phone !== undefined && !shown.some((one) => samePhone(one, phone))) return false
  if (text === undefined) return true
  if (shown.some((one) => sameEmail(one, text) || (isAddress(text) && samePhone(one, text)))) return true
  const searched = plain(shown.join('\n'))
  return plain(text)
    .split(/\s+/)
    .every((word) => searched.includes(word))
}

/** Whether a text is an email address or a phone number, which a vendor only finds as a whole. */
const isAddress = (text: string): boolean => /^\s*(?:\S+@\S+|\+?(?:[\s()./-]*\d){6,}[\s()./-]*)$/.test(text)

/** Without case and accents. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const ownOptions: OptionRules<LeadConnectorContactOptions> = {
  companyName: checkText,
  timezone: checkText,
  source: checkText,
  assignedTo: checkText,
  gender: checkText,
  address1: checkText,
  city: checkText,
  state: checkText,
  postalCode: checkText,
  website: checkText,
  dnd: flag,
  dndSettings: object,
  inboundDndSettings: object,
}

/** With an id `PUT /contacts/{contactId}`, which needs no matching; without one `POST /contacts/upsert`. */
async function upsertContact(
  context: Context,
  input: UpsertContactInput,
  options: OperationOptions | undefined,
): Promise<LeadConnectorContact> {
  const call = context.begin('contacts.upsert', options)
  const fields = fieldsOf(call, checkInput(call, input), context.versions.contacts)
  if (Object.keys(fields).length === 0) throw invalid(call, 'input', 'must have at least one field to write')
  const id = input.id === undefined ? undefined : checkId(call, input.id, 'id', 'contact')
  const spec: RequestSpec =
    id === undefined
      ? upsertSpec(context, fields)
      : {
          method: 'PUT',
          path: pathOf`/contacts/${id}`,
          body: fields,
        }
  return call.read(context.spec('contacts', spec), (body, reading) => readContact(unwrap(body, 'contact'), reading, id))
}

const upsertSpec = (context: Context, fields: Record<string, unknown>): RequestSpec => ({
  method: 'POST',
  path: '/contacts/upsert',
  body: { locationId: context.locationId, ...fields },
  // Without either, the vendor cannot recognize the contact and creates another one.
  idempotent: Boolean(fields['email'] || fields['phone']),
})

function fieldsOf(call: Call, input: UpsertContactInput, version: string): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...vendorOptions(call, input.vendor, ownOptions) }
  ignoreOptions(call, input, ['externalId'], 'contacts have no external id.')
  for (const key of ['name', 'firstName', 'lastName', 'email', 'phone', 'country'] as const) {
    const text = optionalText(call, input[key], key)
    if (text !== undefined) fields[key] = text
  }
  const { tags, customFields } = input
  if (tags !== undefined) {
    texts(call, tags, 'tags')
    fields['tags'] = tags
  }
  if (customFields !== undefined) {
    // Read as `value`, written as `field_value`, and in v3 as `fieldValue`.
    const key = version === 'v3' ? 'fieldValue' : 'field_value'
    const entries = Object.entries(checkInput(call, customFields, 'customFields'))
    fields['customFields'] = entries.map(([id, value]) => ({ id, [key]: value }))
  }
  return fields
}
