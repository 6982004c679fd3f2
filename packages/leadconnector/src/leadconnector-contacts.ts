import { type ContactOperations, checkId, paged, pathOf } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { type LeadConnectorContact, searchContacts } from './leadconnector-contact-search.ts'
import { upsertContact } from './leadconnector-contact-upsert.ts'
import { unwrap } from './leadconnector-unwrap.ts'
import { readContact } from './read/read-leadconnector-contact.ts'

export interface LeadConnectorContacts
  extends Pick<ContactOperations<LeadConnectorContact>, 'get' | 'search' | 'upsert'> {
  /**
   * By `email` or `phone`: the vendor's exact lookup, one contact at most; which one wins among duplicates follows the
   * location's settings. By `text`: words of the name, the email, the phone number or the company. There is no search by
   * `externalId`; beside another criterion it is ignored with a warning.
   *
   * @throws InvalidRequestError without any of the three.
   */
  search: ContactOperations<LeadConnectorContact>['search']
  /**
   * Without `id` the contact with the same email or phone number is changed, as the location's settings for duplicates
   * say; where there is none, or neither is given, one is made. **`tags` replaces all tags of the contact**, and
   * `customFields` are by the ids of the location's fields.
   *
   * @throws InvalidRequestError when there is nothing to write.
   */
  upsert: ContactOperations<LeadConnectorContact>['upsert']
}

export const leadConnectorContacts = (client: LeadConnectorClient): LeadConnectorContacts => ({
  search: (search, options) =>
    paged(
      (cursor, search, seen) => searchContacts(client, search, cursor, options, seen),
      search,
      client.listPlace('contacts.search'),
    ),

  async get(contact, options) {
    const call = client.begin('contacts.get', options)
    const id = checkId(call, contact, 'contact')
    return call.read(client.spec('contacts', { path: pathOf`/contacts/${id}` }), (body, reading) =>
      readContact(unwrap(body, 'contact'), reading, id),
    )
  },

  upsert: (input, options) => upsertContact(client, input, options),
})
