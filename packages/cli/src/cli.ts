import { isParleyError } from '@parley/core'
import { Command, CommanderError } from 'commander'
import { CommandError, type Run } from './command.ts'
import { accountsCommand } from './commands/accounts.ts'
import { agentsCommand } from './commands/agents.ts'
import { askCommand } from './commands/ask.ts'
import { completionCommand } from './commands/completion.ts'
import { conversationsCommand } from './commands/conversations.ts'
import { demoCommand } from './commands/demo.ts'
import { doctorCommand } from './commands/doctor.ts'
import { evaluateCommand } from './commands/evaluate.ts'
import { exportCommand } from './commands/export.ts'
import { helpCommand } from './commands/help.ts'
import { importCommand } from './commands/import.ts'
import { inboxCommand } from './commands/inbox.ts'
import { messagesCommand } from './commands/messages.ts'
import { portabilityCommand } from './commands/portability.ts'
import { reconcileCommand } from './commands/reconcile.ts'
import { replyCommand } from './commands/reply.ts'
import { sandboxCommand } from './commands/sandbox.ts'
import { searchCommand } from './commands/search.ts'
import { statusCommand } from './commands/status.ts'
import { syncCommand } from './commands/sync.ts'
import { isNodeOld, nodeAdvice } from './doctor/versions.ts'
import { type ExitCode, exitCodeText } from './exit-codes.ts'
import { manifest } from './manifest.ts'
import { OutputError, type Terminal } from './terminal.ts'
import { wrap } from './text.ts'

/** Runs the command that the arguments name. A failure that can be expected is printed as one message, without a stack. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const current: Run = { terminal, exitCode: 0 }
  const help: string[] = []
  try {
    try {
      await createProgram(current, help).parseAsync(args.length === 0 ? ['help'] : args, { from: 'user' })
    } finally {
      if (help.length > 0) await terminal.print(help.join(''))
    }
    return current.exitCode
  } catch (error) {
    return exitCodeOf(error, current)
  }
}

/** The help that is asked for comes into `help`, because commander would not wait until it is written. */
function createProgram(current: Run, help: string[]): Command {
  const { terminal } = current
  const program = new Command('parley')
    .description('One interface to the conversations of every chatbot vendor.')
    .version(manifest().version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    // Else "parley inbox" would take the options of its commands.
    .enablePositionalOptions()
    .showHelpAfterError('"parley --help" lists the commands, "parley COMMAND --help" the options of one.')
    .addHelpText(
      'after',
      () => `
${exitCodeText(terminal.width)}

The store, unless --store, PARLEY_STORE or the configuration names it, is the folder parley-store; with --sandbox, parley-sandbox.
PARLEY_CONFIG names a configuration file in place of --config. "parley inbox --sandbox" keeps nothing.`,
    )
    // With the arguments of each command, a narrow terminal would have no room for what the commands do.
    .configureHelp({ minWidthToWrap: 20, subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => help.push(wrapped(text, terminal.width)),
      writeErr: terminal.note,
      getOutHelpWidth: () => terminal.width,
    })
    .hook('preAction', (_, command) => takeConfigOfEnvironment(command))
    .exitOverride()
  for (const create of [
    accountsCommand,
    agentsCommand,
    conversationsCommand,
    messagesCommand,
    askCommand,
    replyCommand,
    reconcileCommand,
    portabilityCommand,
    evaluateCommand,
    sandboxCommand,
    syncCommand,
    statusCommand,
    searchCommand,
    inboxCommand,
    exportCommand,
    importCommand,
    doctorCommand,
    demoCommand,
    completionCommand,
  ])
    program.addCommand(inherit(create(current), program))
  program.addCommand(inherit(helpCommand(program.commands), program))
  return program
}

/** Commander wraps its own lists, and nothing of the text below them. */
const wrapped = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) => (line.startsWith(' ') ? [line] : wrap(line, width)))
    .join('\n')

/** Emulated accounts need no configuration, so that `PARLEY_CONFIG` is no mistake there, unlike `--config`. */
function takeConfigOfEnvironment(command: Command): void {
  const { PARLEY_CONFIG } = process.env
  const { config, sandbox, live } = command.opts<{ config?: string; sandbox?: boolean; live?: boolean }>()
  const isEmulated = sandbox ?? (command.name() === 'demo' && live === undefined)
  const takesOne = command.options.some(({ long }) => long === '--config')
  if (PARLEY_CONFIG && takesOne && config === undefined && !isEmulated)
    command.setOptionValueWithSource('config', PARLEY_CONFIG, 'env')
}

function inherit(command: Command, from: Command): Command {
  command.copyInheritedSettings(from)
  // A group says itself that a word is none of its commands. The setting is inherited, and is wrong for those commands.
  command.allowExcessArguments(command.commands.length > 0)
  for (const part of command.commands) inherit(part, command)
  return command
}

/** Prints the failure, unless it was printed before. */
function exitCodeOf(error: unknown, { terminal, exitCode }: Run): ExitCode {
  // Commander has printed what is wrong. Help also ends here, with success.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (isParleyError(error)) {
    terminal.note(`${error.message}\n`)
    return error.code === 'configuration' ? 2 : 1
  }
  if (error instanceof CommandError) {
    terminal.note(`${error.message}\n`)
    return error.exitCode
  }
  if (error instanceof OutputError) {
    const { code } = error.cause as NodeJS.ErrnoException
    // Nobody reads the result, which is no failure of the command.
    if (code === 'EPIPE') return exitCode
    terminal.note(`The standard output cannot be written (${code}).\n`)
    return 1
  }
  const { name, code, stack } = error as NodeJS.ErrnoException
  // The message of an unexpected error can contain anything, also a secret. Its kind and its place cannot.
  const [, place] = /\((?:.*[\\/])?([^\\/]+:\d+):\d+\)$/m.exec(stack ?? '') ?? []
  terminal.note(`An unexpected error: ${[name, code, place].filter(Boolean).join(', ')}.\n`)
  if (isNodeOld()) terminal.note(`${nodeAdvice} This is ${process.versions.node}.\n`)
  return 1
}
