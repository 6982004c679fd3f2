import { type Adapter, accountName, isParleyError } from '@parley/core'
import { type Command, Option } from 'commander'
import type { OpenedAccounts } from '../accounts.ts'
import { CommandError, configOption, jsonOption, type Run } from '../command.ts'
import type { AccountConfig, Config } from '../config-file.ts'
import { accountName as accountNameInput, accountNames } from '../input.ts'
import { stopSignal } from '../terminal.ts'

// The commands that ask the vendors themselves, without a store. The vendors are loaded when a command runs.

export interface LiveOptions {
  config?: string
  sandbox?: boolean
  json?: boolean
}

/** Adds the options of every command that asks the vendors themselves. */
export const withLiveOptions = (command: Command): Command =>
  command
    .addOption(configOption())
    .addOption(
      new Option(
        '--sandbox',
        'use the emulated vendors, which need no credentials; each command starts them anew',
      ).conflicts('config'),
    )
    .addOption(jsonOption())

/** Of a command that needs one account. */
export const accountOption = (): Option =>
  new Option('--account <name>', 'the account, as vendor:account; not needed if there is only one').argParser(
    accountNameInput,
  )

/** Of a command that reads several accounts. */
export const accountsOption = (): Option =>
  new Option('--account <name>', 'only this account, as vendor:account; can be given several times').argParser(
    accountNames,
  )

/** What goes with the accounts of a command. */
export interface Live {
  /** Aborted by Ctrl-C. Pass it to every operation. */
  signal: AbortSignal
  config: Config
  /** Of emulated accounts: the operator in whose name anybody speaks, by account (`vendor:account`). */
  operatorIds: Readonly<Record<string, string>>
}

/**
 * Opens accounts for as long as the work takes. Notes which configured accounts are left out.
 *
 * @param names only these, as `vendor:account`. Default: all that are configured.
 * @throws CommandError with the exit code 2 if there is no such account or none can be opened, and 130 after Ctrl-C, unless the work
 * threw a `CommandError` itself.
 */
export async function withLiveAccounts<T>(
  run: Run,
  options: LiveOptions,
  names: readonly string[] | undefined,
  work: (adapters: Adapter[], live: Live) => Promise<T>,
): Promise<T> {
  const { terminal } = run
  const { leaveOut, noAccount, openLiveAccounts, openSandboxAccounts } = await import('../accounts.ts')
  const config = await configOf(options)
  const chosen = names?.map((name) => configuredAs(name, config.accounts)) ?? config.accounts
  using stop = stopSignal(terminal)
  const { signal } = stop
  try {
    const opened = options.sandbox
      ? await openSandboxAccounts(chosen, {}, { isHurried: true, idSeed: Date.now() })
      : await openLiveAccounts(chosen, { signal })
    try {
      refuseMissing(opened, names !== undefined)
      const problem = noAccount(opened)
      if (problem !== undefined) throw new CommandError(problem, 2)
      leaveOut(opened, options, terminal)
      signal.throwIfAborted()
      return await work(opened.adapters, { signal, config, operatorIds: opened.operatorIds })
    } finally {
      await opened.close()
    }
  } catch (error) {
    // Only what the person typed can be invalid.
    if (isParleyError(error) && error.code === 'invalid-request') throw new CommandError(error.message, 2)
    const isOfSignal = signal.aborted && !isParleyError(error) && !(error instanceof CommandError)
    throw isOfSignal ? new CommandError('It was stopped before its end.', 130) : error
  }
}

/**
 * The same for one account.
 *
 * @param of the account's name (`vendor:account`), or a ref of it. Default: the only one there is.
 */
export async function withLiveAccount<T>(
  run: Run,
  options: LiveOptions,
  of: string | undefined,
  work: (adapter: Adapter, live: Live) => Promise<T>,
): Promise<T> {
  if (of === undefined && (options.sandbox || options.config !== undefined)) {
    const { accounts } = await configOf(options)
    // Before any account is opened, which can run a command for its secret.
    if (accounts.length > 1) throw ambiguous(accounts)
  }
  return withLiveAccounts(run, options, of === undefined ? undefined : [accountIn(of)], (adapters, live) => {
    const [only] = adapters
    if (only === undefined || adapters.length > 1) throw ambiguous(adapters)
    return work(only, live)
  })
}

/** The configuration that the options name. @throws ConfigurationError */
export async function configOf({ config: file, sandbox = false }: LiveOptions): Promise<Config> {
  const [{ oneOfEach }, { readConfigFile }] = await Promise.all([import('../accounts.ts'), import('../config-file.ts')])
  return file === undefined ? { accounts: oneOfEach(sandbox ? 'sandbox' : 'default') } : readConfigFile(file)
}

/** `vendor:account` of a ref, or the name itself. */
export const accountIn = (nameOrRef: string): string => nameOrRef.split('/', 1)[0] ?? nameOrRef

type Named = Pick<AccountConfig, 'vendor' | 'account'>

const nameOf = ({ vendor, account }: Named): string => accountName(vendor, account)

const ambiguous = (accounts: readonly Named[]): CommandError =>
  new CommandError(`There are several accounts. Name one of them: ${accounts.map(nameOf).join(', ')}.`, 2)

function configuredAs(name: string, accounts: AccountConfig[]): AccountConfig {
  const found = accounts.find((account) => nameOf(account) === name)
  if (found) return found
  throw new CommandError(`There is no account ${name}. There is ${accounts.map(nameOf).join(', ')}.`, 2)
}

/** @param isEach the person named the accounts, so that none of them may be missing. */
function refuseMissing({ skipped }: OpenedAccounts, isEach: boolean): void {
  const problem = isEach ? skipped.map(({ account, reason }) => `${account}: ${reason}`) : []
  if (problem.length > 0) throw new CommandError(problem.join('\n'), 2)
}
