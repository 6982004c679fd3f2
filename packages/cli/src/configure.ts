import { oneOfEach } from './accounts.ts'
import { type Config, readConfigFile } from './config-file.ts'
import type { StoreOptions } from './options.ts'
import { chooseStore, type StoreChoice } from './store-choice.ts'

/** The configuration that the options name, and the store that goes with it. @throws ConfigurationError */
export async function configure(options: StoreOptions): Promise<{ config: Config; choice: StoreChoice }> {
  const { config: file, sandbox = false, store } = options
  const config =
    file === undefined ? { accounts: oneOfEach(sandbox ? 'sandbox' : 'default') } : await readConfigFile(file)
  return { config, choice: chooseStore(store, config.store, sandbox) }
}
