import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { madeUpContact } from './writing-contact.ts'

export const deletedContactsAreGone: Check = {
  group: 'writing',
  name: 'a contact that was deleted is gone',
  needs: ['contacts.delete', 'contacts.create', 'contacts.get'],
  async run({ adapter }) {
    if (!can(adapter, 'contacts.create') || !can(adapter, 'contacts.get') || !can(adapter, 'contacts.delete')) return
    const { id } = await adapter.contacts.create(madeUpContact)
    const deleted = await adapter.contacts.delete(id)
    ensure(deleted.id === id, `What was deleted is said to be "${deleted.id}".`)
    await ensureFails(adapter.contacts.get(id), 'not-found', 'Reading it again')
  },
}
