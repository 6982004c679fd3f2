import {
  ConfigurationError,
  isParleyError,
  isRecord,
  type SendAttempt,
  type StateStore,
  tryParseJson,
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
  contactId: string
  conversationId: string | null
  /** The newest message of the conversation before this chat began in it. `null`: it was empty. */
  began: string | null
  /** The latest questions, oldest first. */
  asked: Asked[]
  unverified: { email?: string; phone?: string }
}

/** So many questions are recognized if they come again. */
export const mostAsked = 20

/** The store with errors that say so. */
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
  return {
    read: async (key: string): Promise<unknown> => tryParseJson((await run(() => store.get(key))) ?? ''),
    write: (key: string, value: unknown): Promise<void> => run(() => store.set(key, JSON.stringify(value))),
    remove: (key: string): Promise<void> => run(() => store.delete(key)),
    /** Waits for the lock. @returns a function that gives it back. */
    hold: (key: string): Promise<() => Promise<void>> =>
      new Promise((taken, refused) => {
        let release = () => {}
        const held = store.lock(`lock ${key}`, () => {
          const work = new Promise<void>((done) => {
            release = done
          })
          taken(async () => {
            release()
            await held.catch(() => {})
          })
          return work
        })
        held.catch((error: unknown) => refused(failed(error)))
      }),
  }
}

/** A value that somebody else wrote under this name counts as none. */
export function memoryIn(value: unknown): Memory | undefined {
  if (!isRecord(value)) return undefined
  const { contactId, conversationId, began, asked, unverified } = value
  const isGood =
    typeof contactId === 'string' &&
    (conversationId === null || typeof conversationId === 'string') &&
    (began === null || typeof began === 'string') &&
    Array.isArray(asked) &&
    asked.every((each) => isRecord(each) && isRecord(each['attempt'])) &&
    isRecord(unverified)
  return isGood ? (value as unknown as Memory) : undefined
}
