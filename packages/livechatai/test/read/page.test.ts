import { encodeCursor, type JsonObject, NotFoundError, PermissionError } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { orEnd, placeOf, readMeta, readPages, turnPage } from '../../src/livechatai-page.ts'
import { reader } from './readers.ts'

const nothing = { page: undefined, hasMore: undefined, total: undefined }

describe('what a list says about itself', () => {
  it.each([
    [
      { totalCount: 12, pages: { page: 1, totalPages: 2, hasNext: false } },
      { page: 1, hasMore: false, total: 12 },
    ],
    [
      { totalCount: 12, pages: { page: 2, totalPages: 2, hasNext: true } },
      { page: 2, hasMore: true, total: 12 },
    ],
    [{ pages: { page: 1, totalPages: 2 } }, { page: 1, hasMore: true, total: undefined }],
    [{ pages: { page: 2, totalPages: 2 } }, { page: 2, hasMore: false, total: undefined }],
    [{ pages: { page: 2 } }, { ...nothing, page: 2 }],
    [{ pages: { totalPages: 2 } }, nothing],
    [{ totalCount: 3 }, { ...nothing, total: 3 }],
    [{}, nothing],
  ])('beside the list: %o', (body, info) => expect(readPages(body, reader().reading)).toStrictEqual(info))

  it.each([
    [{ meta: { total: 60, currentPage: 1, totalPages: 3 } }, { page: 1, hasMore: true, total: 60 }],
    [{ meta: { total: 60, currentPage: 3, totalPages: 3 } }, { page: 3, hasMore: false, total: 60 }],
    [{ meta: { totalPages: 3 } }, nothing],
    [{ meta: { currentPage: 3 } }, { ...nothing, page: 3 }],
    [{}, nothing],
  ])('with the list: %o', (data, info) => expect(readMeta(data, reader().reading)).toStrictEqual(info))
})

describe('a cursor', () => {
  const good = { page: 2, size: 20, before: ['a'], agentId: 'bot-1' }

  it('is the place that it was made from', () => {
    expect(placeOf(encodeCursor(good), 50)).toStrictEqual(good)
    expect(placeOf(undefined, 50)).toStrictEqual({ page: 1, size: 50, before: [] })
  })

  it.each<JsonObject>([
    { page: 0 },
    { page: 1.5 },
    { page: '2' },
    { size: 0 },
    { size: 101 },
    { size: null },
    { before: 'a' },
    { before: [1] },
    { before: ['a', 1] },
    { agentId: 7 },
  ])('is refused with %o', (wrong) => {
    expect(() => placeOf(encodeCursor({ ...good, ...wrong }), 50)).toThrow('cursor')
  })
})

it('no two ids of a thousand look alike', () => {
  const items = Array.from({ length: 1_000 }, (_, index) => ({ id: `cm9a1conv${index}` }))
  const place = { page: 1, size: 100, before: [] }
  const { next } = turnPage(place, items, items.length, nothing)
  expect(new Set(placeOf(next as string, 1).before).size).toBe(1_000)
})

describe('the end of a list', () => {
  const found = async () => ({ items: [], next: 'x', total: 1 })
  const refused = (code: 'not-found' | 'permission') => async () => {
    throw code === 'not-found' ? new NotFoundError({ message: 'no' }) : new PermissionError({ message: 'no' })
  }
  const place = { size: 2, before: [] }

  it('is a page that is not there, unless it is the first', async () => {
    expect(await orEnd({ ...place, page: 2 }, refused('not-found')())).toStrictEqual({
      items: [],
      next: null,
      total: undefined,
    })
    await expect(orEnd({ ...place, page: 1 }, refused('not-found')())).rejects.toThrow('no')
    expect(await orEnd({ ...place, page: 1 }, found())).toStrictEqual({ items: [], next: 'x', total: 1 })
  })

  it('is no other failure', async () => {
    await expect(orEnd({ ...place, page: 2 }, refused('permission')())).rejects.toThrow('no')
    const broken = async () => {
      throw new TypeError('ours')
    }
    await expect(orEnd({ ...place, page: 2 }, broken())).rejects.toThrow('ours')
  })
})
