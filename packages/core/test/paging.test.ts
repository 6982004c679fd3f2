import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { bindCursor, decodeCursor, encodeCursor, type JsonValue, type Page, paged } from '../src/index.ts'

const place = { vendor: 'acme', account: 'main', operation: 'things.list' }

/** A list whose pages follow each other as the table says. */
function listOf(follows: Record<string, string | null>, start?: string) {
  const readPage = vi.fn(async (cursor: string | undefined): Promise<Page<string>> => {
    const name = cursor ?? 'first'
    return { items: [`${name}-1`, `${name}-2`], next: follows[name] ?? null, warnings: [] }
  })
  return { readPage, list: paged(readPage, start === undefined ? {} : { cursor: bindCursor(start, place, {}) }, place) }
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of list) items.push(item)
  return items
}

describe('paged', () => {
  test('sends no request until it is used', async () => {
    const { readPage, list } = listOf({})
    list.pages()
    list[Symbol.asyncIterator]()
    await Promise.resolve()
    expect(readPage).not.toHaveBeenCalled()
  })

  test('returns one page when it is awaited', async () => {
    const { readPage, list } = listOf({ first: 'b', b: null })
    expect(await list).toEqual({ items: ['first-1', 'first-2'], next: bindCursor('b', place, {}), warnings: [] })
    expect(readPage).toHaveBeenCalledExactlyOnceWith(undefined, {}, new Set())
  })

  test('yields every item of all pages when it is iterated', async () => {
    const { list } = listOf({ first: 'b', b: 'c' })
    expect(await all(list)).toEqual(['first-1', 'first-2', 'b-1', 'b-2', 'c-1', 'c-2'])
    // And once more from the start.
    expect(await all(list)).toHaveLength(6)
  })

  test('can be iterated page by page', async () => {
    const { list } = listOf({ first: 'b' })
    expect((await all(list.pages())).map(({ next }) => next)).toEqual([bindCursor('b', place, {}), null])
  })

  test('starts at the cursor of the query', async () => {
    const { readPage, list } = listOf({ b: 'c' }, 'b')
    expect((await list).items).toEqual(['b-1', 'b-2'])
    expect(await all(list)).toEqual(['b-1', 'b-2', 'c-1', 'c-2'])
    expect(readPage).not.toHaveBeenCalledWith(undefined)
  })

  test('reads no page that is not needed', async () => {
    const { readPage, list } = listOf({ first: 'b', b: 'c' })
    for await (const item of list) if (item === 'first-2') break
    expect(readPage).toHaveBeenCalledTimes(1)
    for await (const page of list.pages()) if (page.next === bindCursor('c', place, {})) break
    expect(readPage).toHaveBeenCalledTimes(3)
  })

  test.each<[string, Record<string, string>, string | undefined, number]>([
    ['at once', { first: 'b', b: 'b' }, undefined, 4],
    ['after a while', { first: 'b', b: 'c', c: 'd', d: 'b' }, undefined, 8],
    ['back to where the query started', { b: 'c', c: 'b' }, 'b', 4],
  ])('fails if the vendor repeats a cursor %s', async (_, follows, start, count) => {
    const { list } = listOf(follows, start)
    const items: string[] = []
    const reading = (async () => {
      for await (const item of list) items.push(item)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'response', ...place })
    // Everything that was read before is given, once.
    expect(items).toHaveLength(count)
    expect(new Set(items).size).toBe(count)
  })

  test('fails if the vendor repeats its items under new cursors', async () => {
    let pages = 0
    const list = paged(
      async () => ({ items: [{ id: 'a' }, { id: 'b' }], next: String(++pages), warnings: [] }),
      undefined,
      place,
    )
    await expect(all(list)).rejects.toMatchObject({ code: 'response', ...place })
    expect(pages).toBe(5)
  })

  test('continues if as many pages repeat items as had them', async () => {
    const names = ['a', 'b', 'a', 'b', 'a', 'b', 'c']
    const list = paged(
      async (cursor) => {
        const at = Number(cursor ?? 0)
        return { items: [{ id: names[at] }], next: at + 1 < names.length ? String(at + 1) : null, warnings: [] }
      },
      undefined,
      place,
    )
    expect(await all(list)).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }])
  })

  test('continues after an empty page in the middle', async () => {
    const pages = [
      { items: ['a'], next: '1', warnings: [] },
      { items: [], next: '2', warnings: [] },
      { items: ['b'], next: null, warnings: [] },
    ]
    expect(await all(paged(async (cursor) => pages[Number(cursor ?? 0)] as Page<string>, undefined, place))).toEqual([
      'a',
      'b',
    ])
  })

  test('returns the same page from one request when it is awaited twice', async () => {
    const { readPage, list } = listOf({ first: 'b' })
    const [first, second] = await Promise.all([list, list])
    expect(second).toBe(first)
    expect(await list.then((page) => page)).toBe(first)
    expect(readPage).toHaveBeenCalledTimes(1)
  })

  test('is iterated from the beginning, before and after it is awaited', async () => {
    const { readPage, list } = listOf({ first: 'b' })
    expect(await all(list)).toHaveLength(4)
    const page = await list
    expect(readPage).toHaveBeenCalledTimes(3)
    expect(await all(list)).toHaveLength(4)
    expect(readPage).toHaveBeenCalledTimes(5)
    expect(await list).toBe(page)
    expect(readPage).toHaveBeenCalledTimes(5)
  })

  test('has the methods of a promise', async () => {
    const { list } = listOf({})
    const asPromise: Promise<Page<string>> = list
    const onEnd = vi.fn()
    const onError = vi.fn()
    expect((await asPromise.catch(onError).finally(onEnd)).items).toHaveLength(2)
    expect((await asPromise.finally(onEnd)).items).toHaveLength(2)
    expect(onEnd).toHaveBeenCalledTimes(2)
    expect(onError).not.toHaveBeenCalled()
    expect(String(list)).toBe('[object Paged]')
  })

  test('gives the same error each time it is awaited, after one request', async () => {
    const readPage = vi.fn(() => Promise.reject(new Error('down')))
    const list = paged(readPage, undefined, place)
    const onEnd = vi.fn()
    const caught = await list.catch((error: unknown) => error)
    await expect(list).rejects.toBe(caught)
    await expect(list.finally(onEnd)).rejects.toBe(caught)
    expect(onEnd).toHaveBeenCalledOnce()
    expect(readPage).toHaveBeenCalledOnce()
  })

  test('that is not used sends nothing and leaves no unhandled rejection', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    onTestFinished(() => void process.off('unhandledRejection', unhandled))
    const readPage = vi.fn(() => Promise.reject(new Error('down')))
    const list = paged(readPage, undefined, place)
    list.pages()
    await new Promise((resolve) => setImmediate(resolve))
    expect(readPage).not.toHaveBeenCalled()
    // A failure that was handled once stays handled.
    await list.catch(() => {})
    await new Promise((resolve) => setImmediate(resolve))
    expect(unhandled).not.toHaveBeenCalled()
  })

  test.each([null, undefined])('begins at the first page with the cursor %s', async (cursor) => {
    const readPage = vi.fn(async () => ({ items: ['a'], next: null, warnings: [] }))
    const list = paged(readPage, { cursor }, place)
    expect((await list).items).toEqual(['a'])
    expect(await all(list)).toEqual(['a'])
    expect(readPage.mock.calls).toEqual([
      [undefined, { cursor }, new Set()],
      [undefined, { cursor }, new Set()],
    ])
  })

  test('reports an error however it is used', async () => {
    const list = paged(() => Promise.reject(new Error('down')), undefined, place)
    await expect(list).rejects.toThrow('down')
    await expect(all(list)).rejects.toThrow('down')
    await expect(all(list.pages())).rejects.toThrow('down')
  })

  test('turns an error that is thrown at once into a rejection', async () => {
    const list = paged(
      () => {
        throw new Error('bad cursor')
      },
      undefined,
      place,
    )
    let caught: unknown
    expect(() => list.then(undefined, (error: unknown) => (caught = error))).not.toThrow()
    await expect(all(list)).rejects.toThrow('bad cursor')
    expect(caught).toMatchObject({ message: 'bad cursor' })
  })
})

describe('a cursor', () => {
  test('is read back whole, and fits in a URL', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (state) => {
        const cursor = encodeCursor(state as JsonValue)
        expect(cursor).toMatch(/^[\w-]+$/)
        expect(decodeCursor(cursor, (value) => ({ value }))).toEqual({ value: JSON.parse(JSON.stringify(state)) })
      }),
    )
  })

  const read = (state: JsonValue) => {
    const { page } = state as { page: number }
    return typeof page === 'number' ? page : undefined
  }

  test('is refused if it belongs to another list, account or operation', () => {
    expect(decodeCursor(encodeCursor({ page: 3 }), read)).toBe(3)
  })

  test.each([
    '',
    'x',
    '%%%',
    '{"page":3}',
    '2',
    btoa('{"page":'),
    btoa('\u00ff\u00fe'),
    ...[null, 3, 'text', [], {}, { page: '3' }].map(encodeCursor),
  ])('is refused if it is forged: %j', (cursor) => {
    expect(() => decodeCursor(cursor, read)).toThrow(
      expect.objectContaining({ code: 'invalid-request', fields: [{ path: 'cursor', problem: expect.any(String) }] }),
    )
  })

  test('is read or refused for any input', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.jsonValue().map((value) => encodeCursor(value as JsonValue)),
        ),
        (cursor) => {
          try {
            expect(typeof decodeCursor(cursor, read)).toBe('number')
          } catch (error) {
            expect(error).toMatchObject({ code: 'invalid-request' })
          }
        },
      ),
    )
  })

  test('can hold a key of a prototype as plain data', () => {
    const cursor = encodeCursor(JSON.parse('{"__proto__":{"page":3}}') as JsonValue)
    expect(() =>
      decodeCursor(cursor, (state) => (Object.hasOwn(state as object, 'page') ? state : undefined)),
    ).toThrow()
    expect(({} as { page?: unknown }).page).toBeUndefined()
  })
})
