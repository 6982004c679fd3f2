import { ConfigurationError } from '../errors/kinds.ts'
import { type Clock, within } from './clock.ts'

/**
 * Counts the requests of several processes together, in a store that they share. `sharedLimiter` of
 * `@parley/core/rate-limiter` creates one from a limiter of `rate-limiter-flexible`. Other implementations must keep
 * the promise of `reserve`.
 */
export interface SharedLimiter {
  /**
   * Takes slots for requests that are sent at once. For all processes together, at most `requests` slots of a scope are
   * taken at any time. Each is held for `holdMs` from the time when it was taken.
   *
   * @throws anything when the store cannot be reached. It needs no time limit of its own: core waits two seconds.
   */
  reserve(wanted: WantedSlots): Promise<ReservedSlots>
  /**
   * What to do while the store cannot be reached. `local`: each process keeps the limit for itself, so that together
   * they may exceed it and the vendor may refuse requests. `fail`: throws a `RateLimitError` and sends nothing. Default
   * `local`.
   */
  readonly ifDown?: 'local' | 'fail'
}

export interface WantedSlots {
  /** Names the limit. Holds no secret. */
  scope: string
  slots: number
  requests: number
  /** The vendor's window plus a margin for the network, in milliseconds. */
  holdMs: number
}

export interface ReservedSlots {
  /** From 0 to the wanted number. */
  granted: number
  /** If fewer slots were granted: when to ask again, in milliseconds. */
  waitMs: number
}

/** The problem with a limiter, if any. A limiter of another library may look similar. */
export function limiterProblem(limiter: unknown): string | undefined {
  const { reserve, ifDown } = Object(limiter) as Partial<SharedLimiter>
  if (typeof reserve !== 'function')
    return 'must have a function "reserve"; sharedLimiter of @parley/core/rate-limiter makes it'
  return ifDown === undefined || ifDown === 'local' || ifDown === 'fail'
    ? undefined
    : 'must have "local" or "fail" as ifDown'
}

/** Used for an adapter that did not check its options. @throws ConfigurationError */
export function checkLimiter(limiter: SharedLimiter, vendor: string): void {
  const problem = limiterProblem(limiter)
  if (problem === undefined) return
  const message = `${vendor}: option "limiter" is invalid: ${problem}.`
  throw new ConfigurationError({ vendor, message, fields: [{ path: 'limiter', problem }] })
}

const longestAnswerMs = 2_000
/** How long the store is not asked after a failure. */
const restMs = 5_000
const longestWaitMs = 60_000

/** A limiter that neither hangs nor throws. */
export interface Sharing {
  /** Until when the store is not asked. 0: its last call succeeded. */
  downUntil(): number
  /** @returns `undefined` if the store cannot be reached. */
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
          // Called inside the promise chain, so that a synchronous error counts as well.
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

/** Only the error's code, because a database's message may contain its address and password. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code) ? ` (${code})` : ''
}
