import { checkFunctionOptions, methodsOption, optional } from './config/option-schema.ts'
import { ConfigurationError } from './errors/kinds.ts'
import { type Clock, systemClock } from './transport/clock.ts'
import type { SharedLimiter, WantedSlots } from './transport/shared-limiter.ts'

/** The part of a `rate-limiter-flexible` limiter that is used: counting under a key that expires. */
export interface CountingLimiter {
  penalty(
    key: string,
    points?: number,
    options?: { customDuration?: number },
  ): Promise<{ readonly consumedPoints: number; readonly msBeforeNext: number }>
}

export interface SharedLimiterOptions {
  /** What to do while the store is unreachable; see `SharedLimiter`. Default `local`. */
  ifDown?: 'local' | 'fail'
  clock?: Pick<Clock, 'now'>
}

/** A slot of the ring that this process may take next. */
interface Turn {
  slot: number
  /** The slot is taken until then; try it again afterwards. */
  freeAt: number
}

const turnsLastSeconds = 86_400
/**
 * A turn that stays unused this long is released, because the ring has moved on and another process may have the slot.
 */
const staleMs = 1000

/**
 * Makes processes share the vendor's rate limit, through any limiter of `rate-limiter-flexible`: `RateLimiterPostgres`,
 * `RateLimiterRedis`, one with an `insuranceLimiter`, or `RateLimiterMemory` for a single process.
 *
 * The limiter only counts. The vendor sets the number of requests and the window, so the limiter's `points`, `duration`
 * and `blockDuration` are ignored; its `keyPrefix` is used. A store that counts in whole seconds, as Redis does, keeps
 * a slot up to a second longer.
 *
 * A fixed window, as those limiters have, would allow twice the number of requests where two windows meet. So the limit
 * is a ring of slots. Each slot is a key that lives for the vendor's window, and a counter assigns the slots in turn. A
 * slot can be taken again when its key has expired, one whole window after it was last taken.
 *
 * The clocks of the processes must agree to within a twentieth of the vendor's window, except with stores that have
 * their own clock, such as Redis.
 *
 * @throws ConfigurationError for an object that is not such a limiter.
 */
export function sharedLimiter(limiter: CountingLimiter, options: SharedLimiterOptions = {}): SharedLimiter {
  if (typeof (limiter as Partial<CountingLimiter> | undefined)?.penalty !== 'function') {
    const problem = 'must be a rate-limiter-flexible limiter with a "penalty" function'
    throw new ConfigurationError({ message: `limiter ${problem}.`, fields: [{ path: 'limiter', problem }] })
  }
  checkFunctionOptions('sharedLimiter', options, {
    ifDown: optional((value) => (value === 'local' || value === 'fail' ? undefined : 'must be "local" or "fail"')),
    clock: optional(methodsOption('now')),
  })
  const { ifDown = 'local', clock = systemClock } = options
  const waiting = new Map<string, Turn[]>()
  const hold = createHold()

  /** The turns to try now: the unused ones, and as many new ones as are missing. */
  const turnsFor = async ({ scope, slots, requests }: WantedSlots): Promise<Turn[]> => {
    const now = clock.now()
    const left = (waiting.get(scope) ?? []).filter(({ slot, freeAt }) => slot < requests && freeAt > now - staleMs)
    waiting.delete(scope)
    const missing = slots - left.length
    if (missing <= 0) return left
    const { consumedPoints } = await limiter.penalty(`${scope} turn`, missing, { customDuration: turnsLastSeconds })
    for (let turn = consumedPoints - missing; turn < consumedPoints; turn++)
      left.push({ slot: turn % requests, freeAt: now })
    return left
  }

  /** @returns whether the slot is ours; otherwise `freeAt` is known. */
  const take = async (scope: string, turn: Turn, holdMs: number): Promise<boolean> => {
    const counted = await limiter.penalty(`${scope} ${turn.slot}`, 1, { customDuration: hold.seconds(holdMs) })
    if (counted.consumedPoints === 1) {
      hold.learn(holdMs, counted.msBeforeNext)
      return true
    }
    turn.freeAt = clock.now() + Math.max(1, counted.msBeforeNext)
    return false
  }

  return {
    ifDown,
    async reserve(wanted) {
      const { scope, slots, holdMs } = wanted
      const turns = await turnsFor(wanted)
      const now = clock.now()
      const tried = turns.filter(({ freeAt }, index) => index < slots && freeAt <= now)
      const taken = await Promise.all(tried.map((turn) => take(scope, turn, holdMs)))
      const used = new Set(tried.filter((_, index) => taken[index]))
      const left = turns.filter((turn) => !used.has(turn))
      if (left.length > 0) waiting.set(scope, [...(waiting.get(scope) ?? []), ...left])
      const free = Math.min(...left.map(({ freeAt }) => freeAt))
      return { granted: used.size, waitMs: left.length > 0 ? Math.max(1, free - clock.now()) : 0 }
    },
  }
}

/** The lifetime of a key, in the seconds that limiters use. */
export interface Hold {
  seconds(milliseconds: number): number
  /** The lifetime that the store really set. */
  learn(milliseconds: number, lives: number): void
}

/** The store reads the time to live in the same command that sets it, so the difference is small. */
const readingTakesMs = 5

/**
 * Some stores count in whole seconds and round down, which would remove the margin. The first key shows this; from then
 * on, the time is rounded up. It is never below a second, because 0 means forever.
 */
export function createHold(): Hold {
  let wholeSeconds = false
  return {
    seconds(milliseconds) {
      if (wholeSeconds) return Math.ceil(milliseconds / 1000)
      // Limiters multiply by 1000 again, and PostgreSQL refuses fractions.
      let whole = Math.max(1000, Math.ceil(milliseconds))
      while (!Number.isInteger((whole / 1000) * 1000)) whole++
      return whole / 1000
    },
    learn(milliseconds, lives) {
      const cut = Math.floor(milliseconds / 1000) * 1000
      if (cut < milliseconds && lives <= cut && lives > cut - readingTakesMs) wholeSeconds = true
    },
  }
}
