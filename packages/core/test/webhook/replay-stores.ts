import { openPglite } from '@parley/testkit/pglite'
import { postgresReplayStore, table } from '../../../../docs/examples/postgres-replay-store.ts'
import { memoryReplays, type ReplayStore } from '../../src/webhook.ts'

/** Empty stores of a kind, each a connection of its own to one place, as several processes have them. */
export type OpenStores = (now: () => number) => Promise<readonly [ReplayStore, ReplayStore]>

export function storesInMemory(): OpenStores {
  return async (now) => {
    const store = memoryReplays({ now })
    return [store, store]
  }
}

/** The documented store, over a PostgreSQL within this process. */
export async function storesInPostgres(): Promise<{ open: OpenStores; close: () => Promise<void> }> {
  const database = await openPglite()
  await database.query(table)
  return {
    async open(now) {
      await database.query('delete from webhook_events')
      return [postgresReplayStore(database, now), postgresReplayStore(database, now)]
    },
    close: () => database.close(),
  }
}
