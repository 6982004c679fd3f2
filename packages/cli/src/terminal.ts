import { createInterface } from 'node:readline/promises'
import { isParleyError } from '@parley/core'
import stringWidth from 'string-width'
import { forPeople } from './text.ts'

/** The standard output cannot be written. The code of the cause is `EPIPE` if its reader has gone, as `head` does. */
export class OutputError extends Error {}

/** Where a command writes. */
export interface Terminal {
  /** Writes a result. @throws OutputError */
  print(text: string): Promise<void>
  /** Writes what is not a result: progress, warnings, the reason for a failure. */
  note(text: string): void
  /** Writes a note in place of the last one that this function wrote. Missing: notes cannot be replaced, as in a file. */
  renote?: ((text: string) => void) | undefined
  /**
   * Asks a person, who answers with a line. Missing: there is nobody to ask, as in a script. `undefined`: the person ended the
   * input without an answer.
   */
  ask?: ((question: string, signal?: AbortSignal) => Promise<string | undefined>) | undefined
  /** How many columns a line can have. It changes with the terminal. */
  readonly width: number
}

/** The lines of the last replaceable note, above the cursor. */
let replaceable: readonly string[] = []

export const processTerminal: Terminal = {
  print: (text) =>
    new Promise((resolve, reject) => {
      process.stdout.write(text, (cause) => (cause ? reject(new OutputError('', { cause })) : resolve()))
    }),
  note(text) {
    replaceable = []
    process.stderr.write(forPeople(text))
  },
  renote: process.stderr.isTTY ? replaceNote : undefined,
  ask: process.stdin.isTTY && process.stderr.isTTY ? ask : undefined,
  get width() {
    const { COLUMNS = '' } = process.env
    const set = /^[1-9]\d{0,3}$/.test(COLUMNS) ? Number(COLUMNS) : undefined
    // A terminal that does not know its size has 0 columns.
    return Math.min(process.stdout.columns || set || process.stderr.columns || 110, 130)
  },
}

function replaceNote(text: string): void {
  const { columns = 80, rows = 24 } = process.stderr
  // What has scrolled out of the window cannot be replaced.
  const lines = forPeople(text)
    .split('\n')
    .slice(0, rows - 1)
  // The window may be narrower than when they were written.
  const back = replaceable.reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0)
  process.stderr.write((back > 0 ? `\u001b[${Math.min(back, rows - 1)}A\u001b[0J` : '') + lines.join('\n'))
  replaceable = lines.slice(0, -1)
}

async function ask(question: string, signal?: AbortSignal): Promise<string | undefined> {
  replaceable = []
  // Without the line editor, the terminal itself turns Ctrl-C into a signal, as everywhere else in a command.
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  try {
    const ended = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)))
    return await Promise.race([lines.question(forPeople(question), signal ? { signal } : {}), ended])
  } finally {
    lines.close()
  }
}

/** Writes what no result shows, such as a database that is away. What repeats is written once. */
export function noteErrors(terminal: Terminal): (error: unknown) => void {
  let last = ''
  return (error) => {
    const message = isParleyError(error) ? error.message : 'An unexpected error, after which the work goes on.'
    if (message !== last) terminal.note(`${message}\n`)
    last = message
  }
}

interface Stop extends Disposable {
  signal: AbortSignal
  /** Whether the reason is that nobody reads the notes any more. */
  readonly isUnheard: boolean
}

/**
 * A signal that is aborted when the process is asked to stop, or when the reader of the standard error has gone. A second
 * Ctrl-C ends the process at once. Dispose it when the work is done.
 */
export function stopSignal(terminal: Terminal): Stop {
  const controller = new AbortController()
  let isUnheard = false
  const stop = () => {
    if (controller.signal.aborted) process.exit(130)
    terminal.note('Stopping. Ctrl-C again ends it at once.\n')
    controller.abort()
  }
  const unheard = () => {
    isUnheard ||= !controller.signal.aborted
    controller.abort()
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  process.stderr.on('error', unheard)
  return {
    signal: controller.signal,
    get isUnheard() {
      return isUnheard
    },
    [Symbol.dispose]() {
      process.off('SIGINT', stop).off('SIGTERM', stop)
      process.stderr.off('error', unheard)
    },
  }
}

/** Cleans up when the process ends early, also by Ctrl-C, until it is disposed. */
export function onEarlyEnd(cleanUp: () => void): Disposable {
  const stop = () => process.exit(130)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, stop)
  process.on('exit', cleanUp)
  return {
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, stop)
      process.off('exit', cleanUp)
    },
  }
}
