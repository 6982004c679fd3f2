import { Command } from 'commander'
import { color } from '../color.ts'
import { type CreateCommand, type StoreOptions, withStoreOptions } from '../command.ts'
import { asJson, forPeople, wrap } from '../text.ts'

export const statusCommand: CreateCommand = (run) =>
  withStoreOptions(
    new Command('status').description('show how far each account and stream is synced, and what to do about failures'),
  )
    .addHelpText(
      'after',
      '\nIt asks no vendor and needs no credentials. Ends with 1 if a person must act: an account or a stream is stopped or stalled.',
    )
    .action(async (options: StoreOptions) => {
      const { terminal } = run
      const [{ createSync }, { withStoredAccounts }, { needsAction, statusText }] = await Promise.all([
        import('@parley/inbox'),
        import('../open-store.ts'),
        import('../status-text.ts'),
      ])
      const status = await withStoredAccounts(options, terminal, async (store, accounts) =>
        accounts.length > 0 ? createSync({ store, accounts }).status() : { isSyncing: false, accounts: [] },
      )
      if (needsAction(status)) run.exitCode = 1
      const idle = wrap('No process syncs this store at the moment. "parley sync" does.', terminal.width)
      await terminal.print(
        options.json
          ? asJson(status)
          : forPeople(statusText(status, terminal.width)) +
              (status.isSyncing ? '' : `${color.yellow(idle.join('\n'))}\n`),
      )
    })
