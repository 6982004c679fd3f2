import { Command } from 'commander'
import { type CreateCommand, type StoreOptions, withStoreOptions } from '../command.ts'

export const statusCommand: CreateCommand = (run) =>
  withStoreOptions(
    new Command('status').description('show how far each account and stream is synced, and what to do about failures'),
  )
    .addHelpText('after', '\nEnds with 1 if a person must act: an account or a stream is stopped or stalled.')
    .action(async (options: StoreOptions) => {
      const { terminal } = run
      const [{ createSync }, { withAccounts }, { needsAction, statusText }] = await Promise.all([
        import('@parley/inbox'),
        import('../open-store.ts'),
        import('../status-text.ts'),
      ])
      const status = await withAccounts(options, terminal, (store, accounts) =>
        createSync({ store, accounts }).status(),
      )
      await terminal.print(
        options.json ? `${JSON.stringify(status, undefined, 2)}\n` : statusText(status, terminal.width),
      )
      if (needsAction(status)) run.exitCode = 1
    })
