import type { Visitor } from '../contract/inputs.ts'
import type { EnsuredContact } from '../contract/results.ts'
import { isParleyError } from '../errors/parley-error.ts'
import type { Contact } from '../model/contact.ts'
import type { JsonObject } from '../model/entity.ts'
import { sameEmail, samePhone } from '../read/text.ts'
import type { Call } from '../transport/protocol.ts'
import type { Transport } from '../transport/transport.ts'
import { alone } from './store.ts'
import { type KnownVisitor, knownVisitor, type VisitorKey, visitorKeys } from './visitor.ts'

/** How a vendor finds and makes contacts. */
export interface ContactWays<C extends Contact> {
  /** Finds a contact by one key, and changes nothing. Missing: the vendor cannot find by this key without a write. */
  readonly find: { readonly [Key in VisitorKey]?: (value: string, visitor: KnownVisitor) => Promise<C | undefined> }
  /**
   * Makes a contact, or finds and changes it, where the vendor does both in one request. `isNew` is missing where the vendor
   * does not say which of them it did.
   */
  make(visitor: KnownVisitor): Promise<{ contact: C; isNew?: boolean }>
  /** Remembers the contact of a visitor's external id, where the vendor cannot. */
  found?(contact: C, visitor: KnownVisitor): Promise<void>
}

/**
 * The contact of a visitor, the same way for every vendor. `ContactOperations.ensure` has the rules.
 *
 * @param given the visitor as the caller gave it.
 * @throws InvalidRequestError
 */
export async function ensureContact<C extends Contact>(
  context: Pick<Transport, 'settings'>,
  call: Call,
  given: Visitor,
  ways: ContactWays<C>,
): Promise<EnsuredContact<C>> {
  const { customFields, ...who } = await knownVisitor(call, given)
  const visitor = customFields ? { ...who, customFields: renamed(customFields, context.settings.customFields) } : who
  return alone(context, call, visitor.names, async () => {
    const made = (await findContact(call, visitor, ways)) ?? (await makeContact(call, visitor, ways))
    await ways.found?.(made.contact, visitor)
    return { ...made, warnings: call.reading.warnings }
  })
}

/** The custom fields under the vendor's names. */
const renamed = (fields: JsonObject, names: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [Object.hasOwn(names, name) ? names[name] : name, value]),
  )

/** Every key is looked up, because two keys can belong to two contacts, which nobody would notice otherwise. */
async function findContact<C extends Contact>(
  call: Call,
  visitor: KnownVisitor,
  { find, found: remember }: ContactWays<C>,
): Promise<{ contact: C; isNew: false } | undefined> {
  let first: { key: VisitorKey; contact: C } | undefined
  const without: VisitorKey[] = []
  for (const key of visitorKeys) {
    const value = visitor[key]
    if (value === undefined) continue
    const contact = await find[key]?.(value, visitor)
    if (!contact) {
      without.push(key)
      continue
    }
    first ??= { key, contact }
    if (contact.id === first.contact.id) continue
    const text = `The visitor’s ${key} belongs to another contact; the one with the ${first.key} was taken.`
    call.reading.warn('degraded', text, { path: key })
  }
  if (!first) return undefined
  const { key, contact } = first
  for (const lost of without) {
    if (isShown[lost](contact, visitor[lost]) || (lost === 'externalId' && remember)) continue
    const text = `The contact was found by its ${key} and stays as it is, so it did not get this ${lost}, and the ${lost} does not find it.`
    call.reading.warn('degraded', text, { path: lost })
  }
  return { contact, isNew: false }
}

/** Whether a contact has the key, although it was not found by it: a vendor's search can lag. */
const isShown: Readonly<Record<VisitorKey, (contact: Contact, value: unknown) => boolean>> = {
  externalId: ({ externalId }, value) => externalId === value,
  email: ({ email }, value) => sameEmail(email, value),
  phone: ({ phone }, value) => samePhone(phone, value),
}

/** Another program may make the same contact in between. The vendor then refuses ours, and theirs is found. */
async function makeContact<C extends Contact>(
  call: Call,
  visitor: KnownVisitor,
  ways: ContactWays<C>,
): Promise<{ contact: C; isNew?: boolean }> {
  try {
    return await ways.make(visitor)
  } catch (error) {
    const found = isParleyError(error) && error.code === 'conflict' ? await findContact(call, visitor, ways) : undefined
    if (!found) throw error
    return found
  }
}
