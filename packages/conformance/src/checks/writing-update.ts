import { type Conversation, isParleyError, type UpdateConversationInput } from '@parley/core'
import type { Bench } from '../bench.ts'
import type { Check } from '../check.ts'
import { ensure, failureOf } from '../support/ensure.ts'
import { show } from '../support/show.ts'
import { speakingId } from '../support/speak.ts'

/** What each change has to show afterwards, where the vendor shows it at all. */
const changes: readonly [UpdateConversationInput, (conversation: Conversation) => unknown, unknown][] = [
  [{ isStarred: true }, ({ isStarred }) => isStarred, true],
  [{ isStarred: false }, ({ isStarred }) => isStarred, false],
  [{ isRead: true }, ({ unreadCount }) => unreadCount, 0],
  [{ title: 'Renamed' }, ({ title }) => title, 'Renamed'],
  [{ status: 'closed' }, ({ status }) => known(status.value), 'closed'],
  [{ status: 'open' }, ({ status }) => known(status.value), 'open'],
]

const known = (status: string): string | undefined => (status === 'unknown' ? undefined : status)

export const changesAreRead: Check = {
  group: 'writing',
  name: 'a change of a conversation is read back, or refused as unsupported',
  needs: ['conversations.update', 'conversations.get'],
  async run(bench) {
    const id = await speakingId(bench)
    let done = 0
    for (const [input, field, wanted] of changes) if (await change(bench, id, input, field, wanted)) done++
    ensure(done > 0, 'A conversation can be changed, but in none of star, read state, title and status.')
  },
}

async function change(
  { adapter }: Bench,
  id: string,
  input: UpdateConversationInput,
  field: (conversation: Conversation) => unknown,
  wanted: unknown,
): Promise<boolean> {
  const error = await failureOf(Promise.resolve(adapter.conversations?.update?.(id, input)))
  if (error !== undefined) {
    ensure(isParleyError(error) && error.code === 'unsupported', `${show(input)} failed with ${String(error)}.`)
    return false
  }
  const read = await adapter.conversations?.get?.(id)
  const found = read && field(read)
  ensure(found === undefined || found === wanted, `After ${show(input)} it reads ${show(found)}.`)
  return true
}
