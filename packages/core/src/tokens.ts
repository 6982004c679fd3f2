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
 * Where tokens are kept that change: those of OAuth, whose refresh token works once and is then replaced. Implement it
 * over any database; a value is a text of at most a few kilobytes, opaque to the store, and secret.
 *
 * What is written must be read by every process that shares the store, so no method may answer from a cache.
 */
export interface TokenStore {
  /** What was set last. `undefined` or `null`: nothing. */
  get(key: string): Promise<string | null | undefined>
  /** Resolves when the value would survive a crash: a token is used only after that. */
  set(key: string, value: string): Promise<void>
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>
  /**
   * Runs `work` while nobody else, in this process or another one that shares the store, runs any under the same key.
   * Waits for its turn; gives what `work` gives and throws what it throws. `work` calls `get`, `set` and `delete`, and
   * may lock another key.
   *
   * A holder that dies must not be waited for for ever: its lock ends with its connection, or as a lease that runs out,
   * best within ten seconds (`lockByLease`). A holder that only sleeps may so lose its lock without knowing. That does
   * no lasting harm: whoever uses the store looks again before it replaces something.
   */
  lock<T>(key: string, work: () => Promise<T>): Promise<T>
}

const methods = ['get', 'set', 'delete', 'lock'] as const

/** The check of an option that is a `TokenStore`, which may be an object of any class. */
export const tokenStoreOption: OptionCheck = (value) => {
  const store = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  return methods.every((method) => typeof store[method] === 'function')
    ? undefined
    : `must be a token store, an object with ${methods.join(', ')}`
}

/** Keeps tokens as long as the process lives, for tests and for programs that get theirs anew at each start. */
export function memoryTokenStore(): TokenStore {
  const values = new Map<string, string>()
  /** The end of the queue for each key. */
  const queues = new Map<string, Promise<unknown>>()
  return {
    get: async (key) => values.get(key),
    async set(key, value) {
      values.set(key, value)
    },
    async delete(key) {
      values.delete(key)
    },
    async lock(key, work) {
      const before = queues.get(key)
      const mine = (async () => {
        await before
        return work()
      })()
      const end = mine.then(
        () => {},
        () => {},
      )
      queues.set(key, end)
      try {
        return await mine
      } finally {
        if (queues.get(key) === end) queues.delete(key)
      }
    },
  }
}

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
