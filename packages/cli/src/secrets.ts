import { execFile } from 'node:child_process'
import { type AdapterDefinition, ConfigurationError } from '@parley/core'

/** How long a command may take that prints a secret. A person may have to unlock a key first. */
const patience = 60_000

/** A command that prints a secret: its words, or one line that is split at spaces. */
export interface SecretCommand {
  command: string | readonly string[]
}

/** One account of a configuration file: the vendor, a name for it, and the vendor's own options. */
export interface AccountConfig {
  vendor: string
  account: string
  [option: string]: unknown
}

/** The database of the synced inbox. */
export type StoreConfig = { url: string | { env: string } | SecretCommand } | { folder: string }

export const isSecretCommand = (value: unknown): value is SecretCommand => {
  if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'command') return false
  const { command } = value as { command: unknown }
  return wordsOf(command) !== undefined
}

/** The program and its arguments. No shell reads them, so a line cannot quote. */
function wordsOf(command: unknown): string[] | undefined {
  const words = typeof command === 'string' ? command.trim().split(/\s+/) : command
  const isGood = Array.isArray(words) && words.every((word) => typeof word === 'string' && !word.includes('\0'))
  return isGood && words[0] ? (words as string[]) : undefined
}

/**
 * Replaces each `{ "command": … }` among the options of an account with the first line that the command prints.
 *
 * @throws ConfigurationError that names the option and how the command ended. It contains neither the command nor its output,
 * which may have the secret.
 */
export async function withSecrets(config: AccountConfig, signal?: AbortSignal): Promise<AccountConfig> {
  const { vendor, account } = config
  const resolved: AccountConfig = { ...config }
  for (const [option, value] of Object.entries(config))
    if (isSecretCommand(value))
      resolved[option] = await printedBy(value, signal).catch((error: unknown) => {
        signal?.throwIfAborted()
        throw unread(option, error, { vendor, account })
      })
  return resolved
}

/** The same for the store of a configuration. @throws ConfigurationError */
export async function withStoreSecret(store: StoreConfig | undefined): Promise<StoreConfig | undefined> {
  if (store === undefined || !('url' in store) || !isSecretCommand(store.url)) return store
  const url = await printedBy(store.url).catch((error: unknown) => {
    throw unread('store.url', error)
  })
  return { url }
}

function unread(option: string, error: unknown, of: { vendor?: string; account?: string } = {}): ConfigurationError {
  const problem = problemOf(error)
  const from = of.vendor === undefined ? 'The ' : `${of.vendor}: `
  const message = `${from}option "${option}" could not be read, because its command ${problem}.`
  return new ConfigurationError({ ...of, message, fields: [{ path: option, problem }] })
}

const printedBy = ({ command }: SecretCommand, signal?: AbortSignal): Promise<string> =>
  new Promise((resolve, reject) => {
    const [program = '', ...words] = wordsOf(command) ?? []
    const options = { timeout: patience, maxBuffer: 2 ** 20, ...(signal && { signal }) }
    const child = execFile(program, words, options, (error, output) => {
      const [line = ''] = output.split(/\r?\n/, 1)
      if (error) reject(error)
      else if (line === '') reject(new Error('empty'))
      else resolve(line)
    })
    child.stdin?.end()
  })

function problemOf(error: unknown): string {
  const { code, killed, signal } = error as { code?: unknown; killed?: unknown; signal?: unknown }
  if (killed === true) return 'was ended after a minute'
  if (typeof code === 'number') return `ended with code ${code}`
  if (typeof signal === 'string') return `was ended by ${signal}`
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'printed more than 1 MiB'
  return code === undefined ? 'printed nothing on its first line' : `could not be run (${String(code)})`
}

/**
 * Whether an option is a secret. Of all options, only these also accept a function (`credentialOption`), so the vendor's own
 * schema says it.
 */
export function isSecretOption({ configSchema }: AdapterDefinition, option: string): boolean {
  const isRefused = (value: unknown): boolean => {
    const result = configSchema['~standard'].validate({ [option]: value })
    const issues = result instanceof Promise ? [] : (result.issues ?? [])
    return issues.some(({ path: [step] = [] }) => (typeof step === 'object' ? step.key : step) === option)
  }
  return isRefused(true) && !isRefused(() => '')
}
