import type { NativeEndpoints } from '@parley/core'
import { readContacts, readUsers, writeContacts } from './leadconnector-native-scopes.ts'
import type { LeadConnectorContactEndpoints } from './leadconnector-native-types-contacts.ts'
import type { LeadConnectorUserEndpoints } from './leadconnector-native-types-users.ts'

export const contactEndpoints: NativeEndpoints<LeadConnectorContactEndpoints> = {
  'GET /contacts/{contactId}': { summary: 'Reads one contact', scope: readContacts },
  'POST /contacts/upsert': {
    summary: 'Creates a contact, or changes the one that is the same by the location’s settings',
    scope: writeContacts,
    required: { body: ['locationId'] },
    // Without either of them the vendor has nothing to know the contact by, and makes another one.
    idempotent: ({ body }) => Boolean(body('email') || body('phone')),
    notes: ['`tags` replaces all tags.'],
  },
  'POST /contacts/search': {
    summary: 'Finds contacts by filters',
    scope: readContacts,
    required: { body: ['locationId'] },
    safe: true,
  },
  'GET /contacts/search/duplicate': {
    summary: 'Finds the contact that an email address or a phone number belongs to',
    scope: readContacts,
    required: { query: ['locationId'] },
  },
  'PUT /contacts/{contactId}': {
    summary: 'Changes a contact; `assignedTo` assigns its conversation',
    scope: writeContacts,
    notes: ['`tags` replaces all tags.'],
  },
  'GET /contacts/': {
    summary: 'Lists contacts',
    scope: readContacts,
    required: { query: ['locationId'] },
    limits: { limit: { max: 100 } },
    notes: ['Deprecated by the vendor in favour of the search.'],
  },
}

export const userEndpoints: NativeEndpoints<LeadConnectorUserEndpoints> = {
  'GET /users/{userId}': { summary: 'Reads one user', scope: readUsers },
  'GET /users/search': {
    summary: 'Finds users of a company',
    scope: readUsers,
    required: { query: ['companyId'] },
  },
  'GET /users/': {
    summary: 'Lists the users of a location',
    scope: readUsers,
    required: { query: ['locationId'] },
    notes: ['Deprecated by the vendor in favour of the search.'],
  },
}
