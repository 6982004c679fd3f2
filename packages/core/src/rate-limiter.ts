import { checkFunctionOptions, methodsOption, optional } from './config/option-schema.ts'
import { ConfigurationError } from './errors/kinds.ts'
import { type Clock, systemClock } from './transport/clock.ts'
import type { SharedLimiter, WantedSlots } from './transport/shared-limiter.ts'

/** What is used of a limiter of `rate-limiter-flexible`: counting under a key that is forgotten after a time. */
export interface CountingLimiter {
  penalty(
    key: string,
    points?: number,
    options?: { customDuration?: number },
  ): Promise<{ readonly consumedPoints: number; readonly msBeforeNext: number }>
}

export interface SharedLimiterOptions {
  /** What to do while the store cannot be reached; see `SharedLimiter`. Default `local`. */
  ifDown?: 'local' | 'fail'
  clock?: Pick<Clock, 'now'>
}

/** A slot of the ring that it is our turn to take. */
interface Turn {
  slot: number
  /** Somebody has it until then; it may be tried from then on. */
  freeAt: number
}

const turnsLastSeconds = 86_400
/** A turn that was not used for so long is given up: the ring has moved on, and its slot may be somebody else's again. */
const staleMs = 1000

/**
 * Makes processes share the vendor's rate limit, through any limiter of `rate-limiter-flexible`: `RateLimiterPostgres`,
 * `RateLimiterRedis`, one with an `insuranceLimiter`, or `RateLimiterMemory` for a single process.
 *
 * The limiter only counts. How many requests go in which time is the vendor's, so its `points`, `duration` and
 * `blockDuration` are not used; its `keyPrefix` is. A store that counts in whole seconds, as Redis does, keeps a slot
 * up to a second longer.
 *
 * A fixed window, which is what those limiters have, lets twice the number through where two windows meet. So the limit
 * is a ring of slots, each of which is one key that lives for the vendor's window. A counter tells whose turn it is at
 * which slot: a slot is taken again when its key is gone, one whole window after it was taken last.
 *
 * The clocks of the processes have to agree to within a twentieth of the vendor's window, but for stores that bring
 * their own, as Redis does.
 *
 * @throws ConfigurationError for something that cannot count.
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

  /** The turns to try now: those that were not used yet, and as many new ones as are missing. */
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

  /** @returns whether the slot is ours; else when it is free is known then. */
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

/** For how long a key is to live, in the seconds that limiters take. */
export interface Hold {
  seconds(milliseconds: number): number
  /** What a store made of it. */
  learn(milliseconds: number, lives: number): void
}

/** A time to live is read in the same command that sets it, so it is off by no more. */
const readingTakesMs = 5

/**
 * Some stores count in whole seconds and cut the rest off, which would take the margin away; from the first key on that
 * shows it, the time is rounded up for them. None is below a second: it would be cut to 0, which is for ever.
 */
export function createHold(): Hold {
  let wholeSeconds = false
  return {
    seconds(milliseconds) {
      if (wholeSeconds) return Math.ceil(milliseconds / 1000)
      // Limiters multiply by 1000 again, and PostgreSQL refuses what is not whole then.
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
