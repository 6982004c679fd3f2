import {
  checkFunctionOptions,
  clockOption,
  flagOption,
  functionOption,
  isRecord,
  numberOption,
  type OptionCheck,
  optional,
} from '@parley/core'
import { accountsOf, accountsOption } from '../accounts.ts'
import { connectedTo, storeOption } from '../store/connected.ts'
import type { Sync, SyncOptions } from './sync.ts'

const minute = 60_000
const usual = {
  conversations: minute / 2,
  contacts: 60 * minute,
  agents: 10 * minute,
  sweep: minute,
  scan: 1440 * minute,
}

/** A hundred years, in milliseconds: so long before and after now, JavaScript and PostgreSQL still have instants. */
const longest = 100 * 365 * 1440 * minute
const period = optional(numberOption(1, false, longest))

const everyOption: OptionCheck = (value) => {
  if (!isRecord(value)) return 'must be an object'
  for (const [name, time] of Object.entries(value)) {
    if (!Object.hasOwn(usual, name)) return `has no "${name}"`
    const problem = period(time)
    if (problem !== undefined) return `: "${name}" ${problem}`
  }
  return undefined
}

/**
 * Syncs accounts into a store: an application then lists, searches and reads them there (`createInbox`).
 *
 * ```ts
 * const store = await createStore({ url: 'postgres://parley@localhost/parley' })
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
    store: storeOption,
    accounts: accountsOption,
    every: optional(everyOption),
    sweepSize: optional(numberOption(0, true, 10_000)),
    concurrency: optional(numberOption(1, true, 100)),
    lag: optional(numberOption(0, false, longest)),
    keepChanges: optional(numberOption(1, false, longest)),
    payloads: optional(flagOption),
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
