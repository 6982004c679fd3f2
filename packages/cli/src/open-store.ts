import { type Adapter, parseRef, type SharedLimiter } from '@parley/core'
import { createStore, type Store } from '@parley/inbox'
import { leaveOut, noAccount, oneOfEach, openLiveAccounts, openSandboxAccounts } from './accounts.ts'
import { CommandError, type StoreOptions } from './command.ts'
import { type Config, readConfigFile } from './config-file.ts'
import { withStoreSecret } from './secrets.ts'
import { chooseStore, inMemory, inOwnWords, isChosenElsewhere, prepareFor, type StoreChoice } from './store-choice.ts'
import type { Terminal } from './terminal.ts'

interface Opening {
  /** Whether a store that is not there yet is created. Default `true`. */
  create?: boolean
  /**
   * Of emulated vendors: they begin now, their customers go on writing, and the store is in memory, because the next start would
   * be of other vendors with the same names. Default `false`: each start has the same history, in the same folder.
   */
  isLive?: boolean
}

/** The configuration that the options name, and the store that goes with it. @throws ConfigurationError */
export async function configure(
  options: StoreOptions,
  { isLive = false }: Opening = {},
): Promise<{ config: Config; choice: StoreChoice }> {
  const { config: file, sandbox = false } = options
  const config =
    file === undefined ? { accounts: oneOfEach(sandbox ? 'sandbox' : 'default') } : await readConfigFile(file)
  if (sandbox && isLive) return { config, choice: inMemory }
  // The command of an unused store is not run.
  const own = isChosenElsewhere(options) ? config.store : await withStoreSecret(config.store)
  return { config, choice: chooseStore(options, own) }
}

/** Opens the store for as long as the work takes. */
export async function withStore<T>(
  options: StoreOptions,
  terminal: Terminal,
  work: (store: Store, config: Config) => Promise<T>,
  opening: Opening = {},
): Promise<T> {
  const { config, choice } = await configure(options, opening)
  warnOf(choice, terminal)
  prepareFor(choice)
  const store = await createStore({ ...choice.options, create: opening.create ?? true }).catch((error: unknown) => {
    throw inOwnWords(error, choice)
  })
  try {
    return await work(store, config)
  } finally {
    await store.close()
  }
}

/** Opens an empty store that is forgotten afterwards. */
export async function withMemory<T>(work: (store: Store) => Promise<T>): Promise<T> {
  prepareFor(inMemory)
  const store = await createStore()
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/**
 * Opens the store for a command that only reads it, with all accounts that were ever synced into it. No vendor is asked, so no
 * credentials are needed.
 */
export const withStoredAccounts = <T>(
  options: StoreOptions,
  terminal: Terminal,
  work: (store: Store, accounts: Adapter[], config: Config) => Promise<T>,
): Promise<T> =>
  withStore(
    options,
    terminal,
    async (store, config) => work(store, (await store.accounts()).map(storedAccount), config),
    { create: false },
  )

/** The account of a name (`vendor:account`), without an operation. */
function storedAccount(name: string): Adapter {
  const { vendor, account } = parseRef(`${name}/contact/any`)
  return { vendor, account, limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] }, unsupported: {} }
}

/** What goes with the accounts and the store. */
export interface Opened {
  /** For people: the store. */
  name: string
  config: Config
  /** Of emulated accounts: the operator in whose name anybody speaks, by account. */
  operatorIds: Readonly<Record<string, string>>
}

/**
 * Opens the accounts and the store for as long as the work takes. Says which accounts are left out. Over PostgreSQL, all
 * processes together stay within the vendors' rate limits.
 */
export async function withAccounts<T>(
  options: StoreOptions,
  terminal: Terminal,
  work: (store: Store, accounts: Adapter[], opened: Opened) => Promise<T>,
  opening: Opening = {},
): Promise<T> {
  const { config, choice } = await configure(options, opening)
  // Invalid accounts are reported before a store is created, so the adapters exist before the store that counts their requests.
  let shared: Store['limiter'] | undefined
  const limiter: SharedLimiter = { reserve: (wanted) => (shared as SharedLimiter).reserve(wanted) }
  const life = opening.isLive ? { now: Date.now(), life: true } : {}
  const opened = options.sandbox
    ? await openSandboxAccounts(config.accounts, {}, { isHurried: true, idSeed: Date.now(), ...life })
    : await openLiveAccounts(config.accounts, choice.options.url === undefined ? {} : { limiter })
  const problem = noAccount(opened)
  if (problem !== undefined) throw new CommandError(problem, 2)
  leaveOut(opened, options, terminal)
  try {
    return await withStore(
      options,
      terminal,
      (store) => {
        shared = store.limiter
        return work(store, opened.adapters, { name: choice.name, config, operatorIds: opened.operatorIds })
      },
      opening,
    )
  } finally {
    await opened.close()
  }
}

function warnOf({ isExposed }: StoreChoice, terminal: Terminal): void {
  if (!isExposed) return
  terminal.note(
    'Other users of this machine can read the password in --store. Put the URL into the variable PARLEY_STORE.\n',
  )
}
