import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { talkingId, threadOf } from '../support/sample.ts'

export const contactsAreNotGenerated: Check = {
  group: 'generations',
  name: 'a message of the contact has no generation',
  needs: ['generations.get', 'messages.list'],
  async run(bench) {
    const { adapter } = bench
    if (!can(adapter, 'generations.get')) return
    const message = (await threadOf(adapter, await talkingId(bench))).find(({ author }) => author.kind === 'contact')
    ensure(message, 'The contact has not written anything.')
    await ensureFails(adapter.generations.get(message), 'not-found', 'The generation of a message of the contact')
  },
}
