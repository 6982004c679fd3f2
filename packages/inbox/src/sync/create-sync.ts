import {
  checkFunctionOptions,
  clockOption,
  functionOption,
  isRecord,
  numberOption,
  type OptionCheck,
  optional,
} from '@parley/core'
import { accountsOf } from '../accounts.ts'
import { connectedTo } from '../store/database.ts'
import type { Sync, SyncOptions } from './sync.ts'

const minute = 60_000
const usual = {
  conversations: minute / 2,
  contacts: 60 * minute,
  agents: 10 * minute,
  sweep: minute,
  scan: 1440 * minute,
}

const everyOption: OptionCheck = (value) => {
  if (!isRecord(value)) return 'must be an object'
  const wrong = Object.entries(value).find(
    ([name, time]) => !(name in usual) || (time !== undefined && !(typeof time === 'number' && time >= 1)),
  )
  if (wrong === undefined) return undefined
  return wrong[0] in usual ? `: "${wrong[0]}" must be a number of milliseconds` : `has no "${wrong[0]}"`
}

/**
 * Syncs accounts into a store: an application then lists, searches and reads them there (`createInbox`).
 *
 * ```ts
 * const store = await createStore({ url: process.env.DATABASE_URL })
 * const sync = createSync({ store, accounts: [desk, crm] })
 * await sync.run({ signal })
 * ```
 *
 * Nothing is read before `run` or `runOnce`. The store is not closed.
 *
 * @throws ConfigurationError for an invalid option, and when two accounts have the same vendor and name.
 */
export function createSync(options: SyncOptions): Sync {
  checkFunctionOptions('createSync', options, {
    store: (value) => (isRecord(value) ? undefined : 'must be a store made by createStore'),
    accounts: (value) =>
      Array.isArray(value) && value.length > 0 ? undefined : 'must be a non-empty list of adapters',
    every: optional(everyOption),
    sweepSize: optional(numberOption(0)),
    concurrency: optional(numberOption(1)),
    lag: optional(numberOption(0)),
    keepChanges: optional(numberOption(1)),
    payloads: optional((value) => (typeof value === 'boolean' ? undefined : 'must be true or false')),
    clock: optional(clockOption),
    onError: optional(functionOption),
  })
  const { every, sweepSize = 20, concurrency = 4, lag = 5 * minute, payloads = false } = options
  const { store, keepChanges = 90 * 1440 * minute, clock, onError } = options
  const { all, names } = accountsOf(options.accounts, 'createSync')
  const { db, pool } = connectedTo(store)
  const settings = { clock, every: { ...usual, ...every }, sweepSize, concurrency, lag, payloads, keepChanges, onError }
  let loading: Promise<Omit<Sync, 'accounts'>> | undefined
  // Loaded when it is used, so that an inbox that stores nothing loads none of it.
  const engine = (): Promise<Omit<Sync, 'accounts'>> => {
    loading ??= import('./engine.ts').then(({ createEngine }) => createEngine(db, pool, all, settings))
    return loading
  }
  return {
    accounts: names,
    run: async (given) => (await engine()).run(given),
    runOnce: async (given) => (await engine()).runOnce(given),
    receive: async (event) => (await engine()).receive(event),
    status: async () => (await engine()).status(),
    reset: async (account) => (await engine()).reset(account),
    wipe: async (account) => (await engine()).wipe(account),
    resume: async (account) => (await engine()).resume(account),
    acceptDeletions: async (account) => (await engine()).acceptDeletions(account),
  }
}
