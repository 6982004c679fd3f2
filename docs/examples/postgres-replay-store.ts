import type { ReplayStore } from '@parley/core/webhook'

/** The part of `pg`, PGlite and most other drivers that the store uses. */
interface Database {
  query(sql: string, values: unknown[]): Promise<{ rows: unknown[] }>
}

/** `claim` is null once the event has been handled. You can delete expired rows at any time. */
export const table: string =
  'create table if not exists webhook_events (key text primary key, claim text, expires_at bigint not null)'

/** @param now the same clock as the receivers', in milliseconds since the epoch. */
export function postgresReplayStore(database: Database, now: () => number = Date.now): ReplayStore {
  const run = async (sql: string, ...values: unknown[]) =>
    (await database.query(sql, values)).rows as { claim: string | null }[]
  return {
    async claim(key, claimId, expiresAt) {
      const claimed = await run(
        `insert into webhook_events (key, claim, expires_at) values ($1, $2, $3)
         on conflict (key) do update set claim = excluded.claim, expires_at = excluded.expires_at
         where webhook_events.expires_at <= $4
         returning claim`,
        key,
        claimId,
        Math.ceil(expiresAt),
        Math.floor(now()),
      )
      if (claimed.length === 1) return 'claimed'
      const [held] = await run('select claim from webhook_events where key = $1', key)
      return held?.claim === null ? 'done' : 'busy'
    },
    async done(key, expiresAt) {
      await run(
        `insert into webhook_events (key, claim, expires_at) values ($1, null, $2)
         on conflict (key) do update set claim = null, expires_at = excluded.expires_at`,
        key,
        Math.ceil(expiresAt),
      )
    },
    async release(key, claimId) {
      await run('delete from webhook_events where key = $1 and claim = $2', key, claimId)
    },
  }
}
