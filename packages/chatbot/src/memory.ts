import {
  type Clock,
  ConfigurationError,
  errorOf,
  isParleyError,
  isRecord,
  type OperationOptions,
  type SendAttempt,
  type StateStore,
  tryParseJson,
  untilAborted,
  type Visitor,
  within,
} from '@parley/core'

/** A question of a visitor. */
export interface Asked {
  id?: string
  attempt: SendAttempt
  /** `open`: its answer has not come, or it may not have arrived. */
  state: 'open' | 'done'
}

/** What is remembered about a visitor at one account. */
export interface Memory {
  /** What identifies the visitor, as `LateAnswer.visitor` has it. */
  visitor: Visitor
  contactId: string
  conversationId: string | null
  /** The newest message of the conversation before this chat began in it. `null`: it was empty. */
  began: string | null
  /** The latest questions, oldest first. */
  asked: Asked[]
  unverified: { email?: string; phone?: string }
}

export interface Place {
  vendor: string
  account: string
  operation: string
}

/** The time that one call of the chatbot may take. */
export interface Time<Options extends OperationOptions = OperationOptions> {
  /** The caller's options with what is left of `timeout`. @throws TimeoutError when nothing is left. */
  options(): Options
  /** Waits for work that cannot be stopped. @throws TimeoutError when the time is up; the signal's reason. */
  wait<T>(work: Promise<T>): Promise<T>
}

export function timeOf<Options extends OperationOptions>(
  given: Options,
  { clock, place }: { clock: Clock; place: Place },
): Time<Options> {
  const { signal, timeout } = given
  // The adapter refuses a timeout that is none.
  const deadline = typeof timeout === 'number' && timeout > 0 ? clock.now() + timeout : undefined
  const late = () =>
    errorOf(place, 'timeout', 'another call for the same visitor took too long.', { outcome: 'not-done' })
  const left = (): number | undefined => deadline && deadline - clock.now()
  return {
    options() {
      const milliseconds = left()
      if (milliseconds === undefined) return given
      if (milliseconds <= 0) throw late()
      return { ...given, timeout: milliseconds }
    },
    async wait(work) {
      signal?.throwIfAborted()
      const milliseconds = left()
      if (milliseconds !== undefined) return within(work, { clock, milliseconds, signal, late })
      return signal ? untilAborted(work, signal) : work
    },
  }
}

/** The store with errors that say so. */
export type GuardedStore = ReturnType<typeof guarded>

export function guarded(store: StateStore, place: { vendor: string; account: string }) {
  const failed = (cause: unknown): unknown =>
    isParleyError(cause)
      ? cause
      : new ConfigurationError({
          ...place,
          message: `The chatbot’s store failed; its error is the cause.`,
          fields: [{ path: 'store', problem: 'failed' }],
          outcome: 'not-done',
          cause,
        })
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw failed(error)
    }
  }
  /** Waits for the lock. @returns a function that gives it back. */
  async function hold(key: string, time: Time): Promise<() => Promise<void>> {
    let release = () => {}
    let isGivenUp = false
    let taken = () => {}
    const isTaken = new Promise<void>((resolve) => {
      taken = resolve
    })
    const held = run(() =>
      store.lock(`lock ${key}`, async () => {
        if (isGivenUp) return
        taken()
        await new Promise<void>((done) => {
          release = done
        })
      }),
    )
    held.catch(() => {})
    try {
      await time.wait(Promise.race([isTaken, held]))
    } catch (error) {
      isGivenUp = true
      release()
      throw error
    }
    return async () => {
      release()
      await held.catch(() => {})
    }
  }
  return {
    read: async (key: string): Promise<unknown> => tryParseJson((await run(() => store.get(key))) ?? ''),
    write: (key: string, value: unknown): Promise<void> => run(() => store.set(key, JSON.stringify(value))),
    remove: (key: string): Promise<void> => run(() => store.delete(key)),
    /** Runs `work` while no other call works under any of the keys, in any process that shares the store. */
    async alone<T>(keys: readonly string[], time: Time, work: () => Promise<T>): Promise<T> {
      const release = await this.hold(keys, time)
      try {
        return await work()
      } finally {
        await release()
      }
    },
    async hold(keys: readonly string[], time: Time): Promise<() => Promise<void>> {
      const releases: (() => Promise<void>)[] = []
      const releaseAll = async () => {
        for (const release of releases) await release()
      }
      try {
        // In one order, so that two calls cannot wait for each other.
        for (const key of [...new Set(keys)].sort()) releases.push(await hold(key, time))
      } catch (error) {
        await releaseAll()
        throw error
      }
      return releaseAll
    },
  }
}

/** A value that somebody else wrote under this name counts as none. */
export function memoryIn(value: unknown): Memory | undefined {
  if (!isRecord(value)) return undefined
  const { visitor, contactId, conversationId, began, asked, unverified } = value
  const isGood =
    isRecord(visitor) &&
    typeof contactId === 'string' &&
    (conversationId === null || typeof conversationId === 'string') &&
    (began === null || typeof began === 'string') &&
    Array.isArray(asked) &&
    asked.every((each) => isRecord(each) && isRecord(each['attempt'])) &&
    isRecord(unverified)
  return isGood ? (value as unknown as Memory) : undefined
}
