import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { contradictions } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'
import { someConversations } from '../support/sample.ts'

export const contactsOfConversations: Check = {
  group: 'reading',
  name: 'a conversation says of its contact what the contact says',
  needs: ['conversations.list', 'contacts.get'],
  async run({ adapter }) {
    if (!can(adapter, 'contacts.get')) return
    let seen = 0
    for (const { ref, contact } of (await someConversations(adapter)).slice(0, 10)) {
      if (!contact?.id || contact.ref === undefined) continue
      seen++
      const found = contradictions(contact, await adapter.contacts.get(contact.id))
      ensure(found.length === 0, `The contact of ${ref}: ${found.join('; ')}.`)
    }
    ensure(seen > 0, 'Contacts can be read, and no conversation says which contact it is with.')
  },
}
