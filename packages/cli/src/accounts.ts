import { type Adapter, ConfigurationError, isParleyError, open, type RuntimeOptions } from '@parley/core'
import { sandbox, sandboxVendors } from '@parley/sandbox'
import type { AccountConfig } from './config-file.ts'
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
  close(): Promise<void>
}

/** One account of each vendor. Its options are in the environment, or are those of the emulator. */
export const oneOfEach = (account: string): AccountConfig[] => vendors.map(({ vendor }) => ({ vendor, account }))

/**
 * Opens the configured accounts at the emulators, with the emulators' made-up credentials.
 *
 * @param isHurried no vendor limits the rate of requests.
 * @param now the time of the emulated vendors when they start. Default: a fixed instant, so that every start has the same data.
 */
export async function openSandboxAccounts(
  accounts: AccountConfig[],
  runtime: RuntimeOptions,
  { isHurried = false, now }: { isHurried?: boolean; now?: number } = {},
): Promise<OpenedAccounts> {
  const running = await sandbox.start({ seed: 7, thinkingTime: 150, ...(now !== undefined && { now }) })
  try {
    const emulators = sandboxVendors.map((name) => running[name])
    const adapters = accounts.map((config) => {
      const emulator = emulators.find(({ vendor }) => vendor === config.vendor)
      const settings: object = emulator?.settings ?? {}
      if (isHurried && 'rateLimit' in settings) settings.rateLimit = false
      return open({ ...config, ...emulator?.accountOptions, ...(isHurried && { rate: false }) }, vendors, runtime)
    })
    return { adapters, skipped: [], close: () => running.stop() }
  } catch (error) {
    await running.stop()
    throw error
  }
}

/**
 * The variables of a vendor that needs no option, if none of them is set and the configuration has no option either. Nothing
 * then says that there is such an account.
 */
function unsetVariables({ vendor, account: _, ...options }: AccountConfig): string | undefined {
  const names = Object.values(definitionOf(vendor)?.env ?? {}).filter((name) => name !== undefined)
  const isNamed = Object.keys(options).length > 0 || names.some((name) => process.env[name])
  return isNamed || names.length === 0 ? undefined : names.join(', ')
}

/**
 * Opens the accounts whose credentials are in the environment, at the real vendors. The others are returned with the
 * reason.
 *
 * @throws ConfigurationError when no account can be opened.
 */
export function openLiveAccounts(accounts: AccountConfig[], runtime: RuntimeOptions): OpenedAccounts {
  const adapters: Adapter[] = []
  const skipped: OpenedAccounts['skipped'] = []
  for (const config of accounts) {
    const unset = unsetVariables(config)
    const skip = (reason: string) =>
      skipped.push({ account: `${config.vendor}:${config.account}`, reason, isUnset: unset !== undefined })
    try {
      const adapter = open(config, vendors, runtime)
      if (unset === undefined) adapters.push(adapter)
      else skip(`none of ${unset} is set.`)
    } catch (error) {
      if (!isParleyError(error) || error.code !== 'configuration') throw error
      skip(error.message)
    }
  }
  if (adapters.length === 0) {
    const reasons = skipped.map(({ account, reason }) => ` ${account}: ${reason}`)
    throw new ConfigurationError({ message: `No account can be opened.${reasons.join('')}` })
  }
  return { adapters, skipped, close: async () => {} }
}
