/** State in any driver of `unstorage`, which the application brings. */
import { checkFunctionOptions, methodsOption } from './config/option-schema.ts'
import { ConfigurationError } from './errors/kinds.ts'
import { entryName, entryOf, valueIn } from './state-entry.ts'
import { createQueue, type StateStore } from './state-store.ts'

/** The part of an `unstorage` storage that is used. */
export interface UnstorageLike {
  getItem(key: string): Promise<unknown>
  setItem(key: string, value: string): Promise<void>
  removeItem(key: string): Promise<void>
}

/** One for each storage, so that all who use the storage share one lock. */
const stores = new WeakMap<UnstorageLike, StateStore>()

/**
 * A state store over any driver of [unstorage](https://unstorage.unjs.io) 1: Redis, MongoDB, Azure, a folder, and others.
 *
 * ```ts
 * const store = fromUnstorage(createStorage({ driver: redisDriver({ url: process.env.REDIS_URL }) }))
 * ```
 *
 * **`lock` holds within this process only**, for everything that uses the same `storage` object, because unstorage has no
 * locks. If several processes share the storage, give the store a lock that they share (`lockByLease`), or use
 * `postgresStore` of `@parley/core/postgres` or `fileStore` of `@parley/core/node`.
 *
 * The driver must return the value that was set last. One that answers from a cache or is consistent only after a while,
 * such as Cloudflare KV, is not a state store.
 *
 * A key is stored as `parley:` and 64 hexadecimal digits, and a value as JSON that contains the key. Nothing is encrypted.
 *
 * @throws ConfigurationError for an object that is no storage. The store's methods throw what the driver throws, and a
 * ConfigurationError for an entry that is damaged or a storage that does not keep what is set.
 */
export function fromUnstorage(storage: UnstorageLike): StateStore {
  checkFunctionOptions('fromUnstorage', { storage }, { storage: methodsOption('getItem', 'setItem', 'removeItem') })
  const store = stores.get(storage) ?? createStore(storage)
  stores.set(storage, store)
  return store
}

function createStore(storage: UnstorageLike): StateStore {
  // Some drivers, such as the one for folders, write in steps. A read in between would get half of an entry.
  const inTurn = createQueue()
  /** Reads that have not begun yet. Everyone who asks until then gets their result. */
  const reads = new Map<string, Promise<unknown>>()
  let checked: Promise<void> | undefined

  const nameOf = async (key: string): Promise<string> => `parley:${await entryName(key)}`

  const read = (name: string): Promise<unknown> => {
    const next =
      reads.get(name) ??
      inTurn(name, () => {
        reads.delete(name)
        return storage.getItem(name)
      })
    reads.set(name, next)
    return next
  }

  return {
    async get(key) {
      const name = await nameOf(key)
      const entry = await read(name)
      if (entry === null || entry === undefined) return undefined
      const value = valueIn(entry, key)
      if (value === undefined) throw storageError(`the entry ${name} is damaged: it does not contain its value`)
      return value
    },
    async set(key, value) {
      checked ??= checkKept(storage).catch((error: unknown) => {
        checked = undefined
        throw error
      })
      await checked
      const name = await nameOf(key)
      await inTurn(name, () => storage.setItem(name, entryOf(key, value)))
    },
    async delete(key) {
      const name = await nameOf(key)
      await inTurn(name, () => storage.removeItem(name))
    },
    lock: createQueue(),
  }
}

/** Unstorage ignores a write to a driver that is read-only, or that cannot write. A token would be lost without an error. */
async function checkKept(storage: UnstorageLike): Promise<void> {
  const name = `parley:check-${crypto.randomUUID()}`
  await storage.setItem(name, entryOf('check', name))
  const entry = await storage.getItem(name)
  await storage.removeItem(name)
  if (valueIn(entry, 'check') !== name) throw storageError('it does not keep what is set; it may be read-only')
}

function storageError(problem: string): ConfigurationError {
  return new ConfigurationError({
    message: `The storage of the state store cannot be used: ${problem}.`,
    fields: [{ path: 'storage', problem }],
  })
}
