import { defaultNow } from '../world/create-world.ts'
import { type Clock, idle, watchRequests } from './clock.ts'

export interface TestClockOptions {
  /**
   * `true`: time moves by itself. Whenever the program has nothing to do but wait, time jumps to the end of the
   * shortest wait. So you can await an operation as usual, and an hour takes milliseconds. Default `false`: only
   * `advance` moves the time.
   */
  readonly automatic?: boolean
}

/** A clock for tests, shared by the adapters (their option `clock`) and the sandbox. */
export interface TestClock extends Clock {
  /**
   * Moves time forward. Pending work finishes first. Then each due wait ends in order, at its own instant, and the work
   * that it triggers finishes before the next wait ends.
   *
   * @throws RangeError when `milliseconds` is not a number from 0 upwards.
   */
  advance(milliseconds: number): Promise<void>
  /** Milliseconds since the start. */
  readonly elapsed: number
  /** How many waits and deadlines are active. It should be 0 after a test. */
  readonly pending: number
  /** The waits and deadlines that have ended because time passed, in milliseconds, in order. */
  readonly waits: readonly number[]
}

interface Timer {
  readonly due: number
  readonly milliseconds: number
  readonly callback: () => void
}

/**
 * Creates a clock that stands still until a test moves it.
 *
 * ```ts
 * const clock = testClock('2026-01-01T09:00:00Z')
 * const { liveChatAI: vendor } = await sandbox.start({ clock })
 * const desk = liveChatAI({ ...vendor.credentials, baseUrl: `${vendor.url}/api/v2`, clock })
 * await clock.advance(30_000)
 * ```
 *
 * It knows of the requests that Node's own `fetch` makes in this process and of the digests and signatures of
 * `crypto.subtle`, whose functions it wraps for that, and lets no time pass while one is under way.
 * One that an emulator holds back (`thinkingTime`, the faults `delay` and `hang`) does not count as under way.
 *
 * @param start an ISO 8601 instant, or milliseconds since the epoch. Default: when the sandbox's story ends.
 * @throws RangeError when `start` is no instant.
 */
export function testClock(
  start: string | number = defaultNow,
  { automatic = false }: TestClockOptions = {},
): TestClock {
  const from = typeof start === 'number' ? start : Date.parse(start)
  if (!Number.isFinite(from)) throw new RangeError('start must be an ISO 8601 instant or milliseconds since the epoch')
  watchRequests()
  let now = from
  let isRunning = false
  let moving = Promise.resolve()
  const timers = new Set<Timer>()
  const waits: number[] = []

  /** The timer that is due first. Of two timers at one instant, the one that was set first. */
  const next = (until: number): Timer | undefined => {
    let first: Timer | undefined
    for (const timer of timers) if (timer.due <= until && (!first || timer.due < first.due)) first = timer
    return first
  }

  const fire = (timer: Timer) => {
    timers.delete(timer)
    now = Math.max(now, timer.due)
    waits.push(timer.milliseconds)
    timer.callback()
  }

  async function move(milliseconds: number): Promise<void> {
    await idle()
    const end = now + milliseconds
    for (let timer = next(end); timer; timer = next(end)) {
      fire(timer)
      await idle()
    }
    now = Math.max(now, end)
  }

  async function run(): Promise<void> {
    isRunning = true
    try {
      while (timers.size > 0) {
        await idle()
        const timer = next(Number.POSITIVE_INFINITY)
        if (timer) fire(timer)
      }
    } finally {
      isRunning = false
    }
  }

  return {
    now: () => now,
    after(milliseconds, callback) {
      const timer = { due: now + Math.max(0, milliseconds), milliseconds, callback }
      timers.add(timer)
      if (automatic && !isRunning) void run()
      return () => {
        timers.delete(timer)
      }
    },
    advance(milliseconds) {
      if (!(milliseconds >= 0 && Number.isFinite(milliseconds)))
        return Promise.reject(new RangeError('milliseconds must be a number from 0 upwards'))
      // One after the other, so that two calls add up.
      const moved = moving.then(() => move(milliseconds))
      moving = moved.catch(() => {})
      return moved
    },
    get elapsed() {
      return now - from
    },
    get pending() {
      return timers.size
    },
    waits,
  }
}
