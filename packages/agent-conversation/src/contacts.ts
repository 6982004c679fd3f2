import {
  type Call,
  type Contact,
  type ContactOperations,
  type ContactQuery,
  type ContactSearch,
  type CreateContactInput,
  checkId,
  checkInput,
  checkLimit,
  checkOptionalText,
  checkText,
  compact,
  DecodeError,
  decodeCursor,
  flag,
  ignoreOptions,
  invalid,
  isParleyError,
  isRecord,
  type OptionRules,
  type Page,
  pathOf,
  sameEmail,
  samePhone,
  vendorOptions,
} from '@parley/core'
import { ensureContact, type KnownVisitor, numberedPage, pagePosition } from '@parley/core/operations'
import { contextLength, pageSize, pageSize as sizes } from './capabilities.ts'
import type { AgentConversationVendorOptions } from './options.ts'
import { type Context, isEntityMissing, optionalObject, refusalOf } from './protocol.ts'
import { readContact } from './read/contact.ts'
import { readEnvelope } from './read/page.ts'
import type { AgentConversationUserPayload } from './wire.ts'

export type AgentConversationContacts = Pick<
  ContactOperations<Contact<AgentConversationUserPayload>>,
  'list' | 'search' | 'get' | 'create' | 'delete' | 'ensure'
>

export const createContacts = (context: Context): AgentConversationContacts => ({
  list: (query, options) => context.list('contacts.list', query, options, listContacts),

  search: (search, options) => context.list('contacts.search', search, options, searchContacts),

  get: async (target, options) => {
    const call = context.begin('contacts.get', options)
    const id = checkId(call, target, 'contact')
    return call.read({ path: pathOf`/users/${id}` }, (body, reading) => {
      if (!isRecord(body)) throw new DecodeError('')
      return readContact(reading.asked(body, id, 'firstName', 'lastName', 'email', 'phoneNumber', 'fkId'), reading)
    })
  },

  create: async (input, options) => createContact(context.begin('contacts.create', options), input),

  ensure: async (visitor, options) => {
    const call = context.begin('contacts.ensure', options)
    return ensureContact(context, call, visitor, {
      find: {
        externalId: (fkId) => findContact(call, { fkId }),
        email: (email) => findContact(call, { email }),
        phone: (phoneNumber) => findContact(call, { phoneNumber }),
      },
      make: async (known) => ({ contact: await makeContact(context, call, known), isNew: true }),
    })
  },

  delete: async (target, options) => {
    const call = context.begin('contacts.delete', options)
    const id = checkId(call, target, 'contact')
    await call.request({ method: 'DELETE', path: pathOf`/users/${id}`, expect: 'none' })
    // An unknown contact is a documented 404, so this one existed.
    return { id, confirmed: true }
  },
})

/**
 * "Agent users", newest first. The specification declares an agent as the response, which is a mistake: the same
 * endpoint for the organisation's key returns a page of users.
 */
async function listContacts(
  call: Call,
  query: ContactQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Contact<AgentConversationUserPayload>>> {
  vendorOptions(call, query.vendor, {})
  const place = pagePosition(cursor)
  const pageSize = checkLimit(call, query.limit, sizes)
  const request = { page: place.page, pageSize, orderBy: 'createdAt', orderDirection: 'DESC' }
  const page = await call.read({ path: '/agents/users', query: request }, (body, reading) =>
    readEnvelope(body, reading, place, seen, (raw) => readContact(raw, reading)),
  )
  return numberedPage(call.reading, page)
}

/** The three fields that the vendor can look up. The first given one is used. */
const lookups = { email: 'email', phone: 'phoneNumber', externalId: 'fkId' } as const
type Lookup = keyof typeof lookups

/** Parley narrows the result by the other fields. A search by text alone reads the list of contacts, page by page. */
async function searchContacts(
  call: Call,
  search: ContactSearch,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Contact<AgentConversationUserPayload>>> {
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
    call.reading.warn(
      'local-filter',
      `${call.vendor} cannot combine this with ${name}; Parley applied the filter instead.`,
    )
  const items = page.items.filter((contact) => narrowing.every(([name, value]) => matches[name](contact, value)))
  return { items, next: page.next, warnings: call.reading.warnings }

  async function lookUp(name: Lookup): Promise<Pick<Page<Contact<AgentConversationUserPayload>>, 'items' | 'next'>> {
    // There is only one page, so no valid cursor exists.
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

const ownOptions: OptionRules<AgentConversationVendorOptions['contacts.create']> = {
  context: (call, value, path) => checkText(call, value, path, contextLength),
  source: checkText,
  fkUserId: checkText,
  skipPhoneNumberValidation: flag,
  skipEmailValidation: flag,
}

/** "Create user". */
async function createContact(call: Call, contact: CreateContactInput): Promise<Contact<AgentConversationUserPayload>> {
  const input = checkInput(call, contact)
  const own = vendorOptions(call, input.vendor, ownOptions)
  const key: ContactKey = {
    email: checkOptionalText(call, input.email, 'email'),
    phoneNumber: checkOptionalText(call, input.phone, 'phone'),
    fkId: checkOptionalText(call, input.externalId, 'externalId'),
  }
  const body = compact<Record<string, unknown>>({
    // A single name is not split, because where the last name begins would be a guess.
    firstName: checkText(call, input.firstName, 'firstName'),
    lastName: checkText(call, input.lastName, 'lastName'),
    ...key,
    ...own,
    customData: optionalObject(call, input.customFields, 'customFields'),
  })
  if (!key.email && !key.phoneNumber && !key.fkId)
    throw invalid(call, 'contact', 'must have a phone, an email or an externalId')
  ignoreOptions(call, input, ['country', 'tags'], 'its contacts have no such field.')
  if (input.name !== undefined && input.name !== `${input.firstName} ${input.lastName}`)
    ignoreOptions(call, input, ['name'], 'a contact’s name is its first and last name.')
  try {
    return await call.read({ method: 'POST', path: '/users', body }, (answer, reading) => {
      if (!isRecord(answer)) throw new DecodeError('')
      return readContact(answer, reading)
    })
  } catch (error) {
    if (!isParleyError(error) || error.status !== 400 || !(await isThere(call, key))) throw error
    const said = 'a contact with this externalId, email or phone exists already; contacts.search finds it.'
    throw refusalOf(call, 'conflict', said, error)
  }
}

/** The vendor demands a first and a last name. A single name is not split, because where it ends would be a guess. */
function makeContact(
  context: Context,
  call: Call,
  visitor: KnownVisitor,
): Promise<Contact<AgentConversationUserPayload>> {
  const { placeholderName } = context
  const { name } = visitor
  // The whole name without a last name that is given beside it.
  const ending = ` ${visitor.lastName}`
  const first = name?.endsWith(ending) ? name.slice(0, -ending.length) : name
  const { firstName = first ?? placeholderName.firstName, lastName = placeholderName.lastName } = visitor
  const missing = { firstName: !visitor.firstName && !name, lastName: !visitor.lastName }
  for (const [path, isMissing] of Object.entries(missing))
    if (isMissing)
      call.reading.warn('degraded', `The vendor demands a ${path}; the contact got a placeholder.`, { path })
  if (name && visitor.firstName) ignoreOptions(call, visitor, ['name'], 'a contact has a first and a last name.')
  const { externalId, email, phone, customFields } = visitor
  const input = compact<CreateContactInput>({ firstName, lastName, externalId, email, phone, customFields })
  return createContact(call, input)
}

/** A 400 means "already exists" or an invalid field, with the same message. Looking up the contact decides. */
async function isThere(call: Call, { fkId, email, phoneNumber }: ContactKey): Promise<boolean> {
  const keys: ContactKey[] = [{ fkId }, { email }, { phoneNumber }].filter((key) => Object.values(key)[0])
  try {
    for (const key of keys) if (await findContact(call, key)) return true
  } catch (error) {
    // The caller needs the refusal. A failed lookup does not change it.
    if (!isParleyError(error)) throw error
  }
  return false
}

/** The fields that the vendor can look up, in the order in which they are tried. */
interface ContactKey {
  email?: string | undefined
  phoneNumber?: string | undefined
  fkId?: string | undefined
}

/** "Search users": at most one contact. A 404 means that there is none. */
async function findContact(call: Call, key: ContactKey): Promise<Contact<AgentConversationUserPayload> | undefined> {
  try {
    return await call.read({ path: '/users/search', query: { ...key } }, (body, reading) => {
      if (!isRecord(body)) throw new DecodeError('user')
      const { user } = body as { user?: unknown }
      if (user === null) return undefined
      if (!isRecord(user)) throw new DecodeError('user')
      return readContact(user, reading, reading.texts(body, 'conversationIds'))
    })
  } catch (error) {
    if (isEntityMissing(error)) return undefined
    throw error
  }
}
