import { fork } from 'node:child_process'
import type { Adapter } from '@parley/core'
import { buildRef, type Conversation, type ListQuery, type Message, type Page, paged } from '@parley/core'
import { createStore } from '../../../packages/inbox/src/store/create-store.ts'
import type { StoreOptions } from '../../../packages/inbox/src/store/store.ts'
import { createSync } from '../../../packages/inbox/src/sync/create-sync.ts'
import { conversationAt, messageAt } from './rows.ts'

/** What a sync of so many messages took of a process of its own. */
export interface SyncCost {
  messages: number
  seconds: number
  /** The most resident memory, in bytes. */
  rss: number
}

/** Syncs an account of so many messages, from its export and the list of its conversations, in a process of its own. */
export function syncApart(options: StoreOptions, messages: number): Promise<SyncCost> {
  const child = fork(new URL(import.meta.url), {
    env: { ...process.env, PARLEY_BENCH_SYNC: JSON.stringify({ options, messages }) },
  })
  return new Promise((resolve, reject) => {
    child.once('message', (cost) => resolve(cost as SyncCost))
    child.once('exit', (code) => reject(new Error(`The sync ended with ${code}.`)))
  })
}

async function syncHere(options: StoreOptions, messages: number): Promise<SyncCost> {
  let rss = 0
  const timer = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage.rss())
  }, 100)
  const start = performance.now()
  await using store = await createStore(options)
  const sync = createSync({ store, accounts: [largeAccount(messages)] })
  const { accounts } = await sync.runOnce({ streams: ['conversations', 'messages'] })
  const seconds = (performance.now() - start) / 1000
  clearInterval(timer)
  return { messages: accounts[0]?.records.messages ?? 0, seconds, rss }
}

/** An account that makes its conversations and messages when they are read: 20 messages a conversation. */
function largeAccount(messages: number): Adapter {
  const count = Math.ceil(messages / 20)
  const here = { vendor: 'acme', account: 'desk' }
  const refOf = (kind: 'conversation' | 'message', id: string) => buildRef({ ...here, kind, id })
  const conversation = (index: number): Conversation => {
    const made = conversationAt(index)
    return { ...made, ...here, ref: refOf('conversation', made.id), lastActivityAt: timeOf(count - index) }
  }
  const message = (index: number): Message => {
    const made = messageAt(index, count)
    return { ...made, ...here, ref: refOf('message', made.id) }
  }
  const pagesOf = <Item>(
    operation: string,
    total: number,
    most: number,
    make: (index: number) => Item,
    query: ListQuery = {},
  ) =>
    paged<Item, Page<Item>, ListQuery>(
      async (cursor, { limit = most }) => {
        const from = Number(cursor ?? 0)
        const to = Math.min(total, from + Math.min(limit, most))
        const items = Array.from({ length: to - from }, (_, index) => make(from + index))
        return { items, next: to < total ? String(to) : null, warnings: [] }
      },
      query,
      { ...here, operation },
    )
  return {
    ...here,
    limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
    unsupported: {},
    conversations: { list: (query: ListQuery) => pagesOf('conversations.list', count, 100, conversation, query) },
    messages: {
      list: (_: unknown, query: ListQuery) => pagesOf('messages.list', 0, 100, message, query),
      export: (query: ListQuery) => pagesOf('messages.export', messages, 500, message, query),
    },
  } as unknown as Adapter
}

/** Long ago, and the later the larger the index. */
const timeOf = (index: number): string => new Date(Date.UTC(2025, 0, 1) + index * 1000).toISOString()

const given = process.env['PARLEY_BENCH_SYNC']
if (given !== undefined && process.send) {
  const { options, messages } = JSON.parse(given) as { options: StoreOptions; messages: number }
  process.send(await syncHere(options, messages), () => process.exit())
}
