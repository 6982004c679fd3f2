import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensure } from '../support/ensure.ts'
import { someConversations } from '../support/sample.ts'

export const deletingAllDeletesAll: Check = {
  group: 'writing',
  name: 'all conversations of a contact can be deleted, and of nobody else',
  needs: ['conversations.deleteAllOf', 'conversations.list'],
  async run({ adapter }) {
    const { list, deleteAllOf } = adapter.conversations ?? {}
    const contact = (await someConversations(adapter)).find((conversation) => conversation.contact?.id)?.contact
    ensure(list && deleteAllOf && contact?.id, 'No conversation says which contact it is with.')
    const all = await collect(list())
    const theirs = all.filter((conversation) => conversation.contact?.id === contact.id)
    const deleted = await deleteAllOf(contact.id)
    ensure(deleted.id === contact.id, `What was deleted is said to be of "${deleted.id}".`)
    const left = await collect(list())
    ensure(
      !left.some((conversation) => conversation.contact?.id === contact.id),
      'The contact still has conversations.',
    )
    ensure(left.length === all.length - theirs.length, `Of ${all.length} conversations ${left.length} are left.`)
  },
}
