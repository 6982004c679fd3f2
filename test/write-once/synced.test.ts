import {
  type Adapter,
  accountName,
  buildRef,
  memoryStore,
  type Page,
  type Paged,
  pagedOf,
  requireOperation,
} from '@parley/core'
import { createInbox, createStore, createSync, type Store } from '@parley/inbox'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { loadStreamCode } from '@parley/testkit'
import { startPostgres } from '@parley/testkit/postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors, type Vendor } from '../vendors.ts'
import { expected } from './expected.ts'
import { type Transcript, visitTheShop } from './program.ts'

await loadStreamCode()

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.2 })
const server = await startPostgres()
afterAll(async () => {
  await desk.stop()
  if (typeof server !== 'string') await server.stop()
}, 60_000)

/** The account, with lists that are read from a store after a sync. */
function synced(adapter: Adapter, store: Store): Adapter {
  const { vendor, account } = adapter
  const accounts = [accountName(vendor, account)]
  const inbox = createInbox({ store, accounts: [adapter], clock })
  const sync = createSync({ store, accounts: [adapter], clock })
  const afterSync = <Item, P extends Page<Item>>(list: () => Paged<Item, P>): Paged<Item, P> =>
    pagedOf<Item, P>({
      async first() {
        await sync.runOnce({ streams: ['conversations', 'live', 'messages'] })
        return list()
      },
      async *pages() {
        await sync.runOnce({ streams: ['conversations', 'live', 'messages'] })
        yield* list().pages()
      },
      async *items() {
        await sync.runOnce({ streams: ['conversations', 'live', 'messages'] })
        yield* list()
      },
    })
  return {
    ...adapter,
    conversations: {
      ...adapter.conversations,
      list: (query = {}) => afterSync(() => inbox.conversations.list({ ...query, accounts })) as never,
    },
    messages: {
      ...adapter.messages,
      list: (conversation, query) =>
        afterSync(() => {
          const id = typeof conversation === 'string' ? conversation : conversation.id
          return inbox.messages.list(buildRef({ vendor, account, kind: 'conversation', id }), query)
        }),
    },
  }
}

/**
 * What follows from storing: if a list does not say whose a conversation is, only the vendor can tell whether it belongs to a
 * contact. The store keeps it, and says so.
 */
async function inStore(transcript: Transcript, adapter: Adapter): Promise<Transcript> {
  let unsaid = 0
  for await (const { contact } of requireOperation(adapter, 'conversations.list')()) if (contact === undefined) unsaid++
  const [open, unread] = [transcript['not answerable: open'], transcript['not answerable: unread']] as string[][]
  if (unsaid === 0) return transcript
  return {
    ...transcript,
    'conversations of the visitor': [true, ...Array(unsaid).fill(false)],
    'not answerable: open': [...(open ?? []), 'contactId'],
    'not answerable: unread': ['contactId', ...(unread ?? [])],
  }
}

/**
 * The simulated time goes on while the real database is waited for, so two questions at once can miss their deadline. They
 * concern no reading.
 */
function withoutRace(transcript: Transcript): Transcript {
  return Object.fromEntries(Object.entries(transcript).filter(([what]) => !what.startsWith('two questions at once')))
}

describe.each((await loadVendors()).map((vendor) => [vendor.label, vendor] as const))(
  'the program at %s',
  (_, vendor: Vendor) => {
    it('sees the same in a synced inbox as at the vendor', async () => {
      await using store = await createStore(typeof server === 'string' ? {} : { url: await server.createDatabase() })
      const memory = memoryStore()
      const open = () => vendor.create({ ...desk[vendor.name].accountOptions, clock, random: () => 0.5, store: memory })
      const stage = { open: () => synced(open(), store), sleep: () => clock.advance(86_400_000) }
      expect(withoutRace(await visitTheShop(stage))).toEqual(withoutRace(await inStore(await expected(open()), open())))
    }, 600_000)
  },
)
