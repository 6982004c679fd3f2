import { cpus, totalmem } from 'node:os'
import type { Adapter } from '@parley/core'
import { startPostgres } from '@parley/testkit/postgres'
import type { Pool } from 'pg'
import { createStore } from '../../../packages/inbox/src/store/create-store.ts'
import { databaseOf, poolOf } from '../../../packages/inbox/src/store/database.ts'
import { type Batch, type RecordOf, type Written, writeRecords } from '../../../packages/inbox/src/store/records.ts'
import type { RecordKind } from '../../../packages/inbox/src/store/schema.ts'
import type { Store } from '../../../packages/inbox/src/store/store.ts'
import { type AccountName, accountNames } from './rows.ts'

export type Db = ReturnType<typeof databaseOf>

/** A store with the accounts of the benchmark. */
export interface BenchStore {
  readonly url: string
  readonly store: Store
  readonly db: Db
  /** For SQL of the benchmark's own. */
  readonly pool: Pool
  readonly accounts: Readonly<Record<AccountName, number>>
}

export interface Postgres {
  /** A store in a database of its own. */
  open(): Promise<BenchStore>
  /** @returns the URL of an empty database. */
  createDatabase(): Promise<string>
  /** What was measured on: the machine, the versions and the settings. */
  readonly machine: string
  stop(): Promise<void>
}

/** A real PostgreSQL for one run of the benchmark. */
export async function startDatabase(): Promise<Postgres> {
  const server = await startPostgres()
  if (typeof server === 'string') throw new Error(`PostgreSQL does not start here: ${server}.`)
  const stores: Store[] = []
  const open = async () => {
    const url = await server.createDatabase()
    const store = await createStore({ url })
    stores.push(store)
    return benchStore(store, url)
  }
  return {
    open,
    createDatabase: () => server.createDatabase(),
    machine: await describeMachine((await open()).pool),
    async stop() {
      for (const store of stores) await store.close()
      await server.stop()
    },
  }
}

/** Adds the accounts, as if a sync had read them to their end. */
async function benchStore(store: Store, url: string): Promise<BenchStore> {
  const pool = poolOf(store)
  const accounts: Record<string, number> = {}
  for (const name of accountNames) {
    const { rows } = await pool.query<{ no: number }>(
      `with added as (insert into parley.accounts (name) values ($1) returning no), read as (
         insert into parley.streams (account, stream, caught_up_at)
         select no, stream, clock_timestamp() from added, unnest(array['conversations', 'messages']) as given (stream))
       select no from added`,
      [`acme:${name}`],
    )
    accounts[name] = rows[0]?.no as number
  }
  return { url, store, db: databaseOf(store), pool, accounts: accounts as BenchStore['accounts'] }
}

/** An account as a part of an inbox names it. Nothing is asked of the vendor. */
export const accountsNamed = (names: readonly AccountName[]): { name: string; adapter: Adapter }[] =>
  names.map((account) => ({
    name: `acme:${account}`,
    adapter: {
      vendor: 'acme',
      account,
      limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
      unsupported: {},
    },
  }))

async function describeMachine(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ version: string; settings: string }>(`
    select current_setting('server_version') as version,
      (select string_agg(name || '=' || current_setting(name), ', ' order by name) from pg_settings
        where name in ('fsync', 'synchronous_commit', 'shared_buffers', 'work_mem', 'max_wal_size')) as settings`)
  const { version, settings } = rows[0] as { version: string; settings: string }
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${cpus().length} cores (${cpu?.model.trim()}), ${memory} GiB, Node.js ${process.versions.node}, PostgreSQL ${version} (${settings})`
}

/** Records of several accounts, as one batch for each account: a page is always of one account. */
export function batchesOf<Kind extends 'message' | 'conversation'>(
  { accounts }: BenchStore,
  kind: Kind,
  items: readonly RecordOf[Kind][],
  fetchedAt: string,
): Batch<Kind>[] {
  const byAccount = new Map<string, RecordOf[Kind][]>()
  for (const item of items) byAccount.set(item.account, [...(byAccount.get(item.account) ?? []), item])
  return [...byAccount].map(([name, own]) => ({
    kind,
    account: accounts[name as AccountName],
    items: own,
    fetchedAt,
    keepPayloads: true,
  }))
}

/** Stores one page in a transaction, as the sync does. */
export const store = <Kind extends RecordKind>(db: Db, batch: Batch<Kind>): Promise<Written> =>
  db.transaction().execute((tx) => writeRecords(tx, batch))
