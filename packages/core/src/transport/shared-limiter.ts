import { ConfigurationError } from '../errors/kinds.ts'
import { type Clock, within } from './clock.ts'

/**
 * Counts the requests of several processes together, in a store that all of them reach. `sharedLimiter` of
 * `@parley/core/rate-limiter` makes one of a limiter of `rate-limiter-flexible`; anything else that keeps the promise of
 * `reserve` does as well.
 */
export interface SharedLimiter {
  /**
   * Takes slots for requests that go out at once. However many processes ask, at most `requests` slots of a scope are
   * taken at any time, each for `holdMs` from when it was taken.
   *
   * @throws anything when the store cannot be reached. It does not have to limit its own time: core waits two seconds.
   */
  reserve(wanted: WantedSlots): Promise<ReservedSlots>
  /**
   * What to do while the store cannot be reached. `local`: each process keeps the limit for itself, so that together
   * they may ask too much and be refused by the vendor. `fail`: a `RateLimitError`, nothing is sent. Default `local`.
   */
  readonly ifDown?: 'local' | 'fail'
}

export interface WantedSlots {
  /** Names the limit. Holds no secret. */
  scope: string
  slots: number
  requests: number
  /** The vendor's window with a margin for the way to it, in milliseconds. */
  holdMs: number
}

export interface ReservedSlots {
  /** From 0 to as many as were wanted. */
  granted: number
  /** When fewer were granted: in how many milliseconds to ask again. */
  waitMs: number
}

/** What is wrong with a limiter: one of another library looks much like one. */
export function limiterProblem(limiter: unknown): string | undefined {
  const { reserve, ifDown } = Object(limiter) as Partial<SharedLimiter>
  if (typeof reserve !== 'function')
    return 'must have a function "reserve"; sharedLimiter of @parley/core/rate-limiter makes it'
  return ifDown === undefined || ifDown === 'local' || ifDown === 'fail'
    ? undefined
    : 'must have "local" or "fail" as ifDown'
}

/** For an adapter that did not check its options. @throws ConfigurationError */
export function checkLimiter(limiter: SharedLimiter, vendor: string): void {
  const problem = limiterProblem(limiter)
  if (problem === undefined) return
  const message = `${vendor}: option "limiter" is invalid: ${problem}.`
  throw new ConfigurationError({ vendor, message, fields: [{ path: 'limiter', problem }] })
}

const longestAnswerMs = 2_000
/** After a failure the store is left alone for so long. */
const restMs = 5_000
const longestWaitMs = 60_000

/** A limiter that neither hangs nor throws. */
export interface Sharing {
  /** Until when the store is left alone. 0: it answered last time. */
  downUntil(): number
  /** @returns `undefined` when the store cannot be reached. */
  reserve(wanted: Omit<WantedSlots, 'scope'>, warn: (message: string) => void): Promise<ReservedSlots | undefined>
  readonly failsWhenDown: boolean
  shift(milliseconds: number): void
}

export function createSharing(clock: Clock, scope: string, limiter: SharedLimiter): Sharing {
  let downUntil = 0
  const failsWhenDown = limiter.ifDown === 'fail'
  return {
    failsWhenDown,
    downUntil: () => downUntil,
    async reserve(wanted, warn) {
      try {
        const { granted, waitMs } = await within(
          // Within the promise, so that what it throws at once counts as well.
          Promise.resolve().then(() => limiter.reserve({ scope, ...wanted })),
          { clock, milliseconds: longestAnswerMs, late: () => new Error('no response in time') },
        )
        downUntil = 0
        return {
          granted: Math.min(wanted.slots, Math.max(0, Math.floor(granted) || 0)),
          waitMs: Math.min(longestWaitMs, Math.max(1, Math.ceil(waitMs) || 0)),
        }
      } catch (error) {
        const isNew = downUntil === 0
        downUntil = clock.now() + restMs
        const consequence = failsWhenDown ? 'nothing is sent' : 'this process applies the limit on its own'
        if (isNew) warn(`The shared rate limiter cannot be reached${codeOf(error)}; until it can, ${consequence}.`)
        return undefined
      }
    },
    shift(milliseconds) {
      if (downUntil > 0) downUntil -= milliseconds
    },
  }
}

/** Its code and nothing else: the message of a database's error may hold its address and its password. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code) ? ` (${code})` : ''
}
