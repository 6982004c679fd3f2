import { isJson, iso, type Json, textOf, withoutUndefined } from '../leadconnector-json.ts'
import type { ContactRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'

export function fullName({ firstName, lastName }: ContactRecord): string {
  return [firstName, lastName].filter((part) => part).join(' ')
}

export function showContact(location: LocationState, contact: ContactRecord): Json {
  return withoutUndefined({
    id: contact.id,
    locationId: location.id,
    name: fullName(contact) || undefined,
    firstName: contact.firstName,
    lastName: contact.lastName,
    email: contact.email,
    phone: contact.phone,
    companyName: contact.companyName,
    country: contact.country,
    timezone: contact.timezone,
    source: contact.source,
    type: 'lead',
    assignedTo: contact.assignedTo,
    dnd: contact.dnd,
    dndSettings: contact.dndSettings,
    tags: contact.tags,
    customFields: contact.customFields,
    visitorId: contact.visitorId ?? undefined,
    dateAdded: iso(contact.dateAdded),
    dateUpdated: iso(contact.dateUpdated),
  })
}

/** Writes what a body names. Tags are replaced whole. */
export function writeContact(contact: ContactRecord, body: Json, now: number): void {
  const [first, ...rest] = (textOf(body['name']) ?? '').split(' ')
  if (first) {
    contact.firstName = first
    contact.lastName = rest.join(' ') || null
  }
  const texts = ['firstName', 'lastName', 'email', 'phone', 'companyName', 'country', 'timezone', 'source'] as const
  for (const key of [...texts, 'assignedTo'] as const) {
    if (key in body) contact[key] = textOf(body[key])
  }
  if (Array.isArray(body['tags'])) contact.tags = body['tags'].filter((tag) => typeof tag === 'string')
  if (Array.isArray(body['customFields'])) contact.customFields = body['customFields'].filter(isJson).map(fieldOf)
  if (typeof body['dnd'] === 'boolean') contact.dnd = body['dnd']
  if (typeof body['dndSettings'] === 'object' && body['dndSettings']) contact.dndSettings = body['dndSettings'] as Json
  contact.dateUpdated = now
}

/** Custom fields are written as `field_value`, in v3 as `fieldValue`, and shown as `value`. */
const fieldOf = (field: Json): Json => ({
  id: field['id'] ?? field['key'],
  value: field['field_value'] ?? field['fieldValue'] ?? field['value'] ?? null,
})
