import { createStorage, defineDriver, prefixStorage } from 'unstorage'
import fsDriver from 'unstorage/drivers/fs'
import { expect, test, vi } from 'vitest'
import { fromUnstorage } from '../../src/unstorage.ts'
import { expectClean, failure, secret } from '../helpers/acme.ts'
import { idle } from '../helpers/test-clock.ts'
import { temporaryFolder } from './stores.ts'

/** A driver that has nothing. */
const reading = { hasItem: () => false, getItem: () => null as string | null, getKeys: () => [] as string[] }
const drivers = {
  'ignores writes': () => fsDriver({ base: temporaryFolder(), readOnly: true }),
  'cannot write': () => defineDriver(() => reading)({}),
}

test('an unstorage holds only keys that every driver can keep, whatever the keys of the store are', async () => {
  const storage = createStorage()
  const store = fromUnstorage(storage)
  for (const key of ['', 'A:b/../c?d', 'x'.repeat(5_000)]) await store.set(key, secret)
  const names = await storage.getKeys()
  expect(names).toHaveLength(3)
  for (const name of names) expect(name).toMatch(/^parley:[0-9a-f]{64}$/)
})

test('an unstorage can be a part of another one', async () => {
  const storage = createStorage()
  const [one, other] = ['one', 'other'].map((prefix) => fromUnstorage(prefixStorage(storage, prefix)))
  await one?.set('key', 'one')
  await other?.set('key', 'other')
  expect([await one?.get('key'), await other?.get('key')]).toEqual(['one', 'other'])
})

test('a storage whose driver answers with parsed JSON is a store too', async () => {
  const items = new Map<string, unknown>()
  const store = fromUnstorage({
    getItem: async (key) => items.get(key) ?? null,
    setItem: async (key, value) => void items.set(key, JSON.parse(value)),
    removeItem: async (key) => void items.delete(key),
  })
  await store.set('key', '{"a":1}')
  expect(await store.get('key')).toBe('{"a":1}')
})

test.each(Object.entries(drivers))('a storage that %s is refused, so that no token is lost', async (_, driver) => {
  const store = fromUnstorage(createStorage({ driver: driver() }))
  expect(await store.get('key')).toBeUndefined()
  for (let time = 0; time < 2; time++) {
    const error = await failure(store.set('key', secret))
    expect(error).toMatchObject({ code: 'configuration', fields: [{ path: 'storage' }] })
    expect(error.message).toContain('read-only')
    expectClean(error)
  }
})

test('a storage whose driver throws makes the store throw the same, and leaves no lock behind', async () => {
  const broken = new Error('the driver broke')
  let isBroken = true
  const items = new Map<string, string>()
  const run = <T>(work: () => T): T => {
    if (isBroken) throw broken
    return work()
  }
  const driver = defineDriver(() => ({
    ...reading,
    getItem: (key: string) => run(() => items.get(key) ?? null),
    setItem: (key: string, value: string) => run(() => void items.set(key, value)),
    removeItem: (key: string) => run(() => void items.delete(key)),
  }))({})
  const store = fromUnstorage(createStorage({ driver }))
  for (const work of [
    async () => void (await store.get('key')),
    () => store.set('key', 'value'),
    () => store.delete('key'),
  ]) {
    await expect(work()).rejects.toBe(broken)
    await expect(store.lock('key', work)).rejects.toBe(broken)
  }
  isBroken = false
  await store.lock('key', () => store.set('key', 'value'))
  expect(await store.get('key')).toBe('value')
  await store.delete('key')
  expect(items.size).toBe(0)
})

test.each(['', 'text', '{"key":"key","value":', '{"key":"other","value":"a"}', '{"key":"key","value":7}', '[]'])(
  'an entry that is not what was set (%j) causes an error without its content',
  async (content) => {
    const storage = createStorage()
    const store = fromUnstorage(storage)
    await store.set('key', secret)
    const [name = ''] = await storage.getKeys()
    await storage.setItem(name, content === 'text' ? secret : content)
    const error = await failure(store.get('key'))
    expect(error).toMatchObject({ code: 'configuration', fields: [{ path: 'storage' }] })
    expect(error.message).toContain(name)
    expectClean(error)
  },
)

test('a driver that writes in steps never shows half of a value', async () => {
  const items = new Map<string, string>()
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const store = fromUnstorage({
    getItem: async (key) => items.get(key) ?? null,
    async setItem(key, value) {
      items.set(key, '')
      for (let step = 0; step < 20; step++) await turn()
      items.set(key, value)
    },
    removeItem: async (key) => void items.delete(key),
  })
  await store.set('key', 'old')
  const written = store.set('key', 'new')
  const reads: Promise<unknown>[] = []
  for (let read = 0; read < 15; read++) {
    reads.push(store.get('key'))
    await turn()
  }
  await written
  for (const read of await Promise.all(reads)) expect(['old', 'new']).toContain(read)
})

test('reads of one key at the same time share a request, and none of them is older than its call', async () => {
  const storage = createStorage()
  const store = fromUnstorage(storage)
  await store.set('key', 'old')
  let go = () => {}
  const gate = new Promise<void>((resolve) => (go = resolve))
  const getItem = storage.getItem
  const read = vi.spyOn(storage, 'getItem').mockImplementation(async (key: string) => {
    await gate
    return getItem(key)
  })
  const early = Array.from({ length: 20 }, () => store.get('key'))
  await vi.waitUntil(() => read.mock.calls.length > 0)
  await idle()
  go()
  expect(new Set(await Promise.all(early))).toEqual(new Set(['old']))
  expect(read.mock.calls.length).toBeLessThan(early.length / 2)
  await store.set('key', 'new')
  expect(await store.get('key')).toBe('new')
})
