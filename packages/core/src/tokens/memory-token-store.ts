import type { TokenStore } from './token-store.ts'

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
