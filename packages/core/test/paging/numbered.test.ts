import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Page, PayloadReader, paged } from '../../src/index.ts'
import { numberedCursor, type PageInfo, pagePosition, turnPage } from '../../src/operations.ts'

const place = { vendor: 'acme', account: 'main', operation: 'things.list' }
interface Thing {
  id: string
}

/** How the model of a vendor says that there are more pages. */
type Speech = 'flag' | 'total' | 'both' | 'nothing'

/** A list with numbered pages over a server that changes between two pages. */
function listOver(
  rows: Thing[],
  size: number,
  speech: Speech,
  change: (request: number) => void,
  sent = (page: Thing[]) => page,
) {
  let requests = 0
  return paged<Thing>(
    async (cursor, _, seen): Promise<Page<Thing>> => {
      const { reading } = readingOf()
      const at = pagePosition(cursor)
      const found = sent(rows.slice((at.page - 1) * size, at.page * size))
      const info: PageInfo = {
        ...((speech === 'flag' || speech === 'both') && { hasMore: at.page * size < rows.length }),
        ...((speech === 'total' || speech === 'both') && { total: rows.length }),
      }
      const { items, next } = turnPage(reading, at, found, found.length, info, seen)
      change(requests++)
      return { items, next: numberedCursor(next), warnings: reading.warnings }
    },
    {},
    place,
  )
}

const readingOf = () => ({ reading: new PayloadReader({ ...place, keepRaw: false, onWarning: () => {} }) })

async function idsOf(list: AsyncIterable<Thing>): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of list) ids.push(id)
  return ids
}

const things = (count: number): Thing[] => Array.from({ length: count }, (_, index) => ({ id: `t${index}` }))

describe('a list of numbered pages', () => {
  it('returns each remaining item once, whatever is moved, added or removed between two pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom<Speech>('flag', 'total', 'both', 'nothing'),
        fc.array(fc.constantFrom('insert', 'to the end', 'to the front', 'none'), { maxLength: 3 }),
        fc.nat(),
        async (count, size, speech, changes, pick) => {
          const rows = things(count)
          const whole = rows.map(({ id }) => id)
          const ids = await idsOf(
            listOver(rows, size, speech, (request) => {
              const kind = changes[request]
              if (kind === 'insert') rows.unshift({ id: `new${request}` })
              const [moved] = kind?.startsWith('to') ? rows.splice(pick % rows.length, 1) : []
              if (moved && kind === 'to the end') rows.push(moved)
              if (moved && kind === 'to the front') rows.unshift(moved)
            }),
          )
          expect(new Set(ids).size).toBe(ids.length)
          expect(whole.filter((id) => !ids.includes(id))).toEqual([])
        },
      ),
      { seed: 20260115, numRuns: 400 },
    )
  })

  it('returns the item that moved to the previous page when another was deleted', async () => {
    for (const speech of ['total', 'both', 'nothing'] as const) {
      const rows = things(6)
      const ids = await idsOf(listOver(rows, 2, speech, (request) => request === 0 && rows.shift()))
      expect(ids.toSorted()).toEqual(['t0', 't1', 't2', 't3', 't4', 't5'])
    }
  })

  it('keeps items beyond the requested page size', async () => {
    const ids = await idsOf(
      listOver(
        things(3),
        1,
        'total',
        () => {},
        () => things(3),
      ),
    )
    expect(ids).toEqual(['t0', 't1', 't2'])
  })

  it.each(['flag', 'both'] as const)('fails if one page comes for every number, by %s', async (speech) => {
    const ids: string[] = []
    const list = listOver(
      things(100),
      2,
      speech,
      () => {},
      () => things(2),
    )
    const reading = (async () => {
      for await (const { id } of list) ids.push(id)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'response', ...place })
    expect(ids).toEqual(['t0', 't1'])
  })

  const zero = { total: 0 }
  it.each<[string, (page: number) => PageInfo]>([
    ['nothing', () => zero],
    ['nothing, on no page', (page) => ({ ...zero, pagesLeft: -page })],
    ['no pages', (page) => ({ pagesLeft: -page })],
    ['fewer items than came, on this page only', () => ({ total: 1, pagesLeft: 0 })],
  ])('continues if the vendor counts %s beside a full page', async (_, infoOf) => {
    const rows = things(3)
    const list = paged<Thing>(
      async (cursor, _query, seen) => {
        const { reading } = readingOf()
        const at = pagePosition(cursor)
        const found = rows.slice((at.page - 1) * 2, at.page * 2)
        const { items, next, total } = turnPage(reading, at, found, found.length, infoOf(at.page), seen)
        if (found.length > 0) expect(total).toBeUndefined()
        return { items, next: numberedCursor(next), warnings: reading.warnings }
      },
      {},
      place,
    )
    expect(await idsOf(list)).toEqual(['t0', 't1', 't2'])
  })

  it('ends at an empty page with a total of zero', () => {
    const { reading } = readingOf()
    const info = { total: 0, pagesLeft: -1 }
    expect(turnPage(reading, pagePosition(undefined), [], 0, info, new Set()).next).toBeNull()
  })

  it('ends with a warning if the total is never reached', async () => {
    const codes: string[] = []
    const list = listOver(
      things(3),
      2,
      'total',
      () => {},
      (page) => page.filter(({ id }) => id !== 't1'),
    )
    for await (const page of list.pages()) codes.push(...page.warnings.map(({ code }) => code))
    expect(codes).toContain('degraded')
  })
})

describe('the cursor of a numbered list', () => {
  const list = (
    query: { limit?: number; cursor?: string; status?: string },
    account = 'main',
    of = 'c1',
    scope = 's1',
  ) =>
    paged(
      async (cursor, { limit }) => ({
        items: [{ id: `${cursor}`, limit }],
        next: cursor === undefined ? 'second' : null,
        warnings: [],
      }),
      query,
      { ...place, account, of, scope },
    )

  it('continues with the same query and limit', async () => {
    const { next } = await list({ limit: 2, status: 'open' })
    const cursor = next ?? ''
    expect((await list({ status: 'open', limit: 2, cursor })).items).toEqual([{ id: 'second', limit: 2 }])
    expect((await list({ status: 'open', cursor })).items).toEqual([{ id: 'second', limit: 2 }])
  })

  it.each([
    ['another limit', { limit: 3, status: 'open' }],
    ['another filter', { limit: 2, status: 'closed' }],
    ['no filter', { limit: 2 }],
    ['another account', { limit: 2, status: 'open' }, 'other'],
    ['another owner', { limit: 2, status: 'open' }, 'main', 'c2'],
    ['another scope', { limit: 2, status: 'open' }, 'main', 'c1', 's2'],
  ])('is refused with %s', async (_, query, account = 'main', of = 'c1', scope = 's1') => {
    const { next } = await list({ limit: 2, status: 'open' })
    await expect(list({ ...query, cursor: next ?? '' }, account, of, scope)).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'cursor' }],
    })
  })
})
