import type { Clock } from '@parley/core'

/** A clock for both an adapter and a check. */
export interface LiveClock extends Clock {
  /** Moves the clock ahead at once. Timers do not fire for this. */
  advance(milliseconds: number): void
}

/**
 * A clock that runs `speed` times as fast as the real one. A server on this machine answers quickly, so deadlines and
 * waits between attempts can be that much shorter.
 */
export function fastClock(speed: number): LiveClock {
  const origin = Date.now()
  let ahead = 0
  return {
    now: () => origin + ahead + Math.round((Date.now() - origin) * speed),
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds / speed)
      return () => clearTimeout(timer)
    },
    advance(milliseconds) {
      ahead += milliseconds
    },
  }
}
