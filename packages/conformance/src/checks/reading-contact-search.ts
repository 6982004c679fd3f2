import { type Contact, type ContactSearch, can } from '@parley/core'
import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensure } from '../support/ensure.ts'
import { someConversations } from '../support/sample.ts'

export const contactsAreFound: Check = {
  group: 'reading',
  name: 'contacts are found by what is known of them, and strangers are not',
  needs: ['contacts.search', 'conversations.list'],
  async run({ adapter }) {
    if (!can(adapter, 'contacts.search')) return
    const summaries = (await someConversations(adapter)).flatMap(({ contact }) => (contact?.id ? [contact] : []))
    let searched = 0
    for (const by of ['email', 'phone', 'externalId'] as const) {
      const known = summaries.find((contact) => contact[by])
      if (!known) continue
      const search: ContactSearch = { [by]: known[by] as string }
      const found: Contact[] = await collect(adapter.contacts.search(search))
      ensure(
        found.some(({ id }) => id === known.id),
        `A contact is not found by its ${by}.`,
      )
      ensure(
        found.every((contact) => !(by in contact) || contact[by]),
        `Searching by ${by} finds contacts without any.`,
      )
      searched++
    }
    ensure(searched > 0, 'No conversation says anything of its contact that one could search for.')
    const strangers = await collect(adapter.contacts.search({ email: 'nobody@nowhere.invalid' }))
    ensure(strangers.length === 0, `Searching for an address that nobody has finds ${strangers.length} contacts.`)
  },
}
