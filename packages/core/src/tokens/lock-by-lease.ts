import { checkFunctionOptions } from '../config/check-options.ts'
import { clockOption, functionOption, methodsOption, optional } from '../config/option-schema.ts'
import { type Clock, sleep, systemClock } from '../transport/clock.ts'
import type { TokenStore } from './token-store.ts'

/** A lock that runs out by itself. Each method is one atomic step in the database; `docs/credentials.md` has them in SQL. */
export interface Lease {
  /**
   * Gives `key` to `owner` for so many milliseconds from now: when nobody has it, when its time is up, or when `owner`
   * has it already and extends it. Resolves to whether `owner` has it now.
   */
  take(key: string, owner: string, milliseconds: number): Promise<boolean>
  /** Ends it before its time. Does nothing when `owner` does not have it any more. */
  release(key: string, owner: string): Promise<void>
}

/**
 * How long a lease outlives its holder. Vendors that rotate refresh tokens repeat a lost answer for a while, typically
 * 30 seconds; whoever takes over from a process that died in between should still be in time.
 */
const leaseTime = 10_000

/** The first and the longest pause between two tries to get a lease that somebody else has. */
const pauses = { first: 20, longest: 400 }

/**
 * The `lock` of a `TokenStore`, made of leases: tried until it is taken, extended while the work runs.
 *
 * @throws ConfigurationError
 */
export function lockByLease(lease: Lease, options: { clock?: Clock; random?: () => number } = {}): TokenStore['lock'] {
  const checks = { clock: optional(clockOption), random: optional(functionOption) }
  checkFunctionOptions('lockByLease', options, checks)
  checkFunctionOptions('lockByLease', { lease }, { lease: methodsOption('take', 'release') })
  const { clock = systemClock, random = Math.random } = options
  return async (key, work) => {
    const owner = crypto.randomUUID()
    for (let pause = pauses.first; !(await lease.take(key, owner, leaseTime)); ) {
      await sleep(clock, Math.round(pause * (0.5 + random() / 2)))
      pause = Math.min(pause * 2, pauses.longest)
    }
    const done = new AbortController()
    const kept = keep(lease, key, owner, clock, done.signal)
    try {
      return await work()
    } finally {
      done.abort()
      // Extended after its release, it would be nobody's for its whole time.
      await kept
      // What cannot be released runs out.
      await lease.release(key, owner).catch(() => {})
    }
  }
}

/** Extends a lease until told that it is done, or until it is somebody else's. Never rejects. */
async function keep(lease: Lease, key: string, owner: string, clock: Clock, done: AbortSignal): Promise<void> {
  for (let isMine = true; isMine; ) {
    try {
      await sleep(clock, leaseTime / 3, done)
    } catch {
      return
    }
    isMine = await lease.take(key, owner, leaseTime).catch(() => true)
  }
}
