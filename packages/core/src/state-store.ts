import {
  checkFunctionOptions,
  clockOption,
  functionOption,
  methodsOption,
  type OptionCheck,
  optional,
} from './config/option-schema.ts'
import { type Clock, sleep, systemClock } from './transport/clock.ts'

/**
 * Keeps small values that must survive: OAuth tokens, of which a refresh token works once and is then replaced, and which
 * contact and conversation a visitor has. Implement it over any database. A value is an opaque string of at most a few
 * kilobytes; it can be a secret or about a person, so protect it like both. A key has no personal data.
 *
 * Every process that shares the store must read the latest value, so no method may answer from a cache.
 */
export interface StateStore {
  /** The value that was set last. `undefined` or `null`: there is none. */
  get(key: string): Promise<string | null | undefined>
  /** Resolves when the value survives a crash. It is used only after that. */
  set(key: string, value: string): Promise<void>
  /** Deleting a missing key is not an error. */
  delete(key: string): Promise<void>
  /**
   * Runs `work` under an exclusive lock for the key, across all processes that share the store. Waits for the lock,
   * returns what `work` returns and throws what it throws. `work` calls `get`, `set` and `delete`, and may lock another
   * key.
   *
   * The lock of a holder that dies must end: with its connection, or as a lease that expires, ideally within ten
   * seconds (`lockByLease`). A holder that is only suspended can therefore lose its lock without noticing. This does no
   * lasting harm, because Parley reads the value again before it replaces it.
   */
  lock<T>(key: string, work: () => Promise<T>): Promise<T>
}

const methods = ['get', 'set', 'delete', 'lock'] as const

/** The check of an option that is a `StateStore`, which may be an object of any class. */
export const stateStoreOption: OptionCheck = (value) => {
  const store = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  return methods.every((method) => typeof store[method] === 'function')
    ? undefined
    : `must be a state store, an object with ${methods.join(', ')}`
}

/** Keeps the values in memory: they last as long as the process. For tests, and for programs that begin anew at each start. */
export function memoryStore(): StateStore {
  const values = new Map<string, string>()
  return {
    get: async (key) => values.get(key),
    set: async (key, value) => void values.set(key, value),
    delete: async (key) => void values.delete(key),
    lock: createQueue(),
  }
}

/** A `lock` that other processes do not see: runs what is given for one key in order, one at a time. */
export function createQueue(): StateStore['lock'] {
  /** The end of the queue for each key. */
  const queues = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const mine = Promise.resolve(queues.get(key)).then(() => work())
    const end: Promise<void> = mine
      .catch(() => {})
      .then(() => {
        if (queues.get(key) === end) queues.delete(key)
      })
    queues.set(key, end)
    return mine
  }
}

/** A lock that expires. Each method is one atomic step in the database; `docs/credentials.md` shows them in SQL. */
export interface Lease {
  /**
   * Gives `key` to `owner` for this many milliseconds from now, if nobody holds it, if it has expired, or if `owner`
   * already holds it and extends it. Resolves to whether `owner` holds it now.
   */
  take(key: string, owner: string, milliseconds: number): Promise<boolean>
  /** Ends the lease early. Does nothing if `owner` no longer holds it. */
  release(key: string, owner: string): Promise<void>
}

/**
 * How long a lease outlives its holder. Vendors that rotate refresh tokens repeat a lost response for a while,
 * typically 30 seconds. A process that takes over from a dead one should still be in time.
 */
const leaseTime = 10_000

/** The first and the longest pause between two attempts to get a lease that another owner holds. */
const pauses = { first: 20, longest: 400 }

/**
 * The `lock` of a `StateStore`, built on leases. It retries until it gets the lease, and extends it while the work
 * runs.
 *
 * @throws ConfigurationError
 */
export function lockByLease(lease: Lease, options: { clock?: Clock; random?: () => number } = {}): StateStore['lock'] {
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
      // A lease that is extended after its release would block everyone until it expires.
      const released = kept.then(() => lease.release(key, owner))
      await waitForRelease(released, clock)
    }
  }
}

/** Waits for a release, but not longer than its lease lasts: one that fails or never ends leaves a lease that expires. */
async function waitForRelease(released: Promise<void>, clock: Clock): Promise<void> {
  const over = new AbortController()
  const ended = released.catch(() => {}).finally(() => over.abort())
  await Promise.race([ended, sleep(clock, leaseTime, over.signal).catch(() => {})])
}

/** Extends a lease until it is stopped, or until another owner has the lease. Never rejects. */
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
