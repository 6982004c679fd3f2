import type { Channel, Contact, JsonObject, JsonValue, Payload, PayloadReader, Term } from '@parley/core'
import { compact, isRecord } from '@parley/core/read'
import { mapDndChannel } from '../vocabulary.ts'
import type { LeadConnectorContactPayload } from '../wire.ts'

/** @param asked the requested id, for an answer that omits it. */
export function readContact(
  raw: Payload,
  reading: PayloadReader,
  asked?: string,
): Contact<LeadConnectorContactPayload> {
  reading.asked(raw, asked, ...signs)
  const firstName = reading.text(raw, 'firstName')
  const lastName = reading.text(raw, 'lastName')
  const parts = [firstName, lastName].filter(Boolean).join(' ')
  return compact<Contact<LeadConnectorContactPayload>>({
    ...(reading.entity('contact', reading.id(raw), raw) as Contact<LeadConnectorContactPayload>),
    name: reading.text(raw, 'name') || parts || (raw['name'] === undefined ? undefined : null),
    firstName,
    lastName,
    email: reading.text(raw, 'email'),
    phone: reading.text(raw, 'phone'),
    companyName: reading.text(raw, 'companyName'),
    country: reading.text(raw, 'country'),
    timezone: reading.text(raw, 'timezone'),
    assigneeId: reading.text(raw, 'assignedTo'),
    origin: reading.text(raw, 'source'),
    doNotDisturb: reading.flag(raw, 'dnd'),
    doNotDisturbOn: readDnd(raw, reading),
    tags: reading.texts(raw, 'tags'),
    customFields: readCustomFields(raw, reading),
    createdAt: reading.time(raw, 'dateAdded'),
    updatedAt: reading.time(raw, 'dateUpdated'),
    lastActivityAt: reading.time(raw, 'lastActivity'),
  })
}

const signs = ['locationId', 'name', 'contactName', 'firstName', 'lastName', 'email', 'phone', 'dateAdded']

/** The channels on which the contact must not be disturbed. `permanent` also means on: the contact cannot undo it. */
function readDnd(raw: Payload, reading: PayloadReader): Term<Channel>[] | undefined {
  const settings = reading.object(raw, 'dndSettings')
  if (!settings) return undefined
  const channels: Term<Channel>[] = []
  for (const [key, setting] of Object.entries(settings)) {
    const status = isRecord(setting) ? setting['status'] : setting
    if (status === undefined || status === null || status === 'inactive') continue
    if (status !== 'active' && status !== 'permanent') {
      // A channel that must not be used must not look usable.
      reading.warn(
        'unknown-term',
        `${reading.vendor} sent a do-not-disturb status that this version of Parley does not know.`,
        {
          path: reading.at(`dndSettings.${key}.status`),
          raw: status,
        },
      )
      continue
    }
    channels.push(reading.word(key, `dndSettings.${key}`, mapDndChannel))
  }
  return channels
}

/** Reads a list of ids and values as an object by id. The value is in `value` in v2, and in `fieldValue` in v3. */
function readCustomFields(raw: Payload, reading: PayloadReader): JsonObject | undefined {
  const fields = reading.list(raw, 'customFields', (field): [string, JsonValue] => [
    reading.id(field),
    (field['value'] ?? field['fieldValue'] ?? field['field_value'] ?? null) as JsonValue,
  ])
  return fields && Object.fromEntries(fields)
}
