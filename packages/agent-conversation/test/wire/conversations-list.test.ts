import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { agentWithSecrets } from '../fixtures/agent.ts'
import {
  conversationPage,
  fullConversation,
  listedConversation,
  olderConversation,
  states,
} from '../fixtures/conversations.ts'
import { account, entity } from '../helpers/account.ts'
import { auth, serve } from '../helpers/vendor.ts'

useNock()

const firstPage = 'page=1&pageSize=50&orderBy=updatedAt&orderDirection=DESC'
const list = (query: string) => `/conversations?${query}`
const lastPage = (...data: object[]) => ({ ...conversationPage, hasNextPage: false, totalItems: data.length, data })
type Exchange = Parameters<typeof serve>[number]

const listed = {
  ...entity('conversation', 'c-0001', listedConversation),
  contact: { id: 'u-77', ref: 'agent-conversation:hotline/contact/u-77', name: 'Mara Okoye' },
  title: 'Parcel delay',
  status: { value: 'unknown', native: null },
  control: { holder: 'agent', basis: 'vendor', native: 'ai' },
  isAnonymized: false,
  lastActivityAt: '2026-02-01T08:04:11.520Z',
  feedback: [],
  createdAt: '2026-02-01T08:00:00.000Z',
  updatedAt: '2026-02-01T08:04:11.520Z',
}

describe('conversations.list', () => {
  it('reads the documented page exactly', async () => {
    const seen = serve(['GET', list(firstPage), 200, conversationPage])
    const page = await account().adapter.conversations.list()
    expect(page).toStrictEqual({ items: [listed], next: expect.any(String), warnings: [], total: 3 })
    expect(seen).toEqual([{ method: 'GET', uri: `/external${list(firstPage)}`, headers: auth, body: undefined }])
  })

  it('sends every filter that the vendor has', async () => {
    const query =
      'page=1&pageSize=20&orderBy=updatedAt&orderDirection=ASC&searchKeyword=lamp%20%26%20co&userId=u-77' +
      '&startDate=2026-02-01T07%3A59%3A59.999Z&endDate=2026-02-02T00%3A00%3A00.001Z&withFeedbacksOnly=true'
    serve(['GET', list(query), 200, lastPage(listedConversation)])
    const page = await account().adapter.conversations.list({
      limit: 20,
      order: 'asc',
      search: ' lamp & co ',
      contactId: 'u-77',
      since: '2026-02-01T08:00:00Z',
      until: '2026-02-02',
      vendor: { 'agent-conversation': { withFeedbacksOnly: true } },
    })
    expect(page).toStrictEqual({ items: [listed], next: null, warnings: [], total: 1 })
  })

  it('caps the limit at the largest page, and can order in the way of older deployments', async () => {
    serve(['GET', list('page=1&pageSize=100&orderBy=createdAt&orderDirection=DESC'), 200, lastPage()])
    const vendor = { 'agent-conversation': { orderBy: 'createdAt', withFeedbacksOnly: false } } as const
    expect((await account().adapter.conversations.list({ limit: 1000, vendor })).items).toEqual([])
  })

  it('pages until the vendor has no more', async () => {
    const second = { ...listedConversation, id: 'c-0009' }
    serve(
      ['GET', list(firstPage), 200, { ...conversationPage, totalItems: 2 }],
      ['GET', list(firstPage.replace('page=1', 'page=2')), 200, { ...lastPage(second), totalItems: 2 }],
    )
    const ids: string[] = []
    for await (const { id } of account().adapter.conversations.list()) ids.push(id)
    expect(ids).toEqual(['c-0001', 'c-0009'])
  })

  it('keeps the page size of a cursor', async () => {
    const paths = ['page=1&pageSize=5', 'page=2&pageSize=5'].map((size) =>
      firstPage.replace('page=1&pageSize=50', size),
    )
    serve(['GET', list(paths[0] ?? ''), 200, conversationPage], ['GET', list(paths[1] ?? ''), 200, lastPage()])
    const { conversations } = account().adapter
    const { next } = await conversations.list({ limit: 5 })
    expect(await conversations.list({ cursor: next ?? '' })).toMatchObject({ items: [] })
    await expect(conversations.list({ limit: 7, cursor: next ?? '' })).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'cursor' }],
    })
  })

  it('ends with a warning after empty pages that promise more', async () => {
    const pages = [2, 3, 4].map((page) => list(firstPage.replace('page=1', `page=${page}`)))
    serve(
      ['GET', list(firstPage), 200, conversationPage],
      ...pages.map((page): Exchange => ['GET', page, 200, { ...conversationPage, data: [] }]),
      ['GET', list(firstPage), 200, { ...conversationPage, hasNextPage: false }],
    )
    const warnings: string[] = []
    const ids: string[] = []
    for await (const page of account().adapter.conversations.list().pages()) {
      ids.push(...page.items.map(({ id }) => id))
      warnings.push(...page.warnings.map(({ code }) => code))
    }
    expect(ids).toEqual(['c-0001'])
    expect(warnings).toContain('degraded')
  })

  it('fails if the vendor sends the first page for every number', async () => {
    const pages = [1, 2, 3, 4, 5].map((page) => list(firstPage.replace('page=1', `page=${page}`)))
    serve(...pages.map((page): Exchange => ['GET', page, 200, conversationPage]))
    const ids: string[] = []
    const reading = (async () => {
      for await (const { id } of account().adapter.conversations.list()) ids.push(id)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'response' })
    expect(ids).toEqual(['c-0001'])
  })

  it.each([
    [{ hasNextPage: undefined }, true],
    [{ hasNextPage: undefined, totalPages: 1 }, false],
    [{ hasNextPage: undefined, totalPages: undefined }, true],
    [{ hasNextPage: false, totalPages: 9 }, false],
  ])('with %o continues: %s', async (envelope, goesOn) => {
    serve(['GET', list(firstPage), 200, { ...conversationPage, ...envelope }])
    expect((await account().adapter.conversations.list()).next !== null).toBe(goesOn)
  })

  it('sorts a page as asked for if the vendor did not', async () => {
    const [early, late] = ['2026-02-01T01:00:00Z', '2026-02-01T09:00:00Z'].map((updatedAt, index) => ({
      ...listedConversation,
      id: `c-${index}`,
      updatedAt,
    }))
    const data = lastPage(early ?? {}, listedConversation, late ?? {})
    serve(['GET', list(firstPage), 200, data], ['GET', list(firstPage.replace('DESC', 'ASC')), 200, data])
    const { conversations } = account().adapter
    expect((await conversations.list()).items.map(({ id }) => id)).toEqual(['c-1', 'c-0001', 'c-0'])
    expect((await conversations.list({ order: 'asc' })).items.map(({ id }) => id)).toEqual(['c-0', 'c-0001', 'c-1'])
  })

  it('drops conversations that a deployment without the filter lets through', async () => {
    const query = `${firstPage}&userId=u-78&startDate=2026-02-01T07%3A29%3A59.999Z&endDate=2026-02-01T07%3A30%3A00.001Z`
    const others = [listedConversation, { ...fullConversation, id: 'c-8', updatedAt: '2026-02-01T07:30:00.001Z' }]
    const older = { ...olderConversation, conversationUserId: 'u-78' }
    serve(['GET', list(query), 200, lastPage(...others, fullConversation, older)])
    const instant = '2026-02-01T07:30:00Z'
    const page = await account().adapter.conversations.list({ contactId: 'u-78', since: instant, until: instant })
    expect(page.items.map(({ id }) => id)).toEqual(['c-0002', 'c-0003'])
    expect(page.total).toBeUndefined()
  })

  it.each([
    [{ channel: 'voice' as const }, ['c-0002']],
    [{ assigneeId: 'p-1', unknown: 'exclude' as const }, ['c-0002']],
    [{ assigneeId: null, unknown: 'exclude' as const }, ['c-9']],
  ])('filters by %o here, with a warning', async (filter, ids) => {
    const unowned = { ...listedConversation, id: 'c-9', assignedUser: null }
    serve(['GET', list(firstPage), 200, lastPage(listedConversation, unowned, fullConversation)])
    const page = await account().adapter.conversations.list(filter)
    expect(page.items.map(({ id }) => id)).toEqual(ids)
    expect(told(page.warnings)[0]).toBe('local-filter')
    expect(page.total).toBeUndefined()
  })

  it.each([
    ['status', { status: 'open' as const }, ['c-0001', 'c-0002']],
    ['unread', { unread: true }, ['c-0001', 'c-0002']],
    ['isStarred', { isStarred: false }, ['c-0001', 'c-0002']],
    ['channel', { channel: 'sms' as const }, ['c-0001']],
  ])('keeps the conversations of which the vendor does not say their %s, and says so', async (name, filter, ids) => {
    for (const unknown of ['include', 'exclude'] as const) {
      serve(['GET', list(firstPage), 200, lastPage(listedConversation, fullConversation)])
      const { items, unapplied } = await account().adapter.conversations.list({ ...filter, unknown })
      expect(items.map(({ id }) => id)).toEqual(unknown === 'include' ? ids : [])
      expect(unapplied).toEqual([name])
    }
  })

  it('requests the agent once for its filter, and then sets it on every conversation', async () => {
    serve(
      ['GET', '/agents/by-api-key', 200, agentWithSecrets],
      ['GET', list(firstPage), 200, lastPage(listedConversation)],
      ['GET', list(firstPage), 200, lastPage(listedConversation)],
    )
    const { conversations } = account().adapter
    expect((await conversations.list({ agentId: 'agent-2' })).items).toEqual([])
    expect(await conversations.list({ agentId: 'agent-1' })).toMatchObject({
      items: [{ agentId: 'agent-1' }],
      warnings: [],
    })
    expect(await conversations.list()).toMatchObject({ items: [{ agentId: 'agent-1' }] })
  })

  it.each([
    ['a list', states],
    ['an envelope', { data: states }],
    ['a single one', states[0]],
  ])('can name workflow states from %s, and caches them for five minutes', async (_, answer) => {
    serve(
      ['GET', '/conversations/states', 200, answer],
      ['GET', list(firstPage), 200, lastPage(fullConversation)],
      ['GET', list(firstPage), 200, lastPage({ ...fullConversation, conversationStateId: 'state-9' })],
    )
    const { conversations } = account({ stateNames: true }).adapter
    expect((await conversations.list()).items[0]?.state).toStrictEqual({ id: 'state-1', name: 'In Process' })
    expect((await conversations.list()).items[0]?.state).toStrictEqual({ id: 'state-9' })
  })

  it('lists without names if the states cannot be read', async () => {
    serve(
      ['GET', '/conversations/states', 500, { status: 500, message: 'Internal Server Error' }],
      ['GET', list(firstPage), 200, lastPage(fullConversation)],
    )
    const page = await account({ stateNames: true, maxRetries: 0 }).adapter.conversations.list()
    expect(page.items[0]?.state).toStrictEqual({ id: 'state-1' })
    expect(told(page.warnings)).toEqual(['degraded'])
  })

  it('drops an item that cannot be read with a warning and continues', async () => {
    serve(['GET', list(firstPage), 200, lastPage({ title: 'no id' }, listedConversation)])
    const page = await account().adapter.conversations.list()
    expect(page.items.map(({ id }) => id)).toEqual(['c-0001'])
    expect(page.warnings).toMatchObject([{ code: 'bad-item', path: 'data[0].id', raw: { title: 'no id' } }])
  })

  it('fails if the page has no list', async () => {
    serve(['GET', list(firstPage), 200, { items: [] }])
    expect(await failure(account().adapter.conversations.list())).toMatchObject({
      code: 'response',
      fields: [{ path: 'data' }],
    })
  })

  it.each([
    ['limit', { limit: 0 }],
    ['limit', { limit: 1.5 }],
    ['since', { since: 'yesterday' }],
    ['until', { until: 7 as never }],
    ['contactId', { contactId: '' }],
    ['order', { order: 'up' as never }],
    ['search', { search: {} as never }],
    ['cursor', { cursor: 'forged' }],
    ['cursor', { cursor: btoa('{"page":0,"size":50,"before":[]}') }],
    ['cursor', { cursor: btoa('{"page":2,"size":50,"before":[1]}') }],
    ['vendor.agent-conversation.orderBy', { vendor: { 'agent-conversation': { orderBy: 'title' as never } } }],
  ])('refuses a wrong %s before a request is sent', async (path, query) => {
    expect(await failure(account().adapter.conversations.list(query))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path }],
    })
  })
})
