import { setFlagsFromString } from 'node:v8'
import { ConfigurationError, isParleyError } from '@parley/core'
import type { StoreOptions } from '@parley/inbox'
import type { StoreOptions as CommandOptions } from './command.ts'
import { hasPassword, isLikeUrl, type StoreConfig } from './config-file.ts'

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
 * directory. Emulated accounts always have the same folder of their own, so that they never come among real ones.
 *
 * @throws ConfigurationError for what is neither a folder nor the URL of a PostgreSQL, and when the configuration names a
 * variable that is not set.
 */
export function chooseStore(
  { sandbox = false, store }: Pick<CommandOptions, 'sandbox' | 'store'>,
  config: StoreConfig | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): StoreChoice {
  if (sandbox) return chosen({ folder: 'parley-sandbox' })
  if (store !== undefined) return chosen(locate(store, '--store'), true)
  const { PARLEY_STORE } = environment
  if (PARLEY_STORE) return chosen(locate(PARLEY_STORE, 'The environment variable PARLEY_STORE'))
  if (config === undefined) return chosen({ folder: 'parley-store' })
  if ('folder' in config) return chosen(config)
  if (typeof config.url === 'object' && 'command' in config.url) throw wrong('The option "store.url"', 'was not read')
  const url = typeof config.url === 'string' ? config.url : variable(config.url.env)
  if (!isUrl(url)) throw wrong('The option "store.url"', 'must begin with postgres://')
  return chosen({ url })

  function variable(name: string): string {
    const value = environment[name]
    if (value) return value
    throw wrong('The option "store.url"', `needs the environment variable ${name}, which is not set`)
  }
}

/** Whether the store of a configuration is not used. */
export const isChosenElsewhere = (
  { sandbox = false, store }: Pick<CommandOptions, 'sandbox' | 'store'>,
  { PARLEY_STORE }: NodeJS.ProcessEnv = process.env,
): boolean => sandbox || store !== undefined || Boolean(PARLEY_STORE)

/** Nothing is kept when the command ends. */
export const inMemory: StoreChoice = { options: {}, name: 'memory', isExposed: false }

const chosen = (options: StoreOptions, isArgument = false): StoreChoice => ({
  options,
  name: nameOf(options),
  isExposed: isArgument && options.url !== undefined && hasPassword(options.url),
})

const isUrl = (text: string): boolean => /^postgres(ql)?:\/\/./.test(text)

/** The message does not quote the text, because it can have a password. */
function locate(text: string, from: string): StoreOptions {
  if (isUrl(text)) return { url: text }
  if (text === '' || isLikeUrl(text)) throw wrong(from, 'must be a folder, or a URL that begins with postgres://')
  return { folder: text }
}

const wrong = (from: string, problem: string): ConfigurationError =>
  new ConfigurationError({ message: `${from} ${problem}.`, fields: [{ path: from, problem }] })

/** The library's error about the store, in the words of the command line. */
export function inOwnWords(error: unknown, { name }: StoreChoice): unknown {
  const [{ path = '', problem = '' } = {}] = isParleyError(error) ? (error.fields ?? []) : []
  if (path === 'create')
    return new ConfigurationError({ message: `There is no store in ${name} yet. "parley sync" creates it.` })
  if (path !== 'folder' || !/^(is|has|cannot) /.test(problem)) return error
  const isInUse = problem.startsWith('is in use')
  const inWords = isInUse ? 'is in use by another program. End it, or use another folder' : problem
  return new ConfigurationError({ message: `T${name.slice(1)} ${inWords}.`, fields: [{ path, problem: inWords }] })
}

function nameOf(options: StoreOptions): string {
  if (options.url === undefined) return `the folder ${options.folder}`
  const { protocol, username, host, pathname } = URL.parse(options.url) ?? {}
  if (host === undefined) return 'a PostgreSQL'
  return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`
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
