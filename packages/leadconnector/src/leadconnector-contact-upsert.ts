import {
  type Call,
  checkId,
  checkInput,
  checkText,
  flag,
  ignoreOptions,
  invalid,
  type OperationOptions,
  type OptionRules,
  object,
  optionalText,
  pathOf,
  type RequestSpec,
  texts,
  type UpsertContactInput,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import type { LeadConnectorContact } from './leadconnector-contact-search.ts'
import { unwrap } from './leadconnector-unwrap.ts'
import type { LeadConnectorContactOptions } from './leadconnector-vendor-options.ts'
import { readContact } from './read/read-leadconnector-contact.ts'

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
export async function upsertContact(
  client: LeadConnectorClient,
  input: UpsertContactInput,
  options: OperationOptions | undefined,
): Promise<LeadConnectorContact> {
  const call = client.begin('contacts.upsert', options)
  const fields = fieldsOf(call, checkInput(call, input), client.versions.contacts)
  const id = input.id === undefined ? undefined : checkId(call, input.id, 'id', 'contact')
  const spec: RequestSpec =
    id === undefined
      ? {
          method: 'POST',
          path: '/contacts/upsert',
          body: { locationId: client.locationId, ...fields },
          // Without either of them the vendor has nothing to know the contact by, and makes another one.
          idempotent: Boolean(fields['email'] || fields['phone']),
        }
      : {
          method: 'PUT',
          path: pathOf`/contacts/${id}`,
          body: fields,
        }
  return call.read(client.spec('contacts', spec), (body, reading) => readContact(unwrap(body, 'contact'), reading, id))
}

function fieldsOf(call: Call, input: UpsertContactInput, version: string): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...vendorOptions(call, input.vendor, ownOptions) }
  ignoreOptions(call, input, ['externalId'], 'contacts have no id of the application.')
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
  if (Object.keys(fields).length === 0) throw invalid(call, 'input', 'must have at least one field to write')
  return fields
}
