import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createStorage } from 'unstorage'
import fsDriver from 'unstorage/drivers/fs'
import memoryDriver from 'unstorage/drivers/memory'
import { onTestFinished } from 'vitest'
import { type Clock, lockByLease, memoryStore, type StateStore } from '../../src/index.ts'
import { fileStore } from '../../src/node.ts'
import { fromUnstorage } from '../../src/unstorage.ts'

/**
 * Time in which every wait passes at once, one after the other. A wait of ten seconds, which is for what never ends, does
 * not pass.
 */
export function hurriedClock(start = Date.now()): Clock {
  let now = start
  return {
    now: () => now,
    after(milliseconds, callback) {
      if (milliseconds >= 10_000) return () => {}
      const timer = setImmediate(() => {
        now += milliseconds
        callback()
      })
      return () => clearImmediate(timer)
    },
  }
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-tokens-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A lease as a database has it: rows of a table. */
export function leaseTable(clock: Clock) {
  const rows = new Map<string, { owner: string; until: number }>()
  return {
    rows,
    async take(key: string, owner: string, milliseconds: number) {
      const row = rows.get(key)
      if (row && row.owner !== owner && row.until > clock.now()) return false
      rows.set(key, { owner, until: clock.now() + milliseconds })
      return true
    },
    async release(key: string, owner: string) {
      if (rows.get(key)?.owner === owner) rows.delete(key)
    },
  }
}

/** Every kind of store, each new: two handles of one, as two processes would have them. */
export const stores: { name: string; create: () => [StateStore, StateStore] }[] = [
  {
    name: 'in memory',
    create: () => {
      const store = memoryStore()
      return [store, store]
    },
  },
  {
    name: 'in files',
    create: () => {
      const options = { folder: temporaryFolder(), clock: hurriedClock() }
      return [fileStore(options), fileStore(options)]
    },
  },
  {
    name: 'in an unstorage in memory',
    create: () => {
      const storage = createStorage({ driver: memoryDriver() })
      return [fromUnstorage(storage), fromUnstorage(storage)]
    },
  },
  {
    name: 'in an unstorage in files',
    create: () => {
      const storage = createStorage<string>({ driver: fsDriver({ base: temporaryFolder() }) })
      return [fromUnstorage(storage), fromUnstorage(storage)]
    },
  },
  {
    name: 'with leases',
    create: () => {
      const clock = hurriedClock()
      const lease = leaseTable(clock)
      const { get, set, delete: remove } = memoryStore()
      const handle = () => ({ get, set, delete: remove, lock: lockByLease(lease, { clock }) })
      return [handle(), handle()]
    },
  },
]
