import { Command, Option } from 'commander'
import { type CreateCommand, jsonOption } from '../command.ts'
import type { SandboxOptions } from '../everyday/serve-sandbox.ts'
import { yesOption } from '../everyday/write.ts'
import { path, portNumber, wholeNumber, zeroOrMore } from '../input.ts'

export const sandboxCommand: CreateCommand = (run) =>
  new Command('sandbox')
    .description('serve the emulated vendors until Ctrl-C, so that several commands can use the same ones')
    .addOption(
      new Option('--port <number>', 'the first of several ports in a row; 0 takes free ones')
        .argParser(portNumber)
        .default(4010),
    )
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .addOption(
      new Option('--seed <number>', 'which world to show; the same number shows the same one')
        .argParser(wholeNumber)
        .default(7),
    )
    .addOption(
      new Option('--thinking-time <ms>', 'how long an emulated AI takes to answer').argParser(zeroOrMore).default(800),
    )
    .option('--life', 'let customers write every 10 to 40 seconds')
    .addOption(
      new Option(
        '--write-config <file>',
        'write a configuration file of its accounts, for --config of the other commands',
      ).argParser(path),
    )
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
All credentials are made up, so the file may have them: they are accepted nowhere else. Everything that is sent is forgotten at
the end. With --json, it prints one line when it is ready: { "ready": true, "config", "vendors": { … } }.`,
    )
    .action(async (options: SandboxOptions) => {
      const { serveSandbox } = await import('../everyday/serve-sandbox.ts')
      await serveSandbox(options, run)
    })
