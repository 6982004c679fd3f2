import { type Adapter, isParleyError, open } from '@parley/core'
import type { AccountConfig } from '../config-file.ts'
import { isSecretCommand } from '../secrets.ts'
import { vendors } from '../vendors.ts'

const madeUp = 'made-up'

/** Nothing is sent over an adapter whose credentials may be made up. */
const noFetch = (): never => {
  throw new Error('an account that was opened for its looks must send no request')
}

/**
 * Opens an account to see what it can do, without a request and without its secrets: what is missing is made up.
 *
 * @returns also what its configuration and the environment lack.
 */
export function openForLooks(config: AccountConfig, isEmulated = false): { adapter: Adapter; problem?: string } {
  // A secret that a command prints is there.
  const given = Object.entries(config).map(([name, value]) => [name, isSecretCommand(value) ? madeUp : value])
  let options: AccountConfig = Object.fromEntries(given) as AccountConfig
  let problem: string | undefined
  for (let tries = 0; ; tries += 1)
    try {
      const adapter = open(options, vendors, { fetch: noFetch, ...((isEmulated || tries > 0) && { environment: {} }) })
      return { adapter, ...(problem !== undefined && !isEmulated && { problem }) }
    } catch (error) {
      if (!isParleyError(error) || error.code !== 'configuration' || !error.fields || tries > 10) throw error
      problem ??= error.message
      options = {
        ...options,
        ...madeUpFor(
          options,
          error.fields.map(({ path }) => path.split('.', 1)[0] ?? ''),
        ),
      }
    }
}

/** What was made up and is not valid is left out. */
const madeUpFor = (options: AccountConfig, missing: readonly string[]): object =>
  Object.fromEntries(missing.map((name) => [name, options[name] === madeUp ? undefined : madeUp]))
