import {
  type Call,
  type Contact,
  type ContactOperations,
  type ContactQuery,
  checkId,
  checkInput,
  checkLimit,
  checkOptionalText,
  checkText,
  compact,
  DecodeError,
  errorOf,
  ignoreOptions,
  invalid,
  isParleyError,
  isRecord,
  type JsonObject,
  type OptionRules,
  type Page,
  pathOf,
  type UpsertContactInput,
  vendorOptions,
} from '@parley/core'
import { digest, ensureContact, type KnownVisitor, numberedPage, pagePosition, turnPage } from '@parley/core/operations'
import { pageSize } from './capabilities.ts'
import { agentOptions, type LiveChatAIVendorOptions } from './options.ts'
import { bareOf, type Context } from './protocol.ts'
import { readContact } from './read/contact.ts'
import { orEnd, readPages } from './read/page.ts'
import type { LiveChatAIContactPayload } from './wire.ts'

/** `upsert` matches by `id`, or else by `externalId`, which the vendor requires and calls `distinctId`. */
export type LiveChatAIContacts = Pick<
  ContactOperations<Contact<LiveChatAIContactPayload>>,
  'list' | 'get' | 'upsert' | 'ensure'
>

export const createContacts = (context: Context): LiveChatAIContacts => ({
  list: (query, options) =>
    context.list('contacts.list', query, options, (call, query, cursor, seen) =>
      listContacts(context, call, query, cursor, seen),
    ),

  get: async (target, options) => {
    const call = context.begin('contacts.get', options)
    return fetchContact(call, checkId(call, target, 'contact'))
  },

  upsert: async (input, options) => upsertContact(context, context.begin('contacts.upsert', options), input),

  ensure: async (visitor, options) => {
    const call = context.begin('contacts.ensure', options)
    return ensureContact(context, call, visitor, {
      // There is no search: "contacts/create" finds a contact by its external id, and replaces the given values.
      find: {},
      make: async (known) => ({ contact: await makeContact(context, call, known) }),
    })
  },
})

/** "contacts/list", in the vendor's order. It names the agent once, beside the list. */
async function listContacts(
  context: Context,
  call: Call,
  given: ContactQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Contact<LiveChatAIContactPayload>>> {
  const query = checkInput(call, given)
  const { agentId = context.agentId } = vendorOptions(call, query.vendor, agentOptions)
  const place = pagePosition(cursor)
  const size = checkLimit(call, query.limit, pageSize)
  const spec = { path: '/contacts', query: { agentId, page: place.page, limit: size } }
  const reads = call.read(spec, (body, reading) => {
    if (!isRecord(body)) throw new DecodeError('data')
    const list = body['data']
    const owner = reading.text(body, 'agentId') ?? agentId
    const all = reading.items(list, 'data', (raw) => readContact(raw, reading, owner))
    return turnPage(reading, place, all, (list as unknown[]).length, readPages(body, reading), seen)
  })
  return numberedPage(call.reading, await orEnd(call, place, seen, reads))
}

/** "contacts/retrieve". */
export const fetchContact = (call: Call, id: string): Promise<Contact<LiveChatAIContactPayload>> =>
  call.read({ path: pathOf`/contacts/${id}` }, (body, reading) =>
    readContact(reading.asked(bareOf(body), id, 'distinctId', 'name', 'email', 'phone'), reading),
  )

type Found = Contact<LiveChatAIContactPayload>

const ownOptions: OptionRules<LiveChatAIVendorOptions['contacts.create']> = { ...agentOptions, userHash: checkText }

/** "contacts/create": changes the contact with this id, or else with this external id, or else creates one. */
async function upsertContact(context: Context, call: Call, contact: UpsertContactInput): Promise<Found> {
  const input = checkInput(call, contact)
  const { agentId, userHash } = vendorOptions(call, input.vendor, ownOptions)
  const attributes = attributesOf(call, input.customFields)
  const fields = {
    name: nameOf(call, input),
    email: checkOptionalText(call, input.email, 'email'),
    phone: checkOptionalText(call, input.phone, 'phone'),
    userHash,
    attributes,
  }
  ignoreOptions(call, input, ['country', 'tags'], 'the vendor sets the country and has no tags.')
  const who = await whoIs(call, input, agentId)
  const body = compact<Record<string, unknown>>({ agentId: who.agentId ?? context.agentId, ...who.keys, ...fields })
  const id = await call.read({ method: 'POST', path: '/contacts', body, idempotent: true }, (answer, reading) => {
    // The one answer without `data`.
    const made = isRecord(answer) ? reading.text(answer, 'contactId') : undefined
    const known = made || who.keys.contactId
    if (!known) throw new DecodeError('contactId')
    return known
  })
  return stored(call, id, who.keys.distinctId, attributes)
}

/** A visitor without an external id gets one from the verified email or phone, because the vendor requires one. */
async function makeContact(context: Context, call: Call, visitor: KnownVisitor): Promise<Found> {
  const { email, phone, customFields } = visitor
  const externalId = visitor.externalId ?? `verified-${await digest(email?.toLowerCase() ?? (phone as string))}`
  const attributes = compact<JsonObject>({})
  for (const [key, value] of Object.entries(customFields ?? {}))
    if (value === null || typeof value !== 'object') attributes[key] = value
    else
      ignoreOptions(
        call,
        { [`customFields.${key}`]: value },
        [`customFields.${key}`],
        'an attribute is a single value.',
      )
  const given = compact<UpsertContactInput>({ externalId, name: nameOf(call, visitor), email, phone })
  return upsertContact(context, call, customFields ? { ...given, customFields: attributes } : given)
}

interface Who {
  keys: { distinctId: string; contactId?: string }
  agentId: string | undefined
}

/**
 * The vendor always requires the external id, even to change a contact by its id. Then the external id is read first
 * and sent unchanged.
 */
async function whoIs(call: Call, input: UpsertContactInput, agentId: string | undefined): Promise<Who> {
  const externalId = checkOptionalText(call, input.externalId, 'externalId')
  const contactId = input.id === undefined || input.id === null ? undefined : checkId(call, input.id, 'id', 'contact')
  if (externalId?.trim())
    return { keys: { distinctId: externalId, ...(contactId !== undefined && { contactId }) }, agentId }
  if (contactId === undefined)
    throw invalid(call, 'externalId', 'is required: this vendor identifies contacts by your own id')
  const known = await fetchContact(call, contactId)
  if (known.externalId)
    return { keys: { distinctId: known.externalId, contactId }, agentId: agentId ?? known.agentId ?? undefined }
  const said = 'this contact has no external id, which the vendor needs to change it. Pass one as externalId.'
  throw errorOf(call, 'unsupported', said, { fields: [{ path: 'externalId', problem: 'is required' }] })
}

function nameOf(call: Call, input: Pick<UpsertContactInput, 'name' | 'firstName' | 'lastName'>): string | undefined {
  const parts = [
    checkOptionalText(call, input.firstName, 'firstName'),
    checkOptionalText(call, input.lastName, 'lastName'),
  ]
  return checkOptionalText(call, input.name, 'name') ?? (parts.filter(Boolean).join(' ') || undefined)
}

/** An attribute is a text, a number, an instant in Unix seconds, or true or false ("visitor-identification-api"). */
function attributesOf(call: Call, fields: JsonObject | undefined): JsonObject | undefined {
  const attributes = fields == null ? undefined : checkInput(call, fields, 'customFields')
  for (const [key, value] of Object.entries(attributes ?? {}))
    if (value !== null && typeof value === 'object')
      throw invalid(call, `customFields.${key}`, 'must be a string, a number or true or false')
  return attributes
}

/** The contact as it is now, with a warning for attributes that the vendor silently dropped. */
async function stored(call: Call, id: string, externalId: string, attributes: JsonObject | undefined): Promise<Found> {
  let contact: Found
  try {
    contact = await fetchContact(call, id)
  } catch (error) {
    if (!isParleyError(error)) throw error
    call.reading.warn('degraded', `The contact was stored, but could not be read back (${error.code}).`)
    const { vendor, account } = call
    return { ref: call.reading.ref('contact', id), vendor, account, id, externalId }
  }
  const kept = contact.customFields ?? {}
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || (Object.hasOwn(kept, key) && String(kept[key]) === String(value))) continue
    const text = `The vendor did not store the attribute ${key} as given; configure the attribute for the agent first.`
    call.reading.warn('degraded', text, { path: `customFields.${key}` })
  }
  return contact
}
