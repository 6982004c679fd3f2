import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { madeUpContact } from './writing-contact.ts'

export const upsertsMakeOnce: Check = {
  group: 'writing',
  name: 'upserting a contact makes it once, and changes it the next time',
  needs: ['contacts.upsert', 'contacts.get'],
  async run({ adapter }) {
    if (!can(adapter, 'contacts.upsert') || !can(adapter, 'contacts.get')) return
    const name = 'Nora Conform'
    const { email = '', externalId = '' } = madeUpContact
    const made = await adapter.contacts.upsert({ email, externalId, name })
    const changed = await adapter.contacts.upsert({ email, externalId, name: 'Nora Conform-Bell' })
    ensure(changed.id === made.id, 'The same external id and address made two contacts.')
    const read = await adapter.contacts.get(made.id)
    ensure(read.name === 'Nora Conform-Bell', `After the change its name is "${read.name}".`)
    // A vendor without ids of the application leaves it away, and warns.
    if ('externalId' in read) ensure(read.externalId === externalId, `Its external id is "${read.externalId}".`)
  },
}
