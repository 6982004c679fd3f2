import { type Call, encodeCursor, NotFoundError, PermissionError } from '@parley/core'
import { pagePosition } from '@parley/core/operations'
import { describe, expect, it } from 'vitest'
import { conversationPlace } from '../../src/conversation-list.ts'
import { orEnd, readMeta, readPages } from '../../src/read/page.ts'
import { reader } from '../helpers/account.ts'

const nothing = { hasMore: undefined, total: undefined }

describe('the totals of a list', () => {
  it.each([
    [
      { totalCount: 12, pages: { page: 1, totalPages: 2, hasNext: false } },
      { hasMore: false, pagesLeft: 1, total: 12 },
    ],
    [
      { totalCount: 12, pages: { page: 2, totalPages: 2, hasNext: true } },
      { hasMore: true, pagesLeft: 0, total: 12 },
    ],
    [{ pages: { page: 1, totalPages: 2 } }, { pagesLeft: 1 }],
    [{ pages: { page: 2, totalPages: 2 } }, { pagesLeft: 0 }],
    [{ pages: { page: 2 } }, { ...nothing }],
    [{ pages: { totalPages: 2 } }, nothing],
    [{ totalCount: 3 }, { ...nothing, total: 3 }],
    [{}, nothing],
  ])('are read from beside the list: %o', (body, info) => expect(readPages(body, reader().reading)).toEqual(info))

  it.each([
    [{ meta: { total: 60, currentPage: 1, totalPages: 3 } }, { pagesLeft: 2, total: 60 }],
    [{ meta: { total: 60, currentPage: 3, totalPages: 3 } }, { pagesLeft: 0, total: 60 }],
    [{ meta: { totalPages: 3 } }, nothing],
    [{ meta: { currentPage: 3 } }, { ...nothing }],
    [{}, nothing],
  ])('are read from the object with the list: %o', (data, info) =>
    expect(readMeta(data, reader().reading)).toEqual(info),
  )
})

describe('a page position of a conversation list', () => {
  const good = { ...pagePosition(undefined), page: 2, agentId: 'bot-1' }

  it('is read back from its cursor', () => expect(conversationPlace(encodeCursor(good))).toStrictEqual(good))

  it.each([{ page: 0 }, { recent: 'a' }, { agentId: 7 }])('is refused with %o', (wrong) => {
    expect(() => conversationPlace(encodeCursor({ ...good, ...wrong }))).toThrow('cursor')
  })
})

describe('a 404 for a page', () => {
  const call = { reading: reader().reading } as Call
  const refused = (code: 'not-found' | 'permission') => async () => {
    throw code === 'not-found'
      ? new NotFoundError({ message: 'no', vendorCode: 'NOT_FOUND' })
      : new PermissionError({ message: 'no' })
  }
  const first = pagePosition(undefined)
  const second = { ...first, page: 2, pass: 2 }
  const at = (place: typeof first, page: Promise<never>) => orEnd(call, place, new Set(), page)

  it('is the end of the list, unless it is the first page', async () => {
    expect(await at(second, refused('not-found')())).toStrictEqual({ items: [], next: null, total: undefined })
    await expect(at(first, refused('not-found')())).rejects.toThrow('no')
  })

  it('is no end if it has other words', async () => {
    await expect(at(second, refused('permission')())).rejects.toThrow('no')
  })
})
