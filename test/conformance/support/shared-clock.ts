import type { Clock } from '@parley/core'

/** Longer timers are deadlines, which no test waits for; shorter ones are waits, which pass at once. */
const longestWait = 11_000

/** One time for the adapter and its server: it stands still but for the waits of the adapter. */
export interface SharedClock extends Clock {
  /** The same clock as the emulators take it. */
  server: () => number
  advance(milliseconds: number): void
}

export function sharedClock(start: number): SharedClock {
  let now = start
  return {
    now: () => now,
    server: () => now,
    advance(milliseconds) {
      now += milliseconds
    },
    after(milliseconds, callback) {
      if (milliseconds > longestWait) return () => {}
      const timer = setImmediate(() => {
        now += milliseconds
        callback()
      })
      return () => clearImmediate(timer)
    },
  }
}
