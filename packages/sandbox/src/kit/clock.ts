/** Time, injected. It has the shape of the `Clock` of `@parley/core`, so one clock serves an adapter and its vendor. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back once after so many milliseconds; the returned function cancels. */
  after(milliseconds: number, callback: () => void): () => void
}

/** Starts at an instant and runs on in real time, so that what clients write is later than everything seeded. */
export function runningClock(start: number): Clock {
  const origin = performance.now()
  return {
    now: () => start + Math.floor(performance.now() - origin),
    after(milliseconds, callback) {
      const timer = setTimeout(callback, Math.min(milliseconds, 2_147_483_647))
      return () => clearTimeout(timer)
    },
  }
}

/** Waits, until a signal ends it early; never rejects. */
export function wait(clock: Pick<Clock, 'after'>, milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      cancel()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(milliseconds, done)
    signal?.addEventListener('abort', done)
  })
}
