/** Time, injected, so that tests and simulations control it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back once after this many milliseconds. The returned function cancels the call. */
  after(milliseconds: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, callback) => {
    // Node.js and browsers fire at once if the number is larger than 2^31 - 1.
    const timer = setTimeout(callback, Math.min(milliseconds, 2_147_483_647))
    return () => clearTimeout(timer)
  },
}

/** Waits. @throws the signal's reason as soon as the caller aborts. */
export function sleep(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const giveUp = () => {
      cancel()
      reject(signal?.reason)
    }
    const cancel = clock.after(milliseconds, () => {
      signal?.removeEventListener('abort', giveUp)
      resolve()
    })
    signal?.addEventListener('abort', giveUp, { once: true })
  })
}

/** Waits for work that cannot be stopped, until the caller aborts. @throws the signal's reason. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = new AbortController()
  const giveUp = () => over.abort(signal.reason)
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    return await Promise.race([work, aborted(over.signal)])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

/**
 * Waits for work that cannot be stopped, until the time is up or the caller aborts. The work then continues, and a later
 * failure of it is ignored.
 *
 * @throws `late()` when the time is up; the signal's reason when the caller aborts.
 */
export async function within<T>(
  work: Promise<T>,
  time: { clock: Clock; milliseconds: number; signal?: AbortSignal | undefined; late: () => Error },
): Promise<T> {
  const over = new AbortController()
  const giveUp = () => over.abort(time.signal?.reason)
  if (time.signal?.aborted) giveUp()
  else time.signal?.addEventListener('abort', giveUp, { once: true })
  const cancel = time.clock.after(time.milliseconds, () => over.abort(time.late()))
  try {
    return await Promise.race([work, aborted(over.signal)])
  } finally {
    cancel()
    time.signal?.removeEventListener('abort', giveUp)
  }
}

/** Never resolves; rejects with the signal's reason. */
export const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
