import { Command } from 'commander'
import { type CreateCommand, type StoreOptions, withStoreOptions } from '../command.ts'
import { asJson, forPeople } from '../text.ts'

export const doctorCommand: CreateCommand = (run) =>
  withStoreOptions(
    new Command('doctor').description(
      'check the configuration, the credentials, the clock and the store, and say what to do',
    ),
  )
    .addHelpText('after', '\nIt changes nothing, and reads one page of each list. Ends with 1 if a check failed.')
    .action(async (options: StoreOptions) => {
      const { terminal } = run
      const { checkAll, checksText } = await import('../doctor/checks.ts')
      const checks = await checkAll(options)
      if (checks.some(({ state }) => state === 'failed')) run.exitCode = 1
      await terminal.print(options.json ? asJson({ checks }) : forPeople(checksText(checks, terminal.width)))
    })
