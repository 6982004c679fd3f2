import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensureHolds } from '../support/truth.ts'

export const contactsAreTrue: Check = {
  group: 'truth',
  name: 'the contacts are those that the server holds',
  needs: ['contacts.get'],
  async run(bench) {
    const { contacts } = await bench.require('expectations')()
    const { adapter } = bench
    if (!contacts || !can(adapter, 'contacts.get')) return
    const read = await Promise.all(contacts.map(({ id }) => adapter.contacts.get(id)))
    ensureHolds(read, contacts, 'contacts', { complete: false })
  },
}
