import type { Conversation } from '@parley/core'
import type { Check } from '../check.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure } from '../support/ensure.ts'
import { someConversations } from '../support/sample.ts'

export const searchFinds: Check = {
  group: 'filters',
  name: 'a search for a name finds the conversation with it, and for nonsense nothing',
  needs: ['conversations.list'],
  async run({ adapter }) {
    const list = adapter.conversations?.list
    if (!list) return
    const named = (await someConversations(adapter)).find(({ contact, title }) => contact?.name || title)
    ensure(named, 'No conversation has a name or a title to search for.')
    let found = false
    for (const search of termsOf(named)) found ||= idsOf(await collect(list({ search }))).includes(named.id)
    ensure(found, `Searching for ${termsOf(named).join(', ')} does not find ${named.ref}.`)
    const nonsense = await collect(list({ search: 'zqxj-nobody-says-this' }))
    ensure(nonsense.length === 0, `Searching for nonsense finds ${nonsense.length} conversations.`)
  },
}

/** Vendors search whole names, parts of names, or titles; one of them has to find it. */
const termsOf = ({ contact, title }: Conversation): string[] =>
  [contact?.name, contact?.name?.split(' ')[0], title].flatMap((term) => term || [])
