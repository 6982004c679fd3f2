import { isTextStream } from '@parley/core/operations'
import { type LiveChatAIEndpoints, type LiveChatAINative, liveChatAI } from '@parley/livechatai'
import { type Sandbox, sandbox } from '@parley/sandbox'
import { failure } from '@parley/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

let running: Sandbox<'liveChatAI'>
let initial: Sandbox<'liveChatAI'>['liveChatAI']['settings']
let native: LiveChatAINative
let agentId: string
let userId: string

beforeAll(async () => {
  running = await sandbox.start({ seed: 7, vendors: ['liveChatAI'] })
  const { url, credentials, settings } = running.liveChatAI
  initial = { ...settings }
  agentId = credentials['agentId'] ?? ''
  userId = credentials['operatorId'] ?? ''
  native = liveChatAI({ apiKey: credentials['apiKey'] ?? '', agentId, baseUrl: url }).native
})
afterAll(() => running.stop())
afterEach(() => {
  Object.assign(running.liveChatAI.settings, initial)
  running.liveChatAI.reset()
})

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
const id = expect.stringMatching(/^c\w{20,}$/)
const number = expect.any(Number)

const first = async <T>(items: Promise<readonly T[]>): Promise<T> => {
  const [item] = await items
  if (item === undefined) throw new Error('There is none.')
  return item
}
const conversation = () =>
  first(
    native.request('GET /conversations', { query: { agentId, status: 'open' } }).then(({ data }) => data.conversations),
  )
const contact = () => first(native.request('GET /contacts', { query: { agentId } }).then(({ data }) => data))
const suggestions = async () =>
  (await native.request('GET /ai-suggestions', { query: { agentId, limit: 100 } })).data.suggestions
const source = () =>
  first(native.request('GET /data-sources', { query: { agentId, source: 'QA' } }).then(({ data }) => data.items))
const created = { data: { message: expect.any(String), item: { id, isGeneratedByAI: false } } }

/** The days in which the sandbox's story takes place. */
const days = async () => {
  const { conversations } = (await native.request('GET /conversations', { query: { agentId, perPage: 100 } })).data
  const dates = conversations.map(({ createdAt }) => createdAt?.slice(0, 10) ?? '').sort()
  return { agentId, startDate: dates[0] ?? '', endDate: dates.at(-1) ?? '', timezone: 'UTC' }
}

/** One for each endpoint: the compiler misses none, and none is there twice. */
const checks: { [Route in keyof LiveChatAIEndpoints]: () => Promise<void> } = {
  async 'GET /agents'() {
    const page = await native.request('GET /agents', { query: { page: 2, limit: 1 } })
    expect(page).toMatchObject({
      data: [{ id, name: expect.any(String), isArchived: expect.any(Boolean), createdAt: instant }],
      totalCount: number,
      pages: { page: 2, perPage: 1, hasPrevious: true, previous: 1 },
    })
  },
  async 'POST /agents'() {
    const body = { name: 'Night helper', isLiveChatEnabled: false, isImageSharingEnabled: true }
    const made = await native.request('POST /agents', { body })
    expect(made.data).toMatchObject({ ...body, id })
    const path = { agentId: made.data?.id ?? '' }
    expect((await native.request('GET /agents/{agentId}', { path })).data).toMatchObject(body)
  },
  async 'GET /agents/{agentId}'() {
    for (const agentBody of ['wrapped', 'nested', 'bare'] as const) {
      running.liveChatAI.settings.agentBody = agentBody
      const answer = await native.request('GET /agents/{agentId}', { path: { agentId }, query: { isEmbed: true } })
      expect(answer.data?.agent?.id ?? answer.data?.id ?? answer.id).toBe(agentId)
    }
  },
  async 'DELETE /agents/{agentId}'() {
    expect(await native.request('DELETE /agents/{agentId}', { path: { agentId } })).toMatchObject({ status: 'success' })
    const gone = native.request('GET /agents/{agentId}', { path: { agentId } })
    expect(await failure(gone)).toMatchObject({ code: 'not-found' })
  },

  async 'GET /conversations'() {
    const query = { agentId, page: 2, perPage: 3, sort: 'asc', status: 'open', type: 'all' } as const
    const { data } = await native.request('GET /conversations', { query })
    expect(data.conversations).toHaveLength(3)
    expect(data.conversations[0]).toMatchObject({ id, isResolved: false, contact: { id }, createdAt: instant })
    expect(data.meta).toMatchObject({ currentPage: 2, perPage: 3, total: number, totalPages: number })
  },
  async 'POST /conversations'() {
    const body = { agentId, question: 'When are you open on Saturday?', streaming: false }
    const answer = await native.request('POST /conversations', { body })
    if (isTextStream(answer)) throw new Error('It must not stream.')
    expect(answer.data).toMatchObject({ conversationId: id, contactId: id, messageId: id, responseMessageId: id })
    expect(answer.data.response).toMatch(/\w/)
    const streamed = await native.request('POST /conversations', { body: { ...body, streaming: true } })
    let text = ''
    if (isTextStream(streamed)) for await (const part of streamed) text += part
    expect(text).toMatch(/^data: /m)
  },
  async 'POST /conversations/create'() {
    const { data } = await native.request('POST /conversations/create', { body: { agentId, country: 'AT' } })
    expect(data).toEqual({ conversationId: id, contactId: id })
    const path = { contactId: data.contactId ?? '' }
    expect(await native.request('GET /contacts/{contactId}', { path })).toMatchObject({ country: 'AT' })
  },
  async 'GET /conversations/{conversationId}'() {
    const { id: conversationId } = await conversation()
    const { data } = await native.request('GET /conversations/{conversationId}', { path: { conversationId } })
    expect(data).toMatchObject({ id: conversationId, agentId, contactId: id, lastMessageDate: instant })
    expect(data.messages?.[0]).toMatchObject({ id, role: 'user', type: 'TEXT', createdAt: instant })
  },
  async 'POST /conversations/{conversationId}/reply'() {
    const { id: conversationId } = await conversation()
    const body = { message: 'I will call you.', userId, messageType: 'TEXT' } as const
    const { data } = await native.request('POST /conversations/{conversationId}/reply', {
      path: { conversationId },
      body,
    })
    expect(data).toMatchObject({
      messageId: id,
      conversationId,
      message: { text: body.message, agent: { id: userId } },
    })
  },
  async 'POST /conversations/{conversationId}/end'() {
    const path = { conversationId: (await conversation()).id }
    const { data } = await native.request('POST /conversations/{conversationId}/end', { path, body: { userId } })
    expect(data).toEqual({ ...path, userId, contactId: id })
    const after = await native.request('GET /conversations/{conversationId}', { path })
    expect(after.data.isResolved).toBe(true)
  },
  async 'GET /conversations/views'() {
    const { data } = await native.request('GET /conversations/views', { query: { agentId, perPage: 1 } })
    expect(data.views).toMatchObject([{ id: expect.any(String), query: { rules: [{ operator: 'EQUALS' }] } }])
    expect(data.meta).toMatchObject({ perPage: 1 })
  },

  async 'POST /contacts'() {
    const body = { agentId, distinctId: 'crm-9', name: 'Ada Quill', email: 'ada@quill.example', phone: '+15550142' }
    const { contactId } = await native.request('POST /contacts', { body })
    expect(await native.request('GET /contacts/{contactId}', { path: { contactId } })).toMatchObject({
      ...body,
      id: contactId,
    })
    const again = await native.request('POST /contacts', { body: { ...body, contactId, name: 'Ada Q.' } })
    expect(again.contactId).toBe(contactId)
  },
  async 'GET /contacts'() {
    const page = await native.request('GET /contacts', { query: { agentId, page: 1, limit: 2 } })
    expect(page).toMatchObject({ agentId, data: [{ id }, { id }], totalCount: number, pages: { perPage: 2 } })
  },
  async 'GET /contacts/{contactId}'() {
    const { id: contactId } = await contact()
    const bare = await native.request('GET /contacts/{contactId}', { path: { contactId } })
    expect(bare).toMatchObject({ id: contactId, agentId, createdAt: instant })
    expect(bare.attributes).toBeInstanceOf(Array)
  },
  async 'GET /contacts/{contactId}/conversations'() {
    const { contact: owner } = await conversation()
    const path = { contactId: owner?.id ?? '' }
    const { data } = await native.request('GET /contacts/{contactId}/conversations', { path, query: { perPage: 5 } })
    expect(data.conversations.map((each) => each.contact?.id)).toContain(path.contactId)
    expect(data.meta).toMatchObject({ perPage: 5 })
  },

  async 'GET /data-sources'() {
    const { data } = await native.request('GET /data-sources', { query: { agentId, source: 'WEBSITE', limit: 2 } })
    expect(data).toMatchObject({ agentId, totalCount: number, pages: { perPage: 2 } })
    expect(data.items[0]).toMatchObject({ id, source: 'WEBSITE', status: expect.any(String), characterCount: number })
  },
  async 'POST /data-sources/url'() {
    const body = { agentId, url: 'https://shop.example/faq' }
    const answer = await native.request('POST /data-sources/url', { body })
    expect(answer).toMatchObject({ data: { ...created.data, item: { ...created.data.item, source: 'WEBSITE' } } })
  },
  async 'POST /data-sources/text'() {
    const body = { agentId, title: 'Hours', content: 'We open at nine.' }
    const { item } = (await native.request('POST /data-sources/text', { body })).data
    expect(item).toEqual({ ...created.data.item, source: 'TEXT' })
    const { data } = await native.request('GET /data-sources', { query: { agentId, source: 'TEXT', limit: 100 } })
    expect(data.items.find((each) => each.id === item.id)).toMatchObject({ title: 'Hours', text: body.content })
  },
  async 'POST /data-sources/qa'() {
    const body = { agentId, question: 'When?', answer: 'At nine.', isGeneratedByAI: true, relatedMessageId: 'm' }
    const { data } = await native.request('POST /data-sources/qa', { body })
    expect(data.item).toEqual({ id, source: 'QA', isGeneratedByAI: true })
  },
  async 'POST /data-sources/file'() {
    const body = { agentId, title: 'Hours.docx', content: 'We open at nine.', fileType: 'docx' } as const
    const { data } = await native.request('POST /data-sources/file', { body })
    expect(data.item).toEqual({ ...created.data.item, source: 'DOCX' })
  },
  async 'DELETE /data-sources'() {
    const wanted = await source()
    const body = { agentId, source: 'QA', ids: [wanted.id, 'nowhere'] } as const
    const { data } = await native.request('DELETE /data-sources', { body: { ...body, ids: [...body.ids] } })
    expect(data).toMatchObject({ agentId, deleted: [wanted.id], notFound: ['nowhere'] })
    const one = await source()
    const single = await native.request('DELETE /data-sources', { body: { agentId, source: 'QA', id: one.id } })
    expect(single.data).toMatchObject({ deleted: [one.id], notFound: [] })
  },

  async 'GET /ai-suggestions'() {
    const query = { agentId, page: 1, limit: 2, startDate: '2000-01-01T00:00:00Z', endDate: '2100-01-01T00:00:00Z' }
    const { data } = await native.request('GET /ai-suggestions', { query })
    expect(data).toMatchObject({ agentId, pagination: { page: 1, limit: 2, totalCount: number } })
    expect(data.suggestions[0]).toMatchObject({ id, chatId: id, aiMessage: { text: expect.any(String) } })
  },
  async 'GET /ai-suggestions/{suggestionId}'() {
    const { id: suggestionId } = await first(suggestions())
    const { data } = await native.request('GET /ai-suggestions/{suggestionId}', { path: { suggestionId } })
    expect(data).toMatchObject({ id: suggestionId, agentId, suggestedImprovement: expect.any(String) })
  },
  async 'DELETE /ai-suggestions/{suggestionId}'() {
    const { id: suggestionId } = await first(suggestions())
    await native.request('DELETE /ai-suggestions/{suggestionId}', { path: { suggestionId } })
    expect((await suggestions()).map((each) => each.id)).not.toContain(suggestionId)
  },

  async 'GET /analytics'() {
    const { data } = await native.request('GET /analytics', { query: await days() })
    const { currentPeriod, previousPeriod } = data
    expect(currentPeriod.totalConversationCount).toBeGreaterThan(20)
    expect(currentPeriod.changes).toMatchObject({ totalConversationCount: number })
    expect(currentPeriod.dailyData?.[0]).toEqual({
      ...{ date: (await days()).startDate, total: number, aiResolved: number, humanInvolved: number },
    })
    expect(previousPeriod).toMatchObject({ humanizedAverageChatDuration: expect.any(String) })
  },
  async 'GET /analytics/agent'() {
    const { data } = await native.request('GET /analytics/agent', { query: { ...(await days()), userId } })
    expect(data.currentPeriod).toMatchObject({ agentResponseTime: number, avarageMessagesPerConversation: number })
  },
  async 'GET /analytics/ai-functions'() {
    const { data } = await native.request('GET /analytics/ai-functions', { query: await days() })
    expect(data.currentPeriod.functions?.[0]).toMatchObject({ name: 'track_order', type: 'CUSTOM', total: number })
    expect(data).toMatchObject({ changes: { total: number } })
  },
  async 'GET /analytics/csat'() {
    const query = { ...(await days()), page: 1, pageSize: 2 }
    const { data } = await native.request('GET /analytics/csat', { query })
    expect(data.currentPeriod.scores).toHaveLength(2)
    expect(data.currentPeriod.scores?.[0]).toMatchObject({ id, score: number, createdAt: instant })
    expect(data.metadata).toMatchObject({ currentPage: 1, pageSize: 2, prev: null })
  },
  async 'GET /analytics/topics'() {
    const query = await days()
    const few = await native.request('GET /analytics/topics', { query })
    expect(few.data[0]).toMatchObject({ date: query.startDate, [few.keys?.[0] ?? 'none']: number })
    const all = await native.request('GET /analytics/topics', { query: { ...query, showAllTopics: true } })
    expect(all).toMatchObject({ areAllTopicsVisible: true })
    expect(all.keys).toHaveLength(all.allTopics?.length ?? 0)
  },
  async 'GET /analytics/sentiments'() {
    const query = await days()
    const { data, keys, allSentimentsCounts } = await native.request('GET /analytics/sentiments', { query })
    expect(data[0]).toMatchObject({ date: query.startDate, POSITIVE: number })
    expect(allSentimentsCounts?.map(({ name }) => name)).toEqual(keys)
  },
}

describe('every endpoint of the emulated vendor', () => {
  it.each(Object.entries(checks))('works through `native`: %s', (_, check) => check())

  it('has a native endpoint in the adapter', async () => {
    expect(Object.keys(await native.endpoints())).toEqual(Object.keys(checks))
  })

  it('refuses a wrong key', async () => {
    const { url } = running.liveChatAI
    const stranger = liveChatAI({ apiKey: 'wrong', agentId, baseUrl: url }).native
    expect(await failure(stranger.request('GET /agents'))).toMatchObject({ code: 'authentication' })
  })
})
