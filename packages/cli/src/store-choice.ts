import { setFlagsFromString } from 'node:v8'
import { ConfigurationError } from '@parley/core'
import type { StoreOptions } from '@parley/inbox'
import type { StoreConfig } from './config-file.ts'

/** The store that a command uses. */
export interface StoreChoice {
  options: StoreOptions
  /** For people: the folder, or the URL without its password and parameters. */
  name: string
  /** A password stands where other users of the machine can read it. */
  isExposed: boolean
}

/**
 * Chooses the store: `--store`, else the variable PARLEY_STORE, else the configuration file, else a folder in the working
 * directory. Emulated accounts have a folder of their own, so that they never come among real ones.
 *
 * @throws ConfigurationError when the configuration names a variable that is not set.
 */
export function chooseStore(
  given: string | undefined,
  config: StoreConfig | undefined,
  isSandbox: boolean,
  environment: NodeJS.ProcessEnv = process.env,
): StoreChoice {
  const isUrl = (text: string): boolean => /^postgres(ql)?:/.test(text)
  if (given !== undefined) {
    const options = isUrl(given) ? { url: given } : { folder: given }
    return { options, name: nameOf(options), isExposed: isUrl(given) && hasPassword(given) }
  }
  const options = fromEnvironment(environment['PARLEY_STORE']) ??
    fromConfig(config) ?? { folder: isSandbox ? 'parley-sandbox' : 'parley-store' }
  return { options, name: nameOf(options), isExposed: false }

  function fromEnvironment(text: string | undefined): StoreOptions | undefined {
    return text ? (isUrl(text) ? { url: text } : { folder: text }) : undefined
  }

  function fromConfig(config: StoreConfig | undefined): StoreOptions | undefined {
    if (config === undefined || 'folder' in config) return config
    if (typeof config.url === 'string') return { url: config.url }
    const url = environment[config.url.env]
    if (url) return { url }
    const problem = `needs the environment variable ${config.url.env}, which is not set`
    throw new ConfigurationError({
      message: `The option "store.url" ${problem}.`,
      fields: [{ path: 'store.url', problem }],
    })
  }
}

function nameOf(options: StoreOptions): string {
  if (options.url === undefined) return `the folder ${options.folder}`
  const { protocol, username, host, pathname } = URL.parse(options.url) ?? {}
  if (host === undefined) return 'a PostgreSQL'
  return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`
}

/** A URL can have a password before its host or as a parameter. */
function hasPassword(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && (parsed.password !== '' || parsed.searchParams.has('password'))
}

/**
 * Prepares this process for the store. Else each command with a folder would end 2 seconds later and take 500 MB more, because
 * V8 optimizes one large function of PGlite.
 */
export function prepareFor({ options }: StoreChoice): void {
  if (options.url !== undefined) return
  setFlagsFromString('--no-wasm-tier-up')
  setFlagsFromString('--no-wasm-dynamic-tiering')
}
