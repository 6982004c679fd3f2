import { describe, expect, test } from 'vitest'
import type { StateStore } from '../../src/index.ts'

type StorePair = [StateStore, StateStore]

/** What every store has to do. `create` gives two handles of a new one, as two processes would have them. */
export function describeStore(name: string, create: () => StorePair | Promise<StorePair>): void {
  describe(`a store ${name}`, () => {
    test('gives what was set last, to everybody who shares it', async () => {
      const [one, other] = await create()
      expect((await one.get('key')) ?? undefined).toBeUndefined()
      await one.set('key', 'first')
      expect(await other.get('key')).toBe('first')
      await other.set('key', 'second')
      expect(await one.get('key')).toBe('second')
      await one.delete('key')
      expect((await other.get('key')) ?? undefined).toBeUndefined()
      await one.delete('key')
    })

    test('keeps keys apart, whatever is in them', async () => {
      const [store] = await create()
      const keys = ['a', 'A', 'a/b', 'a%2Fb', '../a', 'ä', 'a'.repeat(500), '__proto__', 'constructor', '']
      for (const key of keys) await store.set(key, `of ${key}`)
      for (const key of keys) expect(await store.get(key)).toBe(`of ${key}`)
      await store.delete('a')
      expect(await store.get('A')).toBe('of A')
    })

    test('keeps every text as it is', async () => {
      const [store] = await create()
      const value = '{"a":"\\u0000"}\n"\\ ü 🙂\u2028'
      await store.set('key', value)
      expect(await store.get('key')).toBe(value)
    })

    test('lets one at a time work under a key', async () => {
      const [one, other] = await create()
      let inside = 0
      let most = 0
      const work = async (index: number) => {
        most = Math.max(most, ++inside)
        for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
        inside--
        return index
      }
      const all = Array.from({ length: 12 }, (_, index) => (index % 2 ? one : other).lock('key', () => work(index)))
      expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
      expect(most).toBe(1)
    })

    test('loses no update that is made under the lock', async () => {
      const [one, other] = await create()
      await one.set('count', '0')
      const add = (store: typeof one) =>
        store.lock('count', async () => store.set('count', String(Number(await store.get('count')) + 1)))
      await Promise.all(Array.from({ length: 10 }, (_, index) => add(index % 2 ? one : other)))
      expect(await one.get('count')).toBe('10')
    })

    test('does not make one key wait for another, not even inside its work', async () => {
      const [one, other] = await create()
      expect(await one.lock('a', () => other.lock('b', () => one.get('c')))).toBeFalsy()
    })

    test('throws what the work throws, and is free again', async () => {
      const [one, other] = await create()
      const broken = new Error('broken')
      await expect(
        one.lock('key', async () => {
          throw broken
        }),
      ).rejects.toBe(broken)
      expect(await other.lock('key', async () => 'free')).toBe('free')
    })
  })
}
