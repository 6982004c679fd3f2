import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensure } from '../support/ensure.ts'

export const emptyAccountsHaveEmptyLists: Check = {
  group: 'reading',
  name: 'an account without conversations has empty lists',
  needs: ['conversations.list'],
  async run(bench) {
    const { adapter } = await bench.require('emptyAccount')({ fetch: bench.harness.fetch })
    const page = await adapter.conversations?.list?.()
    ensure(page, 'The adapter of the empty account cannot list conversations.')
    ensure(
      page.items.length === 0 && page.next === null,
      `It holds ${page.items.length} conversations or has more pages.`,
    )
    ensure(page.total === undefined || page.total === 0, `It says that it has ${page.total} conversations.`)
    const contacts = adapter.contacts?.list ? await collect(adapter.contacts.list()) : []
    ensure(Array.isArray(contacts), 'Its contacts cannot be listed.')
  },
}
