import { once } from 'node:events'

/** Where a command writes. */
export interface Terminal {
  /** Writes a result. Resolves when more can be written. */
  print(text: string): Promise<void>
  /** Writes what is not a result: progress, warnings, the reason for a failure. */
  note(text: string): void
  /** Writes a note in place of the last one that this function wrote. Missing: notes cannot be replaced, as in a file. */
  renote?: ((text: string) => void) | undefined
  /** How many columns a line can have. */
  width: number
}

/** How many lines of the last replaceable note are above the cursor. */
let replaceable = 0

export const processTerminal: Terminal = {
  async print(text) {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain')
  },
  note(text) {
    replaceable = 0
    process.stderr.write(text)
  },
  renote: process.stderr.isTTY ? replaceNote : undefined,
  width: Math.min(process.stdout.columns ?? 110, 130),
}

function replaceNote(text: string): void {
  // What has scrolled out of the window cannot be replaced.
  const lines = text.split('\n').slice(0, (process.stderr.rows ?? 24) - 1)
  const back = replaceable > 0 ? `\u001b[${replaceable}A\u001b[0J` : ''
  process.stderr.write(back + lines.join('\n'))
  replaceable = lines.length - 1
}

/**
 * A signal that is aborted when the process is asked to stop. A second Ctrl-C ends the process at once. Dispose it when the
 * work is done.
 */
export function stopSignal(terminal: Terminal): Disposable & { signal: AbortSignal } {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(130)
    terminal.note('Stopping. Ctrl-C again ends it at once.\n')
    controller.abort()
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => void process.off('SIGINT', stop).off('SIGTERM', stop),
  }
}
