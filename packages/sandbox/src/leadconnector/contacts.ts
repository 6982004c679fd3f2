import { announceContact, fullName, rememberContact, showContact, writeContact } from './announce.ts'
import {
  badRequest,
  boolean,
  invalid,
  type LocationCall,
  type LocationEndpoint,
  list,
  needed,
  number,
  ok,
  optional,
  otherLocation,
  type Reply,
  readQuery,
  type Shape,
  string,
  violations,
} from './http.ts'
import { noContact } from './messages.ts'
import { type ContactRecord, isJson, type Json, numberOf, textOf, type UserRecord } from './records.ts'
import { type LocationState, newId } from './state.ts'

const read = { family: 'contacts', scope: 'contacts.readonly' } as const
const write = { family: 'contacts', scope: 'contacts.write' } as const
const one = '/contacts/:contactId'

export const contactEndpoints: readonly LocationEndpoint[] = [
  { ...read, method: 'GET', path: '/contacts/search/duplicate', handle: findDuplicate },
  { ...read, method: 'POST', path: '/contacts/search', handle: searchContacts },
  { ...write, method: 'POST', path: '/contacts/upsert', handle: upsertContact },
  { ...read, method: 'GET', path: '/contacts/', handle: listContacts },
  { ...read, method: 'GET', path: one, handle: getContact },
  { ...write, method: 'PUT', path: one, handle: updateContact },
]

const fields: Shape = {
  name: optional(string),
  firstName: optional(string),
  lastName: optional(string),
  email: optional(string),
  phone: optional(string),
  tags: optional(list(string)),
  assignedTo: optional(string),
  dnd: optional(boolean),
}

function getContact({ location, params }: LocationCall): Reply {
  const contact = location.contacts.get(params['contactId'] ?? '')
  return contact ? ok({ contact: showContact(location, contact) }) : noContact(params['contactId'])
}

function updateContact({ body, location, params, state, now }: LocationCall): Reply {
  const contact = location.contacts.get(params['contactId'] ?? '')
  if (!contact) return noContact(params['contactId'])
  const broken = violations(fields, body)
  if (broken.length > 0) return invalid(broken)
  const before = rememberContact(contact)
  writeContact(contact, body, now)
  announceContact(state, location, contact, before)
  return ok({ succeded: true, contact: showContact(location, contact) })
}

function upsertContact({ body, location, state, now }: LocationCall): Reply {
  const broken = violations({ locationId: needed(string), ...fields }, body)
  if (broken.length > 0) return invalid(broken)
  const known = duplicateOf(location, body['email'], body['phone'])
  const contact = known ?? emptyContact(newId(state, 'contact'), location.id, now)
  const before = known && rememberContact(known)
  writeContact(contact, body, now)
  location.contacts.set(contact.id, contact)
  announceContact(state, location, contact, before)
  return { status: known ? 200 : 201, body: { new: !known, contact: showContact(location, contact) } }
}

/** The location's settings decide which contacts are duplicates: here, equal addresses, then equal numbers. */
function duplicateOf(location: LocationState, email: unknown, phone: unknown): ContactRecord | null {
  const all = [...location.contacts.values()]
  const address = textOf(email)?.toLowerCase()
  const byEmail = address && all.find((contact) => contact.email?.toLowerCase() === address)
  return byEmail || (textOf(phone) && all.find((contact) => contact.phone === phone)) || null
}

function findDuplicate({ query, location }: LocationCall): Reply {
  const broken = violations({ locationId: needed(string) }, query)
  if (broken.length > 0) return invalid(broken)
  const found = duplicateOf(location, query['email'], query['number'])
  return ok({ contact: found && showContact(location, found) })
}

function matches(contact: ContactRecord, wanted: string | null): boolean {
  if (wanted === null) return true
  return [fullName(contact), contact.email, contact.phone].join('\n').toLowerCase().includes(wanted.toLowerCase())
}

const newestFirst = (location: LocationState): ContactRecord[] =>
  [...location.contacts.values()].sort((a, b) => b.dateAdded - a.dateAdded || (a.id < b.id ? -1 : 1))

function searchContacts({ body, location }: LocationCall): Reply {
  const broken = violations(
    { locationId: needed(string), page: optional(number(1)), pageLimit: optional(number(1, 500)) },
    body,
  )
  if (broken.length > 0) return invalid(broken)
  const size = numberOf(body['pageLimit']) ?? 20
  const start = ((numberOf(body['page']) ?? 1) - 1) * size
  const filters = Array.isArray(body['filters']) ? body['filters'].filter(isJson) : []
  const found = newestFirst(location).filter(
    (contact) => matches(contact, textOf(body['query'])) && filters.every((filter) => passes(contact, filter)),
  )
  const contacts = found.slice(start, start + size).map((contact) => showContact(location, contact))
  return ok({ contacts, total: found.length })
}

/** One filter of the search: the equality of a custom field. The specification declares no filters at all. */
function passes(contact: ContactRecord, { field, operator, value }: Json): boolean {
  const [, id] = /^customFields\.(.+)$/.exec(String(field)) ?? []
  if (id === undefined || operator !== 'eq') return true
  return contact.customFields.some((each) => isJson(each) && each['id'] === id && each['value'] === value)
}

/** Deprecated, but still served. Its cursor is the date and the id of the last contact. */
function listContacts(call: LocationCall): Reply {
  const { location } = call
  const query: Json = readQuery(call.query, ['limit', 'startAfter'])
  const broken = violations(
    { locationId: needed(string), limit: optional(number(1, 100)), startAfter: optional(number()) },
    query,
  )
  if (broken.length > 0) return invalid(broken)
  const found = newestFirst(location).filter((contact) => matches(contact, textOf(query['query'])))
  const place = found.findIndex(({ id }) => id === query['startAfterId'])
  const page = found.slice(place + 1, place + 1 + (numberOf(query['limit']) ?? 20))
  const last = page.at(-1)
  return ok({
    contacts: page.map((contact) => showContact(location, contact)),
    meta: { total: found.length, startAfter: last?.dateAdded ?? null, startAfterId: last?.id ?? null },
  })
}

function emptyContact(id: string, locationId: string, now: number): ContactRecord {
  return {
    id,
    locationId,
    firstName: null,
    lastName: null,
    email: null,
    phone: null,
    companyName: null,
    country: null,
    timezone: null,
    source: null,
    assignedTo: null,
    tags: [],
    dnd: false,
    dndSettings: {},
    customFields: [],
    visitorId: null,
    dateAdded: now,
    dateUpdated: now,
  }
}

const readUsers = { family: 'users', scope: 'users.readonly', method: 'GET' } as const

export const userEndpoints: readonly LocationEndpoint[] = [
  { ...readUsers, path: '/users/search', handle: searchUsers },
  { ...readUsers, path: '/users/', handle: listUsers },
  { ...readUsers, path: '/users/:userId', handle: getUser },
]

function showUser(location: LocationState, { id, firstName, lastName, email }: UserRecord): Json {
  const roles = { type: 'account', role: 'user', locationIds: [location.id] }
  return { id, name: `${firstName} ${lastName}`, firstName, lastName, email, phone: '', roles, deleted: false }
}

function getUser({ location, params }: LocationCall): Reply {
  const user = location.users.get(params['userId'] ?? '')
  return user ? ok(showUser(location, user)) : badRequest(`User with id ${params['userId']} not found`)
}

/** Requires the company id even with a location's token. Its numbers are strings. */
function searchUsers(call: LocationCall): Reply {
  const { location, state } = call
  const query = readQuery(call.query, ['skip', 'limit'])
  const broken = violations({ companyId: needed(string), skip: optional(number(0)), limit: optional(number(1)) }, query)
  if (broken.length > 0) return invalid(broken)
  if (query['companyId'] !== state.companyId) return otherLocation()
  const ids = textOf(query['ids'])?.split(',')
  const wanted = textOf(query['query'])?.toLowerCase() ?? ''
  const found = [...location.users.values()].filter(
    ({ id, firstName, lastName, email }) =>
      (!ids || ids.includes(id)) && `${firstName} ${lastName} ${email}`.toLowerCase().includes(wanted),
  )
  const skip = numberOf(query['skip']) ?? 0
  const users = found.slice(skip, skip + (numberOf(query['limit']) ?? 25)).map((user) => showUser(location, user))
  return ok({ users, count: found.length })
}

function listUsers({ location, query }: LocationCall): Reply {
  const broken = violations({ locationId: needed(string) }, query)
  if (broken.length > 0) return invalid(broken)
  return ok({ users: [...location.users.values()].map((user) => showUser(location, user)) })
}
