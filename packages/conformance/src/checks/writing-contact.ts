import { type CreateContactInput, can } from '@parley/core'
import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { contradictions } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'

export const madeUpContact: CreateContactInput = {
  firstName: 'Nora',
  lastName: 'Conform',
  email: 'nora.conform@example.com',
  externalId: 'conformance-1',
}

export const newContactsAreRead: Check = {
  group: 'writing',
  name: 'a new contact is read back as it was made, and found by its address',
  needs: ['contacts.create', 'contacts.get'],
  async run({ adapter }) {
    if (!can(adapter, 'contacts.create') || !can(adapter, 'contacts.get')) return
    const made = await adapter.contacts.create(madeUpContact)
    const read = await adapter.contacts.get(made.id)
    const found = contradictions(made, read)
    ensure(read.ref === made.ref && found.length === 0, `Made and read back: ${found.join('; ')}.`)
    ensure(read.email === madeUpContact.email, `Its address is "${read.email}".`)
    ensure(read.name === undefined || read.name === 'Nora Conform', `Its name is "${read.name}".`)
    ensure(read.externalId === madeUpContact.externalId, `Its external id is "${read.externalId}".`)
    if (!can(adapter, 'contacts.search')) return
    const hits = await collect(adapter.contacts.search({ email: madeUpContact.email as string }))
    ensure(
      hits.some(({ id }) => id === made.id),
      'It is not found by its address.',
    )
  },
}
