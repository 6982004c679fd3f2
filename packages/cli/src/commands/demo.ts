import { Command } from 'commander'
import type { CreateCommand } from '../command.ts'
import { configOption, jsonOption } from '../command.ts'
import type { DemoOptions } from '../demo/demo.ts'

export const demoCommand: CreateCommand = ({ terminal }) =>
  new Command('demo')
    .description('read, ask and reply at the emulated vendors, over HTTP')
    .option('--live', 'only read, at the real vendors, with credentials from the environment')
    .addOption(configOption())
    .addOption(jsonOption())
    .action(async (options: DemoOptions) => {
      const { demo } = await import('../demo/demo.ts')
      await terminal.print(await demo(options, terminal.width))
    })
