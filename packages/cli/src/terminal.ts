import { once } from 'node:events'

/** Where a command writes. */
export interface Terminal {
  /** Writes a result. Resolves when more can be written. */
  print(text: string): Promise<void>
  /** Writes what is not a result: progress, warnings, the reason for a failure. */
  note(text: string): void
  /** How many columns a line can have. */
  width: number
}

export const processTerminal: Terminal = {
  async print(text) {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain')
  },
  note: (text) => void process.stderr.write(text),
  width: Math.min(process.stdout.columns ?? 110, 130),
}
