import { createHash } from 'node:crypto'
import { currentProcess } from './machine.ts'
import { type Random, randomOf } from './random.ts'

/*
 * What the bundled code finds in place of the globals whose results no seed decides: real timers, the system's clock, random
 * ids, and a digest that is made in another thread.
 */

let random: Random = randomOf(0)
/** Begins the random ids anew. */
export function seedGlobals(seed: Random): void {
  random = seed
}

interface Timer {
  unref(): Timer
  ref(): Timer
  cancel(): void
}

export function simulatedSetTimeout(callback: () => void, milliseconds = 0): Timer {
  const process = currentProcess()
  if (!process) throw new Error('A timer was set outside of every process.')
  const timer: Timer = {
    unref: () => timer,
    ref: () => timer,
    cancel: process.clock.after(milliseconds, () => process.run(async () => callback())),
  }
  return timer
}

export function simulatedClearTimeout(timer: Timer | undefined): void {
  timer?.cancel()
}

export function simulatedNow(): number {
  return currentProcess()?.clock.now() ?? Date.UTC(2026, 0, 15, 12)
}

const hex = (length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')

export const simulatedCrypto = {
  randomUUID: (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
  subtle: {
    digest: async (algorithm: string, bytes: Uint8Array): Promise<ArrayBuffer> => {
      const digest = createHash(algorithm.replace('-', '').toLowerCase()).update(bytes).digest()
      return digest.buffer.slice(digest.byteOffset, digest.byteOffset + digest.byteLength) as ArrayBuffer
    },
  },
}
