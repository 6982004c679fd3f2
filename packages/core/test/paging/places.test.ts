import { describe, expect, it } from 'vitest'
import {
  bindCursor,
  createTransport,
  decodeCursor,
  encodeCursor,
  InvalidRequestError,
  type JsonValue,
  type Message,
  PayloadReader,
  paged,
} from '../../src/index.ts'
import { filterLocally, wholeThread } from '../../src/operations.ts'

const transport = createTransport(
  { vendor: 'acme', baseUrl: 'https://acme.example', authorize: () => ({}), readProblem: () => undefined },
  { credential: 'none' },
)
const begin = () => transport.begin('messages.list')
const message = (id: string, createdAt: string | null): Message => ({
  ref: `acme:default/message/${id}`,
  vendor: 'acme',
  account: 'default',
  id,
  conversationId: 'c',
  type: { value: 'text', native: null },
  direction: 'inbound',
  author: { kind: 'contact', basis: 'vendor' },
  sourcesState: 'unavailable',
  createdAt,
})
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()

function refusal(work: () => unknown): InvalidRequestError {
  try {
    work()
  } catch (error) {
    if (error instanceof InvalidRequestError) return error
    throw error
  }
  throw new Error('It did not fail.')
}

describe('a page of a thread that comes whole', () => {
  const ids = (page: { items: Message[] }) => page.items.map(({ id }) => id)
  const read = (thread: Message[], cursor?: string, order: 'asc' | 'desc' = 'asc') =>
    wholeThread(begin(), { order, limit: 2 }, cursor).pageOf(thread)

  it('ends exactly at the end of the thread', () => {
    const thread = [message('a', null), message('b', null), message('c', null), message('d', null)]
    const first = read(thread)
    expect(ids(first)).toEqual(['a', 'b'])
    const second = read(thread, first.next as string)
    expect(ids(second)).toEqual(['c', 'd'])
    expect(second).toMatchObject({ next: null, total: 4 })
    expect(second.warnings).toMatchObject([
      { code: 'degraded', message: 'acme returns whole conversations only, so each page reads all messages again.' },
    ])
    expect(read([], encodeCursor({ after: 'gone', at: at(1) }))).toMatchObject({ items: [], next: null })
  })

  it('continues after its message, not after another one of the same time', () => {
    const thread = [message('a', at(1)), message('b', at(1)), message('c', at(1)), message('d', at(1))]
    expect(ids(read(thread, encodeCursor({ after: 'a', at: at(1) })))).toEqual(['b', 'c'])
    expect(ids(read(thread, encodeCursor({ after: 'b', at: at(1) })))).toEqual(['c', 'd'])
    // Twice the same message: after the last of them.
    expect(
      ids(read([...thread, message('a', at(1)), message('e', at(2))], encodeCursor({ after: 'a', at: at(1) }))),
    ).toEqual(['e'])
  })

  it.each([
    ['asc', [1, 2, 3, 3, 4], 3, ['m4']],
    ['desc', [4, 3, 3, 2, 1], 3, ['m3', 'm4']],
    ['asc', [1, 2], 3, []],
    ['asc', [4, 5], 3, ['m0', 'm1']],
  ] as const)(
    'in the order %s continues by time if the message is gone: %j after %i',
    (order, minutes, minute, expected) => {
      const thread = minutes.map((each, index) => message(`m${index}`, at(each)))
      expect(ids(read(thread, encodeCursor({ after: 'gone', at: at(minute) }), order))).toEqual(expected)
    },
  )

  it('skips messages without a time', () => {
    const thread = [message('a', null), message('b', at(4))]
    expect(ids(read(thread, encodeCursor({ after: 'gone', at: at(3) })))).toEqual(['b'])
  })

  it('names the wrong field if there is no time either', () => {
    const error = refusal(() => read([message('a', null)], encodeCursor({ after: 'gone', at: null })))
    expect(error.fields).toStrictEqual([{ path: 'cursor', problem: 'points at a message that no longer exists' }])
    expect(error.message).toBe('The message that the cursor points at no longer exists. Start again without a cursor.')
  })

  it.each([
    null,
    'a',
    [],
    {},
    { after: 'a' },
    { after: 7, at: null },
    { after: 'a', at: 7 },
    { after: null, at: 'x' },
    { at: null },
  ] as JsonValue[])('cannot be found with the cursor %j', (state) => {
    expect(refusal(() => read([], encodeCursor(state))).fields).toStrictEqual([
      { path: 'cursor', problem: 'must be the `next` of a page of the same query' },
    ])
  })
})

describe('a page position', () => {
  it('that cannot be read is refused, even if its reader throws', () => {
    for (const cursor of ['%', 'e30', encodeCursor(7), ''])
      expect(() => decodeCursor(cursor, (state) => (Array.isArray(state) ? state : undefined))).toThrow('The cursor')
    const broken = () => {
      throw new TypeError('no')
    }
    expect(() => decodeCursor(encodeCursor([]), broken)).toThrow(InvalidRequestError)
  })
})

describe('a list whose cursors repeat', () => {
  const place = { vendor: 'acme', account: 'main', operation: 'agents.list' }
  const endless = (first: string | undefined, next: string[]) => {
    let count = 0
    return paged(
      async () => ({ items: [count], next: next[count++] ?? null, warnings: [] }),
      first === undefined ? {} : { cursor: bindCursor(first, place, {}) },
      place,
    )
  }

  it.each([
    [undefined, ['a', 'b', 'a'], 3],
    ['a', ['a'], 1],
    ['a', ['b', 'a'], 2],
  ])('from %j over %j ends after %i pages', async (first, next, expected) => {
    let pages = 0
    const reading = (async () => {
      for await (const _ of endless(first, next).pages()) pages++
    })()
    await expect(reading).rejects.toMatchObject({
      ...place,
      code: 'response',
      message: 'acme "main", agents.list: the vendor repeats its pages, so the list would never end.',
    })
    expect(pages).toBe(expected)
  })

  it('is not recognized by a word that stands for no cursor', async () => {
    const items: number[] = []
    for await (const item of endless(undefined, ['undefined', 'Stryker was here'])) items.push(item)
    expect(items).toEqual([0, 1, 2])
  })
})

describe('a filter that cannot be read', () => {
  it.each(['since', 'until'] as const)('names its field: %s', (name) => {
    const context = { vendor: 'acme', account: 'main', operation: 'conversations.list', keepRaw: false }
    const reading = new PayloadReader({ ...context, onWarning: () => {} })
    const error = refusal(() => filterLocally([], { [name]: 'soon' }, new Set(), {}, reading))
    expect(error.message).toBe(`The filter ${name} must be an instant in ISO 8601, such as 2026-01-15T10:30:00.000Z.`)
    expect(error.fields).toStrictEqual([
      { path: name, problem: 'must be an instant in ISO 8601, such as 2026-01-15T10:30:00.000Z' },
    ])
  })
})
