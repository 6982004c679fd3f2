import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { errorBody } from '../fixtures/errors.ts'
import { account, entity } from '../helpers/account.ts'
import { got, serve } from '../helpers/vendor.ts'

useNock()

const score = {
  id: 'csat-1',
  score: 4,
  comment: 'Quick',
  email: 'rosa@shop.test',
  name: 'Rosa',
  triggerReason: 'AFTER_RESOLUTION',
  createdAt: '2026-01-31T12:00:00.000Z',
}
const scores = (
  list: unknown,
  page = 1,
  totalPageCount = 1,
  next: number | null = page < totalPageCount ? page + 1 : null,
) => ({
  status: 'success',
  data: {
    currentPeriod: { averageScore: 4, totalResponses: 12, scores: list },
    previousPeriod: { averageScore: 3, totalResponses: 1, scores: [{ ...score, id: 'before' }] },
    changes: {},
    metadata: {
      totalItemCount: totalPageCount === 1 && Array.isArray(list) ? list.length : 12,
      totalPageCount,
      currentPage: page,
      prev: null,
      next,
      pageSize: 10,
    },
  },
})
const asked = (from: string, to: string, page = 1, size = 10) =>
  `/analytics/csat?agentId=bot-1&startDate=${from}&endDate=${to}&timezone=UTC&page=${page}&pageSize=${size}`

describe('feedback.list', () => {
  it('reads the scores from the first one until today', async () => {
    const seen = serve(['GET', asked('2020-01-01', '2026-02-01'), 200, scores([score])])
    expect(await account().adapter.feedback.list()).toStrictEqual({
      items: [
        {
          id: 'csat-1',
          score: 4,
          comment: 'Quick',
          authorEmail: 'rosa@shop.test',
          authorName: 'Rosa',
          trigger: 'AFTER_RESOLUTION',
          createdAt: '2026-01-31T12:00:00.000Z',
        },
      ],
      next: null,
      warnings: [],
      total: 1,
    })
    expect(seen).toStrictEqual([got(asked('2020-01-01', '2026-02-01'))])
  })

  it('requests whole days and filters to the exact range', async () => {
    const at = (id: string, createdAt: string | null) => ({ ...score, id, createdAt })
    const list = [
      at('late', '2026-01-31T12:00:00.001Z'),
      at('last', '2026-01-31T12:00:00.000Z'),
      at('first', '2026-01-30T08:00:00.000Z'),
      at('early', '2026-01-30T07:59:59.999Z'),
      at('undated', null),
    ]
    serve(['GET', asked('2026-01-30', '2026-01-31'), 200, scores(list)])
    const page = await account().adapter.feedback.list({
      since: '2026-01-30T10:00:00+02:00',
      until: '2026-01-31T12:00:00Z',
    })
    expect(page.items.map(({ id }) => id)).toEqual(['last', 'first', 'undated'])
    expect(page).not.toHaveProperty('total')
  })

  it('returns no scores of the future, and requests no reversed range', async () => {
    serve(['GET', asked('2030-01-01', '2030-01-01'), 200, scores([score])])
    expect(await account().adapter.feedback.list({ since: '2030-01-01T00:00:00Z' })).toMatchObject({ items: [] })
  })

  it('reads every page, and returns each score once, even without an id', async () => {
    const numbered = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...score, id: `s-${from + index}` }))
    const { id: _, ...nameless } = score
    serve(
      ['GET', asked('2020-01-01', '2026-02-01'), 200, scores([...numbered(1, 9), nameless], 1, 2)],
      ['GET', asked('2020-01-01', '2026-02-01', 2), 200, scores([...numbered(9, 2), nameless], 2, 2)],
      ['GET', asked('2020-01-01', '2026-02-01'), 200, scores(numbered(1, 9), 1, 2)],
      ['GET', asked('2020-01-01', '2026-02-01', 2), 200, scores([...numbered(9, 2), nameless], 2, 2)],
    )
    const ids: (string | null)[] = []
    for await (const { id } of account().adapter.feedback.list()) ids.push(id)
    expect(ids).toEqual([...numbered(1, 9).map(({ id }) => id), null, 's-10', null])
  })

  it('counts the items if the next page is not named', async () => {
    const page = (number: number) => scores([{ ...score, id: `s-${number}` }], number, 2, undefined as never)
    serve(
      ['GET', asked('2020-01-01', '2026-02-01', 1, 1), 200, page(1)],
      ['GET', asked('2020-01-01', '2026-02-01', 2, 1), 200, page(2)],
    )
    const ids = []
    for await (const { id } of account().adapter.feedback.list({ limit: 1 })) ids.push(id)
    expect(ids).toEqual(['s-1', 's-2'])
  })

  it('requests another agent, and drops a score that cannot be read', async () => {
    const uri = asked('2020-01-01', '2026-02-01', 1, 100).replace('bot-1', 'bot-2')
    serve(['GET', uri, 200, scores(['x', { ...score, score: 'good' }])])
    const page = await account().adapter.feedback.list({ limit: 101, vendor: { livechatai: { agentId: 'bot-2' } } })
    expect(page.items).toHaveLength(1)
    expect(told(page.warnings)).toEqual([
      'bad-item data.currentPeriod.scores[0]',
      'unreadable-field data.currentPeriod.scores[1].score',
    ])
  })

  it.each([
    ['since', { since: 'yesterday' }],
    ['until', { until: 7 }],
    ['limit', { limit: 1.5 }],
    ['vendor.livechatai.agentId', { vendor: { livechatai: { agentId: {} } } }],
  ])('refuses a wrong %s', async (path, query) => {
    expect(await failure(account().adapter.feedback.list(query as never))).toMatchObject({ fields: [{ path }] })
  })

  it.each([
    ['data.currentPeriod', { status: 'success', data: {} }],
    ['data.currentPeriod.scores', { status: 'success', data: { currentPeriod: {} } }],
  ])('fails without %s', async (path, body) => {
    serve(['GET', asked('2020-01-01', '2026-02-01'), 200, body])
    expect(await failure(account().adapter.feedback.list())).toMatchObject({ code: 'response', fields: [{ path }] })
  })
})

const suggestion = {
  id: 'm-2',
  userMessage: { id: 'm-1', text: 'Do you sell tents?' },
  aiMessage: { id: 'm-2', text: 'I do not know.' },
  evaluationTag: 'OUT_OF_CONTEXT',
  potentialGap: 'Nothing about tents.',
  suggestedImprovement: 'Add a page about tents.',
  chatId: 'c-1',
  createdAt: '2026-01-31T12:00:00Z',
}
const suggestions = (list: unknown, page = 1, totalPages = 1) => ({
  status: 'success',
  data: {
    agentId: 'bot-1',
    suggestions: list,
    pagination: {
      page,
      limit: 10,
      totalCount: totalPages === 1 && Array.isArray(list) ? list.length : 12,
      totalPages,
      hasNextPage: page < totalPages,
      hasPreviousPage: page > 1,
    },
  },
})

describe('feedback.suggestions', () => {
  const list = (query = '') => `/ai-suggestions?agentId=bot-1&page=1&limit=10${query}`

  it('reads suggestions with the reason and the conversation', async () => {
    const seen = serve(['GET', list(), 200, suggestions([suggestion])])
    expect(await account().adapter.feedback.suggestions()).toStrictEqual({
      items: [
        {
          ...entity('suggestion', 'm-2', suggestion),
          conversationId: 'c-1',
          messageId: 'm-2',
          question: 'Do you sell tents?',
          answer: 'I do not know.',
          reason: 'OUT_OF_CONTEXT',
          gap: 'Nothing about tents.',
          improvement: 'Add a page about tents.',
          agentId: 'bot-1',
          createdAt: '2026-01-31T12:00:00.000Z',
        },
      ],
      next: null,
      warnings: [],
      total: 1,
    })
    expect(seen).toStrictEqual([got(list())])
  })

  it('requests a slightly longer range and filters to the exact one', async () => {
    const dates = '&startDate=2026-01-31T11%3A59%3A59.000Z&endDate=2026-01-31T12%3A00%3A01.000Z'
    const late = { ...suggestion, id: 'late', createdAt: '2026-01-31T12:00:01Z' }
    serve(['GET', list(dates), 200, suggestions([late, suggestion])])
    const instant = '2026-01-31T12:00:00Z'
    const page = await account().adapter.feedback.suggestions({ since: instant, until: instant })
    expect(page.items.map(({ id }) => id)).toEqual(['m-2'])
  })

  it('reads every page', async () => {
    serve(
      ['GET', list(), 200, suggestions([suggestion], 1, 2)],
      ['GET', list().replace('page=1', 'page=2'), 200, suggestions([suggestion, { ...suggestion, id: 'm-4' }], 2, 2)],
      ['GET', list(), 200, suggestions([suggestion], 1, 2)],
      ['GET', list().replace('page=1', 'page=2'), 200, suggestions([{ ...suggestion, id: 'm-4' }], 2, 2)],
    )
    const ids = []
    for await (const { id } of account().adapter.feedback.suggestions()) ids.push(id)
    expect(ids).toEqual(['m-2', 'm-4'])
  })

  it('returns suggestions without messages, and warns about messages that cannot be read', async () => {
    const bare = { id: 'm-2', userMessage: null, aiMessage: 'x', agentId: 'bot-9' }
    serve(['GET', list(), 200, suggestions([bare, {}])])
    const page = await account().adapter.feedback.suggestions()
    expect(page.items).toStrictEqual([{ ...entity('suggestion', 'm-2', bare), agentId: 'bot-9' }])
    expect(told(page.warnings)).toEqual([
      'unreadable-field data.suggestions[0].aiMessage',
      'bad-item data.suggestions[1].id',
    ])
  })
})

describe('feedback.dismiss', () => {
  it.each([
    ['a message', 200, { status: 'success', message: 'ignored' }],
    ['nothing', 204, undefined],
  ])('succeeds with %s', async (_, status, body) => {
    const seen = serve(['DELETE', '/ai-suggestions/m%2F2', status, body])
    expect(await account().adapter.feedback.dismiss('m/2')).toStrictEqual({ id: 'm/2', confirmed: true })
    expect(seen).toStrictEqual([{ ...got('/ai-suggestions/m%2F2'), method: 'DELETE' }])
  })

  it('fails with `not-found` for an unknown suggestion', async () => {
    serve(['DELETE', '/ai-suggestions/m-2', 404, errorBody('Suggestion not found', 'NOT_FOUND')])
    expect(await failure(account().adapter.feedback.dismiss('m-2'))).toMatchObject({ code: 'not-found' })
    expect(await failure(account().adapter.feedback.dismiss('' as never))).toMatchObject({
      fields: [{ path: 'suggestion' }],
    })
  })
})
