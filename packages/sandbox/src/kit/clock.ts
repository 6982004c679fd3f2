/** Milliseconds since the epoch. */
export type Clock = () => number

/** Starts at an instant and runs on in real time, so that what clients write is later than everything seeded. */
export function runningClock(start: number): Clock {
  const origin = performance.now()
  return () => start + Math.floor(performance.now() - origin)
}

/** Stands still until it is moved: for tests that must not wait. */
export function manualClock(start: number): Clock & { advance(milliseconds: number): void } {
  let at = start
  const clock = () => at
  return Object.assign(clock, {
    advance(milliseconds: number) {
      at += milliseconds
    },
  })
}

/** Real waiting, ended early by a signal; never rejects. */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal?.addEventListener('abort', done)
  })
}
