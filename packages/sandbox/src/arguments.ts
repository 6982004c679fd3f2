import { parseArgs } from 'node:util'
import { highestPort, sandboxVendors } from './start.ts'

export interface Arguments {
  readonly seed: number
  readonly port: number
  readonly host: string
  readonly thinkingTime: number
  readonly life: boolean
  readonly json: boolean
  readonly help: boolean
}

/** Thrown for an invalid argument. Its message is for the user of the command. */
export class ArgumentError extends Error {}

export const help = `parley-sandbox: the emulated chatbot vendors, over HTTP on this machine

Usage: parley-sandbox [options]

  --seed <number>           which world to show; the same number shows the same one (default 7)
  --port <number>           the first of ${sandboxVendors.length} ports in a row; 0 takes free ones (default 4010)
  --host <address>          where to listen (default 127.0.0.1)
  --thinking-time <ms>      how long an emulated AI takes to answer (default 800)
  --life                    let customers write every 10 to 40 seconds
  --json                    print one JSON object instead of text
  --help                    print this text
`

export function readArguments(args: readonly string[]): Arguments {
  const { values } = parse(args)
  return {
    seed: wholeNumber('--seed', values.seed, Number.MAX_SAFE_INTEGER),
    port: wholeNumber('--port', values.port, highestPort),
    host: values.host === '' ? refuse('--host must not be empty') : values.host,
    thinkingTime: wholeNumber('--thinking-time', values['thinking-time'], 600_000),
    life: values.life,
    json: values.json,
    help: values.help,
  }
}

interface Values {
  readonly seed: string
  readonly port: string
  readonly host: string
  readonly 'thinking-time': string
  readonly life: boolean
  readonly json: boolean
  readonly help: boolean
}

function parse(args: readonly string[]): { values: Values } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string', default: '7' },
        port: { type: 'string', default: '4010' },
        host: { type: 'string', default: '127.0.0.1' },
        'thinking-time': { type: 'string', default: '800' },
        life: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  return value <= most ? value : refuse(`${name} must be a whole number from 0 to ${most}, not "${text}"`)
}

function refuse(message: string): never {
  throw new ArgumentError(message)
}
