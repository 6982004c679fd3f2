import { type Adapter, accountName, isParleyError, open, type ParleyError, type RuntimeOptions } from '@parley/core'
import { sandbox, sandboxVendors } from '@parley/sandbox'
import type { AccountConfig } from './config-file.ts'
import { withSecrets } from './secrets.ts'
import type { Terminal } from './terminal.ts'
import { definitionOf, vendors } from './vendors.ts'

interface SkippedAccount {
  account: string
  reason: string
  /** Nothing says that there is such an account: no option, and no variable of the environment. */
  isUnset: boolean
}

export interface OpenedAccounts {
  adapters: Adapter[]
  skipped: SkippedAccount[]
  /** The operator of each emulated account that has one. */
  operatorIds: Record<string, string>
  close(): Promise<void>
}

/** One account of each vendor. Its options are in the environment, or are those of the emulator. */
export const oneOfEach = (account: string): AccountConfig[] => vendors.map(({ vendor }) => ({ vendor, account }))

/**
 * Opens the configured accounts at the emulators, with the emulators' made-up credentials.
 *
 * @param isHurried no vendor limits the rate of requests.
 * @param idSeed the seed of the ids of what is sent and created. A store needs another one with each start.
 * @param life whether customers go on writing. There is less history then, so that an inbox is full within seconds.
 * @param now the time of the emulated vendors when they start. Default: a fixed instant, so that every start has the same data.
 */
export async function openSandboxAccounts(
  accounts: AccountConfig[],
  runtime: RuntimeOptions,
  {
    isHurried = false,
    now,
    idSeed = 7,
    life = false,
  }: { isHurried?: boolean; now?: number; idSeed?: number; life?: boolean } = {},
): Promise<OpenedAccounts> {
  const running = await sandbox.start({
    seed: 7,
    idSeed,
    thinkingTime: 150,
    life,
    scale: life ? 0.3 : 1,
    ...(now !== undefined && { now }),
  })
  try {
    const emulators = sandboxVendors.map((name) => running[name])
    const adapters = accounts.map((config) => {
      const emulator = emulators.find(({ vendor }) => vendor === config.vendor)
      const settings: object = emulator?.settings ?? {}
      if (isHurried && 'rateLimit' in settings) settings.rateLimit = false
      return open({ ...config, ...emulator?.accountOptions, ...(isHurried && { rate: false }) }, vendors, runtime)
    })
    const operatorIds = Object.fromEntries(
      adapters.flatMap(({ vendor, account }) => {
        const options: object = emulators.find((emulator) => emulator.vendor === vendor)?.accountOptions ?? {}
        return 'operatorId' in options ? [[accountName(vendor, account), String(options.operatorId)]] : []
      }),
    )
    return { adapters, skipped: [], operatorIds, close: () => running.stop() }
  } catch (error) {
    await running.stop()
    throw error
  }
}

/** Whether the configuration and the environment have nothing of an account, not even an option that may be omitted. */
export function isUnset({ vendor, account: _, ...options }: AccountConfig): boolean {
  const names = Object.values(definitionOf(vendor)?.env ?? {})
  return names.length > 0 && Object.keys(options).length === 0 && !names.some((name) => name && process.env[name])
}

/** What must be set for an account of which nothing is. `error` has the options that the vendor needs. */
function missingOf({ vendor }: AccountConfig, error?: ParleyError): string {
  const variables = Object.entries(definitionOf(vendor)?.env ?? {})
  const needed = variables.filter(([option]) => error?.fields?.some(({ path }) => path === option))
  const names = (needed.length > 0 ? needed : variables).map(([, name]) => name)
  if (needed.length === 0) return `none of ${names.join(', ')} is set.`
  return `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} not set.`
}

/**
 * Opens the accounts whose credentials are in the environment, at the real vendors. The others are returned with the
 * reason.
 */
export async function openLiveAccounts(
  accounts: AccountConfig[],
  { signal, ...runtime }: RuntimeOptions & { signal?: AbortSignal } = {},
): Promise<OpenedAccounts> {
  const adapters: Adapter[] = []
  const skipped: SkippedAccount[] = []
  for (const config of accounts) {
    const unset = isUnset(config)
    const skip = (reason: string) =>
      skipped.push({ account: accountName(config.vendor, config.account), reason, isUnset: unset })
    try {
      const adapter = open(await withSecrets(config, signal), vendors, runtime)
      if (unset) skip(missingOf(config))
      else adapters.push(adapter)
    } catch (error) {
      if (!isParleyError(error) || error.code !== 'configuration') throw error
      const prefix = `${config.vendor}: `
      skip(unset ? missingOf(config, error) : error.message.slice(error.message.startsWith(prefix) ? prefix.length : 0))
    }
  }
  return { adapters, skipped, operatorIds: {}, close: async () => {} }
}

/** Notes which accounts are left out: those that a configuration names, or for which something is set. */
export function leaveOut({ skipped }: OpenedAccounts, { config }: { config?: string }, terminal: Terminal): void {
  for (const { account, reason, isUnset } of skipped)
    if (config !== undefined || !isUnset) terminal.note(`${account} is left out: ${reason}\n`)
}

/**
 * Why no account was opened, in lines, or `undefined` if one was. If something is set for an account, nothing is said about those
 * for which nothing is.
 */
export function noAccount({ adapters, skipped }: OpenedAccounts): string | undefined {
  if (adapters.length > 0) return undefined
  const begun = skipped.filter((account) => !account.isUnset)
  const lines = (begun.length > 0 ? begun : skipped).map(({ account, reason }) => `${account}: ${reason}`)
  if (begun.length > 0) return ['No account can be opened.', ...lines].join('\n')
  return [
    'No account can be opened, because no credentials are set. One vendor is enough:',
    ...lines,
    'A file can name accounts, too (--config). "parley sync --sandbox" needs no credentials.',
  ].join('\n')
}
