import { setTimeout } from 'node:timers/promises'
import { type Adapter, type ConversationQuery, paged } from '@parley/core'
import { createInbox } from '@parley/inbox'
import { conversationAt } from './inbox/rows.ts'
import { pairedRow, pairs, type Row } from './measure.ts'

/** How long each account takes for a page, in milliseconds. */
const delays = [20, 35, 50]

/** A page of the live inbox of three accounts, against the same page of the slowest account alone. */
export async function compareLiveList(): Promise<Row[]> {
  const accounts = delays.map(accountWithin)
  const inbox = createInbox({ accounts })
  const slowest = accounts.at(-1)
  const rounds = await pairs(
    { name: 'three accounts', run: async () => inbox.conversations.list({ limit: 25 }) },
    { name: 'the slowest', run: async () => slowest?.conversations?.list?.({ limit: 25 }) },
    10,
  )
  const walls = rounds.map(({ ours, theirs }) => ({ ours: ours.wall, theirs: theirs.wall }))
  return [pairedRow('live list of three accounts: wall µs, against the slowest account', walls, 1.15)]
}

/** An account of 1,000 conversations, newest first, that takes so long for a page. */
function accountWithin(delay: number): Adapter {
  const here = { vendor: 'acme', account: `account-${delay}` }
  const all = Array.from({ length: 1000 }, (_, index) => {
    const made = conversationAt(index)
    return { ...made, ...here, ref: `acme:${here.account}/conversation/${made.id}` }
  }).toSorted((one, other) => ((one.lastActivityAt ?? '') < (other.lastActivityAt ?? '') ? 1 : -1))
  return {
    ...here,
    limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
    unsupported: {},
    conversations: {
      list: (query: ConversationQuery = {}) =>
        paged(
          async (cursor, { limit = 25 }) => {
            await setTimeout(delay)
            const from = Number(cursor ?? 0)
            const next = from + limit < all.length ? String(from + limit) : null
            return { items: all.slice(from, from + limit), next, warnings: [] }
          },
          query,
          { ...here, operation: 'conversations.list' },
        ),
    },
  } as unknown as Adapter
}
