import { Command } from 'commander'
import type { CreateCommand } from '../command.ts'
import { withLiveOptions } from '../everyday/open.ts'
import type { PortabilityOptions } from '../everyday/portability.ts'
import { vendorOrAccount } from '../input.ts'

export const portabilityCommand: CreateCommand = (run) =>
  withLiveOptions(
    new Command('portability')
      .description('show what is lost, kept or done in another way when one vendor replaces another')
      .argument('<from>', 'a vendor, or a configured account (vendor:account)', vendorOrAccount)
      .argument('<to>', 'the vendor or the account that replaces it', vendorOrAccount)
      .option('--all', 'also show what stays the same')
      .option('--markdown', 'print a page in Markdown'),
  )
    .addHelpText('after', '\nIt needs no credentials and sends no request.')
    .action(async (from: string, to: string, options: PortabilityOptions) => {
      const { showPortability } = await import('../everyday/portability.ts')
      await showPortability(from, to, options, run)
    })
