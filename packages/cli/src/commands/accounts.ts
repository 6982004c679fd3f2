import { accountName } from '@parley/core'
import { Command } from 'commander'
import type { CreateCommand, Run } from '../command.ts'
import { configOf, type LiveOptions, withLiveOptions } from '../everyday/open.ts'

interface AccountsOptions extends LiveOptions {
  names?: true
}

export const accountsCommand: CreateCommand = (run) =>
  withLiveOptions(
    new Command('accounts')
      .description('list the configured accounts, where their credentials come from, and what each can do')
      .option('--names', 'print only the names, a line each'),
  )
    .addHelpText(
      'after',
      '\nIt sends no request, runs no command for a secret and prints no secret. "parley doctor" tries the credentials.',
    )
    .action((options: AccountsOptions) => listAccounts(options, run))

async function listAccounts(options: AccountsOptions, { terminal }: Run): Promise<void> {
  const [{ describeAccount, accountRows }, { asJson, forPeople }, config] = await Promise.all([
    import('../everyday/describe-account.ts'),
    import('../text.ts'),
    configOf(options),
  ])
  if (options.names) {
    const names = config.accounts.map(({ vendor, account }) => `${accountName(vendor, account)}\n`)
    return terminal.print(forPeople(names.join('')))
  }
  const accounts = config.accounts.map((account) => describeAccount(account, options.sandbox ?? false))
  if (options.json) for (const account of accounts) await terminal.print(asJson(account, 0))
  else await terminal.print(forPeople(accountRows(accounts, terminal.width)))
}
