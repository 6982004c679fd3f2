import { type Adapter, buildRef, type Conversation, type Message } from '@parley/core'
import { createStore, type Store, type StoreOptions } from '@parley/inbox'
import { startPostgres } from '@parley/testkit/postgres'
import { sql } from 'kysely'
import { databaseOf } from '../../src/store/database.ts'
import { type Batch, type RecordOf, writeRecords } from '../../src/store/records.ts'
import type { RecordKind } from '../../src/store/schema.ts'
import { empty } from '../store/stores.ts'

const streams = ['agents', 'contacts', 'conversations', 'messages']

/** A store whose accounts a test fills by itself. */
export interface FilledStore {
  store: Store
  /** Whether it is a PGlite. */
  isEmbedded: boolean
  /** Adds an account that was read to its end. @returns its number. */
  account(name: string): Promise<number>
  write<Kind extends RecordKind>(
    account: number,
    kind: Kind,
    items: RecordOf[Kind][],
    placed?: Pick<Batch, 'before' | 'places'>,
  ): Promise<void>
  /** Notes that all messages of these conversations are stored. */
  complete(account: number, conversations: string[]): Promise<void>
  sql(text: string): Promise<void>
  /** Removes everything. */
  clear(): Promise<void>
  close(): Promise<void>
}

export const syncedAt = '2026-02-01T00:00:00.000Z'

/** In a real PostgreSQL, which starts sooner, if this machine can run one. */
export async function filledStore(): Promise<FilledStore> {
  const server = await startPostgres()
  if (typeof server === 'string') return filledIn({})
  const filled = await filledIn({ url: await server.createDatabase() })
  return {
    ...filled,
    async close() {
      await filled.close()
      await server.stop()
    },
  }
}

export async function filledIn(options: StoreOptions): Promise<FilledStore> {
  const store = await createStore(options)
  const db = databaseOf(store)
  return {
    store,
    isEmbedded: options.url === undefined,
    async account(name) {
      const { rows } = await sql<{ no: number }>`
        insert into parley.accounts (name) values (${name}) returning no`.execute(db)
      const no = rows[0]?.no as number
      await sql`
        insert into parley.streams (account, stream, caught_up_at)
        select ${no}, stream, ${syncedAt}::timestamptz from unnest(${streams}::text[]) as given (stream)`.execute(db)
      return no
    },
    async write(account, kind, items, placed) {
      const batch = { kind, account, items, fetchedAt: syncedAt, ...placed }
      await db.transaction().execute((tx) => writeRecords(tx, batch))
    },
    async complete(account, conversations) {
      await sql`
        insert into parley.threads (conversation, account, is_complete, is_whole, verified_at)
        select ref, ${account}, true, true, ${syncedAt}::timestamptz from unnest(${conversations}::text[]) as given (ref)`.execute(
        db,
      )
    },
    async sql(text) {
      await sql.raw(text).execute(db)
    },
    clear: () => empty(store),
    close: () => store.close(),
  }
}

/** The places of the messages of a thread without times, the oldest first. */
export const placesWithoutTimes = (messages: readonly Message[]): Pick<Batch, 'places'> => ({
  places: new Map(messages.map(({ ref }, position) => [ref, { at: '-infinity', position }])),
})

/** An adapter that can do nothing. */
export const silentAdapter = (vendor: string, account: string): Adapter => ({
  vendor,
  account,
  limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
  unsupported: {},
})

export const message = (conversation: Conversation, id: string, fields: Partial<Message> = {}): Message => {
  const { vendor, account } = conversation
  return {
    ...{ ref: buildRef({ vendor, account, kind: 'message', id }), vendor, account, id },
    conversationId: conversation.id,
    type: { value: 'text', native: null },
    direction: 'inbound',
    author: { kind: 'contact', basis: 'vendor' },
    sourcesState: 'unavailable',
    ...fields,
  }
}
