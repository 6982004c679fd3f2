import { emitWarning } from 'node:process'
import {
  type Adapter,
  accountName,
  type Clock,
  flagOption,
  isParleyError,
  NotFoundError,
  type OptionCheck,
  optional,
  signalOption,
} from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { Pool } from 'pg'
import { checkCall, wrongCall } from '../call-options.ts'
import { databaseClock, databaseTime } from '../store/database-time.ts'
import type { Schema } from '../store/schema.ts'
import { ranks } from '../store/threads.ts'
import { checkEvent, checkRefs } from './check-event.ts'
import { storeHint } from './live.ts'
import { setAccepted } from './missing.ts'
import { type Account, instantOf } from './pass.ts'
import { deleteAccount, goOn, readAgain } from './reset.ts'
import { type Engine, runStreams, streams } from './run.ts'
import { statusOf } from './status.ts'
import type { Sync } from './sync.ts'
import { observeLag } from './telemetry.ts'
import { work } from './workers.ts'

/** What `createSync` returns, once its code is loaded. */
export function createEngine(
  db: Kysely<Schema>,
  pool: Pool,
  all: readonly { name: string; adapter: Adapter }[],
  settings: Omit<Engine, 'db' | 'holder' | 'onError' | 'clock' | 'setClock'> & {
    onError: Engine['onError'] | undefined
    clock: Clock | undefined
  },
): Omit<Sync, 'accounts'> {
  const names = all.map(({ name }) => name)
  const { onError = warn, clock = databaseClock(db) } = settings
  const setClock = async () => {
    if (!settings.clock) await databaseTime(db)
  }
  const engine: Engine = { ...settings, db, holder: crypto.randomUUID(), onError, clock, setClock }

  let registered: Promise<readonly Account[]> | undefined
  /** The accounts with their numbers in the store. */
  const accounts = async (): Promise<readonly Account[]> => {
    await setClock()
    registered ??= register().catch((error: unknown) => {
      registered = undefined
      throw error
    })
    return registered
  }
  async function register(): Promise<readonly Account[]> {
    await sql`
      insert into parley.accounts (name) select name from unnest(${[...names]}::text[]) as given (name)
      on conflict (name) do nothing`.execute(db)
    const { rows } = await sql<{ no: number; name: string }>`
      select no, name from parley.accounts where name = any(${[...names]}::text[])`.execute(db)
    const numbers = new Map(rows.map(({ no, name }) => [name, no]))
    return all.map(({ name, adapter }) => ({ name, adapter, no: numbers.get(name) as number }))
  }
  async function accountOf(name: string): Promise<Account> {
    if (typeof name !== 'string') throw wrongCall('sync', 'account', 'must be an account, vendor:account')
    const found = names.includes(name) ? (await accounts()).find((account) => account.name === name) : undefined
    if (found) return found
    throw new NotFoundError({ message: `This sync has no account ${name}; it has ${names.join(', ')}.` })
  }

  let started: Promise<void> | undefined
  /** What was stopped is tried once by every process, because someone may have acted. What was kept aside is read again. */
  const start = (): Promise<void> => {
    started ??= (async () => {
      for (const { no } of await accounts()) {
        await goOn(db, no)
        await sql`
          update parley.threads set due_at = ${instantOf(clock.now())}::timestamptz, due_mark = due_mark + 1,
            priority = ${ranks.backfill}
          where due_at is null and conversation in (
            select conversation from parley.quarantine where account = ${no} and conversation is not null)`.execute(db)
      }
    })()
    started.catch(() => {
      started = undefined
    })
    return started
  }

  const status = async () => statusOf(engine, await accounts())
  return {
    async run(given = {}) {
      checkCall('sync.run', given, { signal: optional(signalOption) })
      const { signal } = given
      await start()
      const end = observeLag(db, clock, await accounts())
      await work(engine, pool, await accounts(), signal).finally(end)
    },
    async runOnce(given = {}) {
      checkCall('sync.runOnce', given, runOnceOptions)
      const chosen = given.accounts ? await Promise.all(given.accounts.map(accountOf)) : await accounts()
      await start()
      const results = await Promise.allSettled(chosen.map((account) => runStreams(engine, account, given)))
      const failed = results.find((result) => result.status === 'rejected')
      if (failed) throw failed.reason
      return status()
    },
    async receive(event) {
      checkEvent(event)
      const account = await accountOf(accountName(event.vendor, event.account))
      checkRefs(event, account.name)
      const isNew = await storeHint(db, account, event, { now: clock.now(), payloads: engine.payloads })
      return { isNew }
    },
    status,
    async reset(name) {
      await readAgain(db, (await accountOf(name)).no, instantOf(clock.now()))
    },
    async wipe(name) {
      await deleteAccount(db, (await accountOf(name)).no)
    },
    async resume(name) {
      await goOn(db, (await accountOf(name)).no)
    },
    async acceptDeletions(name) {
      await setAccepted(db, (await accountOf(name)).no, true)
    },
  }
}

const accountsOption: OptionCheck = (value) =>
  Array.isArray(value) && value.every((name) => typeof name === 'string')
    ? undefined
    : 'must be a list of accounts, each vendor:account'

const streamsOption: OptionCheck = (value) =>
  Array.isArray(value) && value.every((name) => streams.includes(name))
    ? undefined
    : `must be a list of ${streams.join(', ')}`

const runOnceOptions = {
  signal: optional(signalOption),
  accounts: optional(accountsOption),
  streams: optional(streamsOption),
  full: optional(flagOption),
}

/** The message of an error that is none of the library's can quote a customer's text. */
const warn = (error: unknown): void =>
  emitWarning(
    isParleyError(error)
      ? error.message
      : `An unexpected error: ${error instanceof Error ? error.name : typeof error}.`,
    'ParleySyncWarning',
  )
