import { encodeCursor, type JsonValue, Unreadable } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { placeOf, readEnvelope } from '../../src/agent-conversation-page.ts'
import { reading } from './readers.ts'

const first = { page: 1, size: 2, before: [] }
const read = (body: unknown, place: Parameters<typeof readEnvelope>[2] = first) =>
  readEnvelope(body, reading().reading, place, (raw) => ({ id: String(raw['id']) }))
const items = (...ids: string[]) => ids.map((id) => ({ id }))
const after = (next: string | null) => placeOf(next ?? '', 2)

describe('where a page is', () => {
  it('is the first one without a cursor', () => {
    expect(placeOf(undefined, 7)).toStrictEqual({ page: 1, size: 7, before: [] })
  })

  it('comes back from a cursor', () => {
    const place = { page: 3, size: 2, before: ['a', 'b'] }
    expect(placeOf(encodeCursor(place), 7)).toStrictEqual(place)
  })

  it.each([
    null,
    7,
    [],
    { page: 0, size: 2, before: [] },
    { page: 1.5, size: 2, before: [] },
    { page: '1', size: 2, before: [] },
    { page: 1, size: 0, before: [] },
    { page: 1, size: 2 },
    { page: 1, size: 2, before: 'a' },
    { page: 1, size: 2, before: ['a', 1] },
  ] as JsonValue[])('is nowhere with %j', (state) => {
    expect(() => placeOf(encodeCursor(state), 2)).toThrow('The cursor is not one that this list gave out.')
  })
})

describe('readEnvelope', () => {
  it.each([null, 'x', [], {}, { data: {} }])('cannot read %j', (body) => {
    try {
      read(body)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(Unreadable)
      expect((error as Unreadable).path).toBe('data')
    }
  })

  it('goes on while the vendor says so, with prints of what it has shown', () => {
    const { items: read1, next, total } = read({ data: items('a', 'b'), hasNextPage: true, totalItems: 5 })
    expect({ read1, total }).toStrictEqual({ read1: items('a', 'b'), total: 5 })
    const place = after(next)
    expect(place).toMatchObject({ page: 2, size: 2 })
    expect(new Set(place.before).size).toBe(2)
    expect(place.before.every((print) => /^[0-9a-z]+$/.test(print))).toBe(true)
    // The print is FNV-1a, 32 bits: the published value of "a" is e40c292c.
    expect(place.before[0]).toBe((0xe40c292c).toString(36))
  })

  it.each([
    [{ hasNextPage: false, totalPages: 9 }, false],
    [{ totalPages: 2 }, true],
    [{ totalPages: 1 }, false],
    [{}, false],
    [{ hasNextPage: null, totalPages: 3 }, true],
  ])('%j goes on: %s', (envelope, goesOn) => {
    expect(read({ data: items('a'), ...envelope }).next !== null).toBe(goesOn)
  })

  it('ends with an empty page, whatever it says', () => {
    expect(read({ data: [], hasNextPage: true })).toStrictEqual({ items: [], next: null, total: undefined })
  })

  it('goes on over a page of which nothing can be read', () => {
    expect(read({ data: [null], hasNextPage: true }).next).not.toBeNull()
    expect(read({ data: [null], hasNextPage: true }, { page: 2, size: 2, before: [] }).next).not.toBeNull()
  })

  it('ends when a later page brings nothing new', () => {
    const { next } = read({ data: items('a', 'b'), hasNextPage: true })
    const again = { data: items('b', 'a'), hasNextPage: true, totalItems: 4 }
    expect(read(again, after(next))).toStrictEqual({ items: [], next: null, total: undefined })
    expect(read({ ...again, data: items('b', 'c') }, after(next)).items).toStrictEqual(items('b', 'c'))
    // On the first page there is nothing before.
    expect(read(again, { ...after(next), page: 1 }).items).toHaveLength(2)
  })
})
