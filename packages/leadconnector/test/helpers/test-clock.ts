import type { Clock } from '@parley/core'

export interface TestClock extends Clock {
  /** The waits that passed, in milliseconds, oldest first. */
  readonly waits: number[]
  /** Fires the deadlines that are longer than a wait. */
  expire(): void
}

/** Time in which waits up to 15 seconds pass at once, one after the other; longer ones (deadlines) on demand only. */
export function testClock(start = '2026-01-02T10:00:00.000Z'): TestClock {
  let now = Date.parse(start)
  const waits: number[] = []
  const deadlines = new Set<() => void>()
  return {
    waits,
    now: () => now,
    after(milliseconds, callback) {
      if (milliseconds > 15_000) {
        deadlines.add(callback)
        return () => deadlines.delete(callback)
      }
      const timer = setImmediate(() => {
        now += milliseconds
        waits.push(milliseconds)
        callback()
      })
      return () => clearImmediate(timer)
    },
    expire() {
      for (const callback of [...deadlines]) callback()
    },
  }
}
