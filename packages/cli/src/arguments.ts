import { parseArgs } from 'node:util'

export interface Arguments {
  command: 'demo' | 'help'
  json: boolean
  live: boolean
  config?: string
}

export const usage = `parley: one interface to the conversations of every chatbot vendor

Usage
  parley demo [--json]            reads, asks and replies at the emulated vendors, over HTTP
  parley demo --live [--json]     only reads, at the real vendors, with credentials from the environment

Options
  --config FILE   use this configuration file instead of one account of each vendor
  --json          print the result as JSON
  --help          this text
`

/** An unknown command or option; `message` names it. */
export class UsageError extends Error {}

/** @throws UsageError */
export function parseArguments(args: readonly string[]): Arguments {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  const { values, positionals } = parsed
  const [command = 'help', ...rest] = positionals
  if (values.help || command === 'help') return { command: 'help', json: false, live: false }
  if (command !== 'demo') throw new UsageError(`There is no command "${command}".`)
  if (rest.length > 0) throw new UsageError(`"demo" takes no argument "${rest[0]}".`)
  return {
    command,
    json: values.json,
    live: values.live,
    ...(values.config !== undefined && { config: values.config }),
  }
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      json: { type: 'boolean', default: false },
      live: { type: 'boolean', default: false },
      config: { type: 'string' },
    },
  })
