import type { Conversation } from '@parley/core'
import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensure } from '../support/ensure.ts'

export const newestActivityFirst: Check = {
  group: 'lists',
  name: 'conversations come newest activity first, and oldest first when asked',
  needs: ['conversations.list'],
  async run({ adapter }) {
    const list = adapter.conversations?.list
    if (!list) return
    const newestFirst = await collect(list())
    falls(newestFirst)
    falls(await collect(list({ order: 'desc' })))
    const oldestFirst = await collect(list({ order: 'asc' }))
    falls(oldestFirst.toReversed())
    ensure(oldestFirst.length === newestFirst.length, 'The two orders hold a different number of conversations.')
    ensure(
      newestFirst.some(({ lastActivityAt }) => lastActivityAt),
      'No conversation says when something last happened in it.',
    )
  },
}

function falls(conversations: readonly Conversation[]): void {
  const dated = conversations.filter(({ lastActivityAt }) => typeof lastActivityAt === 'string')
  for (const [index, { id, lastActivityAt }] of dated.entries()) {
    const before = dated[index - 1]
    if (!before) continue
    ensure(
      (before.lastActivityAt as string) >= (lastActivityAt as string),
      `${before.id} of ${before.lastActivityAt} is listed on the wrong side of ${id} of ${lastActivityAt}.`,
    )
  }
}
