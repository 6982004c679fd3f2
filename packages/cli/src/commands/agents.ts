import { Argument, Command, Option } from 'commander'
import { type CreateCommand, limitOption, type Run } from '../command.ts'
import type { ApplyOptions, OneAgentOptions } from '../everyday/agent-files.ts'
import { accountOption, accountsOption, type LiveOptions, withLiveAccounts, withLiveOptions } from '../everyday/open.ts'
import { pageSizeFor, printList } from '../everyday/print.ts'
import { dryRunOption, yesOption } from '../everyday/write.ts'
import { path } from '../input.ts'

export const agentsCommand: CreateCommand = (run) => {
  const group = new Command('agents')
    .description('list agents, or keep them as files: export, compare, and apply to the same or another vendor')
    .helpCommand(false)
  for (const command of [list(run), show(run), exportOne(run), diff(run), apply(run)]) group.addCommand(command)
  return group
}

const agentArgument = (isOptional = false): Argument =>
  new Argument(isOptional ? '[agent]' : '<agent>', 'the ref of the agent; with --account, also its id or exact name')

const fileArgument = (): Argument =>
  new Argument('<file>', 'the manifest, YAML or JSON; - reads the standard input').argParser(path)

interface ListOptions extends LiveOptions {
  account?: readonly string[]
  limit: number
  search?: string
}

function list(run: Run): Command {
  const command = new Command('list')
    .description('list the agents of one or all accounts')
    .addOption(accountsOption())
    .option('--search <text>', 'only those with this text in the name')
    .addOption(limitOption('agents', 100))
    .addHelpText('after', '\nEnds with 1 if an account could not be read; the others are shown all the same.')
    .action(async ({ account, search, ...options }: ListOptions) => {
      const { agentRows, agentsOf } = await import('../everyday/agent-files.ts')
      const query = { limit: pageSizeFor(options.limit), ...(search !== undefined && { search }) }
      await withLiveAccounts(run, options, account, (adapters, { signal }) =>
        printList(run, options, agentsOf(adapters, query, signal, run), agentRows),
      )
    })
  return withLiveOptions(command)
}

function show(run: Run): Command {
  const command = new Command('show')
    .description('show one agent, with its actions, working hours and knowledge')
    .addArgument(agentArgument())
    .addOption(accountOption())
    .addHelpText('after', '\nWith --json, it prints the agent as the library has it.')
    .action(async (agent: string, options: OneAgentOptions) => {
      const { showAgent } = await import('../everyday/agent-files.ts')
      await showAgent(agent, options, run)
    })
  return withLiveOptions(command)
}

function exportOne(run: Run): Command {
  const command = new Command('export')
    .description('print an agent as a manifest that every vendor can read')
    .addArgument(agentArgument())
    .addOption(accountOption())
    .addHelpText(
      'after',
      `
The manifest is YAML, or JSON with --json. It has no secrets. What it does not have is noted on the standard error: what only this
vendor has, files, and what its API does not show.`,
    )
    .action(async (agent: string, options: OneAgentOptions) => {
      const { exportToFile } = await import('../everyday/agent-files.ts')
      await exportToFile(agent, options, run)
    })
  return withLiveOptions(command)
}

const whichAgent = `
Without an agent, it is the one that the file was exported from, if that is of the same account; otherwise the only one with the name in
the file. Without --account, it is the account of the agent, the only one, or that of the file.`

function diff(run: Run): Command {
  const command = new Command('diff')
    .description('compare a manifest with a live agent')
    .addArgument(fileArgument())
    .addArgument(agentArgument(true))
    .addOption(accountOption())
    .option('--all', 'also show what is the same')
    .addHelpText(
      'after',
      `${whichAgent}
Ends with 0 if the agent has everything in the file, and with 1 if not. Shown, but no difference: what only the agent has, what the
vendor does not say, and ids of another account.`,
    )
    .action(async (file: string, agent: string | undefined, options: OneAgentOptions & { all?: boolean }) => {
      const { compareWithFile } = await import('../everyday/agent-files.ts')
      await compareWithFile(file, agent, options, run)
    })
  return withLiveOptions(command)
}

function apply(run: Run): Command {
  const command = new Command('apply')
    .description('bring an agent as near to a manifest as its vendor allows, and report the rest')
    .addArgument(fileArgument())
    .addArgument(agentArgument(true))
    .addOption(accountOption())
    .addOption(new Option('--create', 'create the agent if none has the name in the file'))
    .addOption(dryRunOption())
    .addOption(yesOption())
    .addHelpText(
      'after',
      `${whichAgent}
With --create, it is the one with the name in the file.
It prints what it would do, and asks before it overwrites. Nothing that the file does not mention is touched. Applying again changes
nothing; after Ctrl-C, it finishes.
Ends with 0 if everything that the vendor takes arrived, 1 if a write failed or the vendor kept something else, and 4 if a write was
accepted but does not show yet.`,
    )
    .action(async (file: string, agent: string | undefined, options: ApplyOptions) => {
      const { applyFile } = await import('../everyday/agent-files.ts')
      await applyFile(file, agent, options, run)
    })
  return withLiveOptions(command)
}
