import { describe, expect, test } from 'vitest'
import { everyRow, openDesk } from './livechatai-desk.ts'

const desk = openDesk()
const agent = `agentId=${desk.agentId}`
const days = 'startDate=2025-01-01&endDate=2026-01-15'

/** A list, where its items are, the parameter of its page size, and that size's default. */
const lists: readonly (readonly [path: string, items: string, size: string, byDefault: number])[] = [
  ['/agents?', 'data', 'limit', 10],
  [`/contacts?${agent}`, 'data', 'limit', 10],
  [`/data-sources?${agent}`, 'data.items', 'limit', 10],
  [`/conversations?${agent}`, 'data.conversations', 'perPage', 20],
  [`/ai-suggestions?${agent}`, 'data.suggestions', 'limit', 10],
  [`/analytics/csat?${agent}&${days}`, 'data.currentPeriod.scores', 'pageSize', 10],
]

describe.each(lists)('the pages of %s', (path, items, size, byDefault) => {
  test('are more than one of the default size', async () => {
    const [first, second] = [await desk.get(path), await desk.get(`${path}&page=2`)]
    expect(first.rows(items)).toHaveLength(byDefault)
    expect(second.rows(items).length).toBeGreaterThan(0)
    expect(second.rows(items)[0]).not.toEqual(first.rows(items)[0])
  })

  test.each(['0', '101', '-1', 'ten', '1.5'])('refuse %s', async (value) => {
    expect((await desk.get(`${path}&${size}=${value}`)).status).toBe(400)
  })

  test('can have 100 items, and begin at 1', async () => {
    expect((await desk.get(`${path}&${size}=100`)).status).toBe(200)
    expect((await desk.get(`${path}&page=0`)).status).toBe(400)
  })

  test('end with an empty page or, if configured, with 404', async () => {
    const past = await desk.get(`${path}&page=999`)
    expect([past.status, past.rows(items)]).toEqual([200, []])
    expect((await openDesk({ pastLastPage: 'notFound' }).get(`${path}&page=999`)).status).toBe(404)
  })

  test('contain each item once', async () => {
    const rows = await everyRow(desk, path, items, size)
    expect(new Set(rows.map((row) => row['id'])).size).toBe(rows.length)
  })
})

describe('the four shapes of page totals', () => {
  test('include `meta`', async () => {
    const answer = await desk.get(`/conversations?${agent}&perPage=50&page=2`)
    const total = Number(answer.at('data.meta.total'))
    expect(total).toBeGreaterThanOrEqual(250)
    const totalPages = Math.ceil(total / 50)
    expect(answer.at('data.meta')).toEqual({ total, perPage: 50, currentPage: 2, totalPages })
  })

  test('include `pages` at the root', async () => {
    const answer = await desk.get('/agents?limit=4')
    expect(Object.keys(answer.body)).toEqual(['status', 'data', 'totalCount', 'pages'])
    expect(answer.at('totalCount')).toBe(15)
    expect(answer.at('pages')).toEqual({
      page: 1,
      perPage: 4,
      totalPages: 4,
      hasPrevious: false,
      hasNext: true,
      previous: null,
      next: 2,
    })
    const last = await desk.get('/agents?limit=4&page=4')
    expect(last.at('pages')).toMatchObject({ hasPrevious: true, hasNext: false, previous: 3, next: null })
  })

  test('include `pages` inside `data`', async () => {
    const answer = await desk.get(`/data-sources?${agent}&limit=1`)
    expect(Object.keys(answer.at('data') as object)).toEqual(['agentId', 'items', 'totalCount', 'pages'])
  })

  test('include `pagination`', async () => {
    const answer = await desk.get(`/ai-suggestions?${agent}&limit=1&page=2`)
    expect(answer.at('data.pagination')).toEqual({
      page: 2,
      limit: 1,
      totalCount: expect.any(Number),
      totalPages: answer.at('data.pagination.totalCount'),
      hasNextPage: true,
      hasPreviousPage: true,
    })
  })

  test('include `metadata`', async () => {
    const answer = await desk.get(`/analytics/csat?${agent}&${days}&pageSize=5`)
    expect(answer.at('data.metadata')).toEqual({
      totalItemCount: answer.at('data.currentPeriod.totalResponses'),
      totalPageCount: expect.any(Number),
      currentPage: 1,
      prev: null,
      next: 2,
      pageSize: 5,
    })
  })
})
