import { describe, expect, test } from 'vitest'
import { openDesk, type Row } from './livechatai-desk.ts'

describe('suggestions', () => {
  test('list answers without sources, and lose dismissed ones', async () => {
    const desk = openDesk()
    const sent = await desk.post('/conversations', { agentId: desk.agentId, question: 'Qwertz uiop?' })
    const id = sent.text('data.responseMessageId')
    const list = () => desk.get(`/ai-suggestions?agentId=${desk.agentId}`)
    const suggestion = {
      id,
      userMessage: { id: sent.at('data.messageId'), text: 'Qwertz uiop?' },
      aiMessage: { id, text: sent.at('data.response') },
      evaluationTag: expect.any(String),
      potentialGap: expect.any(String),
      suggestedImprovement: expect.any(String),
      chatId: sent.at('data.conversationId'),
      createdAt: expect.stringMatching(/:\d\dZ$/),
    }
    expect((await list()).at('data.suggestions.0')).toEqual(suggestion)
    const one = await desk.get(`/ai-suggestions/${id}`)
    expect(one.body).toEqual({ status: 'success', data: { ...suggestion, agentId: desk.agentId } })
    expect((await desk.delete(`/ai-suggestions/${id}`)).status).toBe(200)
    expect((await list()).at('data.suggestions.0.id')).not.toBe(id)
    expect((await desk.get(`/ai-suggestions/${id}`)).status).toBe(404)
  })

  test('are filtered by date', async () => {
    const desk = openDesk()
    const path = `/ai-suggestions?agentId=${desk.agentId}&startDate=2025-12-01T00:00:00Z&endDate=2025-12-31T00:00:00Z`
    const answer = await desk.get(path)
    expect(Number(answer.at('data.pagination.totalCount'))).toBeGreaterThan(0)
    for (const row of answer.rows('data.suggestions')) expect(row['createdAt']).toMatch('2025-12-')
    expect((await desk.get(`/ai-suggestions?agentId=${desk.agentId}&startDate=soon`)).status).toBe(400)
  })
})

describe('analytics', () => {
  const desk = openDesk({ oddValues: 'none' })
  const december = 'startDate=2025-12-01&endDate=2025-12-31&timezone=Europe/Oslo'
  const report = (path: string, query = december) => desk.get(`/analytics${path}?agentId=${desk.agentId}&${query}`)

  test.each(['', '/agent', '/ai-functions', '/csat', '/topics', '/sentiments'])(
    'are refused without days at %s',
    async (path) => {
      for (const query of [
        'endDate=2025-12-31',
        'startDate=2025-12-01',
        'startDate=2025-12-01T00:00:00Z&endDate=2025-12-31',
        'startDate=2025-02-30&endDate=2025-12-31',
        'startDate=2025-12-31&endDate=2025-12-01',
        `${december}/Mars`,
      ]) {
        expect((await report(path, query)).status).toBe(400)
      }
      expect((await report(path)).status).toBe(200)
    },
  )

  test('have totals that equal the list', async () => {
    const utc = 'startDate=2025-12-01&endDate=2025-12-31&timezone=UTC'
    const current = (await report('', utc)).at('data.currentPeriod') as Row
    const path = `/conversations?agentId=${desk.agentId}&startDate=2025-12-01&endDate=2025-12-31`
    const total = (await desk.get(path)).at('data.meta.total')
    expect(current).toMatchObject({
      totalConversationCount: total,
      openConversationCount: (await desk.get(`${path}&status=open`)).at('data.meta.total'),
      closedConversationCount: (await desk.get(`${path}&status=close`)).at('data.meta.total'),
      humanizedAverageChatDuration: expect.stringMatching(/\d/),
      changes: { totalConversationCount: expect.any(Number) },
    })
    const daily = current['dailyData'] as Row[]
    expect(daily).toHaveLength(31)
    expect(daily.reduce((sum, row) => sum + Number(row['total']), 0)).toBe(total)
    expect(Object.keys(daily[0] ?? {})).toEqual(['date', 'total', 'aiResolved', 'humanInvolved'])
  })

  test('count a new conversation', async () => {
    const own = openDesk()
    const path = `/analytics?agentId=${own.agentId}&startDate=2026-01-15&endDate=2026-01-15`
    const count = async () => Number((await own.get(path)).at('data.currentPeriod.totalConversationCount'))
    const before = await count()
    await own.post('/conversations', { agentId: own.agentId, question: 'Hello?' })
    expect(await count()).toBe(before + 1)
  })

  test('keep the vendor’s spelling for agents, and can be limited to one teammate', async () => {
    const all = (await report('/agent')).at('data') as Record<string, Row>
    expect(Object.keys(all['previousPeriod'] ?? {})).toEqual([
      ...['totalConversationCount', 'closedConversationCount', 'agentResponseTime'],
      ...['avarageMessagesPerConversation', 'averageAgentCSATScore', 'totalAgentCSATResponses'],
    ])
    const one = await report('/agent', `${december}&userId=${desk.userId}`)
    const count = Number(one.at('data.currentPeriod.totalConversationCount'))
    expect(count).toBeLessThan(Number(all['currentPeriod']?.['totalConversationCount']))
    expect((await report('/agent', `${december}&userId=nobody`)).status).toBe(404)
  })

  test('have the changes beside the periods for AI functions', async () => {
    const answer = await report('/ai-functions')
    expect(Object.keys(answer.at('data') as Row)).toEqual(['currentPeriod', 'previousPeriod', 'changes'])
    const functions = answer.rows('data.currentPeriod.functions')
    expect(functions.reduce((sum, row) => sum + Number(row['total']), 0)).toBe(answer.at('data.currentPeriod.total'))
    const fields = ['name', 'description', 'type', 'mcpName', 'mcpProvider', 'total', 'totalFailed']
    expect(Object.keys(functions[0] ?? {})).toEqual(fields)
  })

  test('have scores from 1 to 5', async () => {
    const answer = await report('/csat')
    expect(answer.at('data.currentPeriod.scores.0')).toEqual({
      id: expect.any(String),
      score: expect.any(Number),
      comment: answer.at('data.currentPeriod.scores.0.comment'),
      email: answer.at('data.currentPeriod.scores.0.email'),
      name: expect.any(String),
      triggerReason: 'AFTER_RESOLUTION',
      createdAt: expect.any(String),
    })
    expect(answer.at('data.currentPeriod.averageScore')).toBeGreaterThan(1)
    expect(answer.at('data.currentPeriod.averageScore')).toBeLessThanOrEqual(5)
  })

  test('have six or all columns of topics', async () => {
    const some = await report('/topics')
    expect(some.rows('keys')).toHaveLength(6)
    expect(some.at('areAllTopicsVisible')).toBe(false)
    expect(Object.keys(some.at('data.0') as Row)).toEqual(['date', ...(some.at('keys') as string[])])
    const all = await report('/topics', `${december}&showAllTopics=true`)
    expect(all.at('areAllTopicsVisible')).toBe(true)
    expect(all.rows('keys')).toHaveLength(all.rows('allTopics').length)
  })

  test('have four columns of sentiments', async () => {
    const answer = await report('/sentiments')
    expect(answer.at('keys')).toEqual(['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'UNSPECIFIED'])
    const counted = answer.rows('allSentimentsCounts').reduce((sum, row) => sum + Number(row['count']), 0)
    expect(counted).toBe((await report('')).at('data.currentPeriod.totalConversationCount'))
    expect(answer.rows('data')).toHaveLength(31)
  })
})
