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
import { holdLocks } from '@parley/core/operations'

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
  /** When that message was written, where the vendor says so. */
  beganAt?: string | null
  /** The latest questions, oldest first. */
  asked: Asked[]
  unverified: { email?: string; phone?: string }
  /** Whether `onHandOff` has heard that a person answers. */
  isHandedOff?: boolean
  /** The names of the visitor's other keys, which lead here. */
  keys?: string[]
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
  /** Begins work that cannot be stopped, and waits. @throws TimeoutError when the time is up; the signal's reason. */
  wait<T>(work: () => Promise<T>): Promise<T>
}

export function timeOf<Options extends OperationOptions>(
  given: Options,
  { clock, place }: { clock: Clock; place: Place },
): Time<Options> {
  const { signal, timeout } = given
  // The adapter refuses a timeout that is none.
  const deadline = typeof timeout === 'number' && timeout > 0 ? clock.now() + timeout : undefined
  const late = () => errorOf(place, 'timeout', 'the time was up before anything was sent.', { outcome: 'not-done' })
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
      if (milliseconds === undefined) return signal ? untilAborted(work(), signal) : work()
      if (milliseconds <= 0) throw late()
      return within(work(), { clock, milliseconds, signal, late })
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
  const lock: StateStore['lock'] = (key, work) => run(() => store.lock(key, work))
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
    hold: (keys: readonly string[], time: Time): Promise<() => Promise<void>> => holdLocks({ lock }, keys, time.wait),
  }
}

/** A value that somebody else wrote under this name counts as none. */
export function memoryIn(value: unknown): Memory | undefined {
  if (!isRecord(value)) return undefined
  const { visitor, contactId, conversationId, began, beganAt, asked, unverified, keys } = value
  const isGood =
    isRecord(visitor) &&
    typeof contactId === 'string' &&
    (conversationId === null || typeof conversationId === 'string') &&
    (began === null || typeof began === 'string') &&
    Array.isArray(asked) &&
    asked.every(isAsked) &&
    isRecord(unverified) &&
    (beganAt == null || typeof beganAt === 'string') &&
    (keys === undefined || (Array.isArray(keys) && keys.every((each) => typeof each === 'string')))
  return isGood ? (value as unknown as Memory) : undefined
}

const isAsked = (value: unknown): boolean => {
  const { id, attempt, state } = isRecord(value) ? value : {}
  const { text, startedAt } = isRecord(attempt) ? attempt : {}
  const isGood = typeof text === 'string' && typeof startedAt === 'string' && (state === 'open' || state === 'done')
  return isGood && (id === undefined || typeof id === 'string')
}

/** Whether both are the same sending of the same question. */
export const isSameAttempt = (left: Asked, right: Pick<Asked, 'id'> & { attempt: Pick<SendAttempt, 'startedAt'> }) =>
  left.id === right.id && left.attempt.startedAt === right.attempt.startedAt
