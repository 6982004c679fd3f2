import { describe, expect, test } from 'vitest'
import type { StateStore } from '../../src/index.ts'

export type StorePair = [StateStore, StateStore]

/** Keys that some stores would change or mistake for another. */
const keys: readonly string[] = [
  ...['a', 'A', 'a/b', 'a\\b', 'a:b', 'a::b', 'a:', ':a', '/a', 'a/', 'a%2Fb', 'a%3Ab', 'a?b', 'a?', 'a.b', 'a$', 'a*'],
  ...['', ' ', ':', '.', '..', '../a', '..:a', '__proto__', 'constructor', 'toString', 'true', 'null', '0', 'parley:a'],
  ...['ä', 'a\u0308', '🙂', '\ud83d', '\ud83e', 'a\u0000', 'a\n', 'CON', 'a'.repeat(500), `${'a'.repeat(100_000)}b`],
]

/** Texts that some stores would parse, cut or refuse. */
const values: readonly string[] = [
  ...[
    '{"a":"\\u0000"}\n"\\ ü 🙂\u2028',
    '\u0000',
    'a\u0000b',
    '\ud83d',
    '',
    ' ',
    ' a ',
    'null',
    'undefined',
    'true',
    'NaN',
  ],
  ...['0', '007', '1e3', '12345678901234567890', '"quoted"', '[1]', '{"key":"key","value":"other"}', 'base64:YQ=='],
  ...['{"__proto__":{"a":1}}', '{"constructor":{"prototype":1}}', '2026-01-01T00:00:00.000Z', 'ab'.repeat(5_000)],
]

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
      for (const [index, key] of keys.entries()) await store.set(key, `value ${index}`)
      for (const [index, key] of keys.entries())
        expect([index, await store.get(key)]).toEqual([index, `value ${index}`])
      await store.delete('a')
      expect(await store.get('A')).toBe('value 1')
      expect(await store.get('a:')).toBe(`value ${keys.indexOf('a:')}`)
    })

    test('keeps every text as it is', async () => {
      const [store] = await create()
      for (const [index, value] of values.entries()) {
        await store.set('key', value)
        expect([index, await store.get('key')]).toEqual([index, value])
      }
    })

    test('gives a whole value while it is being replaced', async () => {
      const [one] = await create()
      const long = ['a', 'b'].map((letter) => letter.repeat(8_000)) as [string, string]
      await one.set('key', long[0])
      const reads: Promise<unknown>[] = []
      for (let turn = 0; turn < 10; turn++) {
        const written = one.set('key', long[turn % 2] as string)
        for (let read = 0; read < 3; read++) {
          reads.push(one.get('key'))
          await new Promise((resolve) => setImmediate(resolve))
        }
        await written
      }
      for (const read of await Promise.all(reads)) expect(long).toContain(read)
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
