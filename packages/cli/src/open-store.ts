import type { Adapter } from '@parley/core'
import { createStore, type Store } from '@parley/inbox'
import { oneOfEach, openLiveAccounts, openSandboxAccounts } from './accounts.ts'
import type { StoreOptions } from './command.ts'
import { type Config, readConfigFile } from './config-file.ts'
import { chooseStore, type StoreChoice } from './store-choice.ts'
import type { Terminal } from './terminal.ts'

/** The configuration that the options name, and the store that goes with it. @throws ConfigurationError */
export async function configure(options: StoreOptions): Promise<{ config: Config; choice: StoreChoice }> {
  const { config: file, sandbox = false, store } = options
  const config =
    file === undefined ? { accounts: oneOfEach(sandbox ? 'sandbox' : 'default') } : await readConfigFile(file)
  return { config, choice: chooseStore(store, config.store, sandbox) }
}

/** Opens the store for as long as the work takes. */
export async function withStore<T>(
  options: StoreOptions,
  terminal: Terminal,
  work: (store: Store, choice: StoreChoice) => Promise<T>,
): Promise<T> {
  const { choice } = await configure(options)
  warnOf(choice, terminal)
  const store = await createStore(choice.options)
  try {
    return await work(store, choice)
  } finally {
    await store.close()
  }
}

/** Opens the store and the accounts for as long as the work takes. Says which accounts are left out. */
export async function withAccounts<T>(
  options: StoreOptions,
  terminal: Terminal,
  work: (store: Store, accounts: Adapter[], choice: StoreChoice) => Promise<T>,
): Promise<T> {
  const { config } = await configure(options)
  const opened = options.sandbox
    ? await openSandboxAccounts(config.accounts, {}, { isHurried: true })
    : openLiveAccounts(config.accounts, {})
  for (const { account, reason, isUnset } of opened.skipped)
    if (options.config !== undefined || !isUnset) terminal.note(`${account} is left out: ${reason}\n`)
  try {
    return await withStore(options, terminal, (store, choice) => work(store, opened.adapters, choice))
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
