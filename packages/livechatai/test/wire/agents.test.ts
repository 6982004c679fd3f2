import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { agentPage, listedAgent } from '../fixtures/agents.ts'
import { errorBody } from '../fixtures/errors.ts'
import { account, entity } from '../helpers/account.ts'
import { got, posted, serve } from '../helpers/vendor.ts'

useNock()

const agent = {
  ...entity('agent', 'bot-1', listedAgent),
  name: 'Shop helper',
  status: { value: 'active', native: false },
  liveChatEnabled: true,
  language: 'en',
  createdAt: '2026-01-01T08:00:00.000Z',
  updatedAt: '2026-01-02T08:00:00.000Z',
}
const numbered = (from: number, count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ ...listedAgent, id: `bot-${from + index}` }))

describe('agents.list', () => {
  it('reads one page', async () => {
    const seen = serve(['GET', '/agents?page=1&limit=10', 200, agentPage([listedAgent])])
    const page = await account().adapter.agents.list()
    expect(page).toStrictEqual({ items: [agent], next: null, warnings: [], total: 1 })
    expect(seen).toStrictEqual([got('/agents?page=1&limit=10')])
  })

  it('reads every page and returns each agent once', async () => {
    serve(
      ['GET', '/agents?page=1&limit=10', 200, agentPage(numbered(1, 10), 1, 2)],
      // One was made in between, so the last of the first page comes again.
      ['GET', '/agents?page=2&limit=10', 200, agentPage(numbered(10, 3), 2, 2)],
      // So the list is read again, until nothing new comes.
      ['GET', '/agents?page=1&limit=10', 200, agentPage(numbered(0, 10), 1, 2)],
      ['GET', '/agents?page=2&limit=10', 200, agentPage(numbered(10, 3), 2, 2)],
      ['GET', '/agents?page=1&limit=10', 200, agentPage(numbered(0, 10), 1, 2)],
      ['GET', '/agents?page=2&limit=10', 200, agentPage(numbered(10, 3), 2, 2)],
    )
    const ids: string[] = []
    for await (const { id } of account().adapter.agents.list()) ids.push(id)
    expect(ids).toEqual([...Array.from({ length: 12 }, (_, index) => `bot-${index + 1}`), 'bot-0'])
  })

  it('caps the limit, and filters names here', async () => {
    serve(['GET', '/agents?page=1&limit=100', 200, agentPage([listedAgent, { id: 'bot-2', name: 'Other' }])])
    const page = await account().adapter.agents.list({ limit: 500, search: 'HELP' })
    expect(page.items.map(({ id }) => id)).toEqual(['bot-1'])
    expect(page).not.toHaveProperty('total')
    expect(told(page.warnings)).toEqual(['local-filter'])
  })

  it('drops an agent that cannot be read, and ends without a total', async () => {
    serve(
      ['GET', '/agents?page=1&limit=10', 200, { status: 'success', data: [{ name: 'x' }, listedAgent] }],
      ['GET', '/agents?page=2&limit=10', 200, { status: 'success', data: [] }],
      ['GET', '/agents?page=1&limit=10', 200, { status: 'success', data: [listedAgent] }],
    )
    const { adapter, warnings } = account()
    const items = []
    for await (const item of adapter.agents.list()) items.push(item)
    expect(items).toStrictEqual([agent])
    expect(told(warnings)).toEqual(['bad-item data[0].id'])
    expect(warnings[0]?.raw).toEqual({ name: 'x' })
  })

  it.each([undefined, { message: 'Not Found' }, 'Not Found', '<html></html>', { message: 'Cannot GET /agents' }])(
    'does not take another 404 behind the first page for the end: %o',
    async (body) => {
      serve(
        ['GET', '/agents?page=1&limit=10', 200, agentPage([listedAgent], 1, 2)],
        ['GET', '/agents?page=2&limit=10', 404, body],
      )
      const read = async () => {
        for await (const item of account().adapter.agents.list()) expect(item).toStrictEqual(agent)
      }
      expect(await failure(read())).toMatchObject({ status: 404 })
    },
  )

  it('takes the documented 404 behind the first page for the end', async () => {
    serve(
      ['GET', '/agents?page=1&limit=10', 200, agentPage([listedAgent], 1, 2)],
      ['GET', '/agents?page=2&limit=10', 404, errorBody('Page not found', 'NOT_FOUND')],
      ['GET', '/agents?page=1&limit=10', 200, agentPage([listedAgent], 1, 1)],
    )
    const items = []
    for await (const item of account().adapter.agents.list()) items.push(item)
    expect(items).toStrictEqual([agent])
  })

  it('fails without a list', async () => {
    serve(['GET', '/agents?page=1&limit=10', 200, { status: 'success', data: {} }])
    expect(await failure(account().adapter.agents.list())).toMatchObject({
      code: 'response',
      fields: [{ path: 'data' }],
    })
  })
})

describe('agents.get', () => {
  it.each([
    ['wrapped', { status: 'success', data: listedAgent }],
    ['nested', { status: 'success', data: { agent: listedAgent } }],
    ['bare', listedAgent],
    ['named', { agent: listedAgent }],
  ])('reads an answer in which the agent is %s', async (_, body) => {
    const seen = serve(['GET', '/agents/shop-helper', 200, body])
    expect(await account().adapter.agents.get('shop-helper')).toStrictEqual(agent)
    expect(seen).toStrictEqual([got('/agents/shop-helper')])
  })

  it('takes missing values from the list', async () => {
    const short = { id: 'bot-12', slug: 'shop-helper', isLiveChatEnabled: false }
    serve(
      ['GET', '/agents/shop-helper', 200, { data: short }],
      ['GET', '/agents?page=1&limit=100', 200, agentPage(numbered(1, 10), 1, 2)],
      ['GET', '/agents?page=2&limit=100', 200, agentPage(numbered(11, 2), 2, 2)],
    )
    expect(await account().adapter.agents.get('shop-helper')).toStrictEqual({
      ...agent,
      ...entity('agent', 'bot-12', short),
      liveChatEnabled: false,
      attributes: { slug: 'shop-helper' },
    })
  })

  it('returns the agent without the list’s values if the list cannot be read', async () => {
    serve(
      ['GET', '/agents/bot-1', 200, { data: { id: 'bot-1' } }],
      ['GET', '/agents?page=1&limit=100', 403, errorBody('No', 'FORBIDDEN')],
    )
    const { adapter, warnings } = account()
    expect(await adapter.agents.get('bot-1')).toMatchObject({ name: null, status: { value: 'unknown', native: null } })
    expect(told(warnings)).toEqual(['degraded'])
  })

  it('encodes the id, and fails without an agent in the answer', async () => {
    serve(['GET', '/agents/a%2Fb', 200, { status: 'success', data: {} }])
    expect(await failure(account().adapter.agents.get('a/b'))).toMatchObject({ code: 'response' })
  })

  it.each([undefined, null, '', ' ', 7, {}, '..'])('refuses %o as an id', async (id) => {
    const error = await failure(account().adapter.agents.get(id as never))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: 'agent' }] })
  })
})

describe('agents.create', () => {
  const input = { name: 'Shop helper', liveChatEnabled: true }
  const sent = { name: 'Shop helper', isLiveChatEnabled: true }

  it.each([
    ['wrapped', { status: 'success', data: listedAgent }],
    ['nested', { status: 'success', data: { agent: listedAgent } }],
    ['bare', listedAgent],
  ])('sends the vendor’s fields and reads an answer in which the agent is %s', async (_, body) => {
    const seen = serve(['POST', '/agents', 200, body])
    const vendor = { livechatai: { isImageSharingEnabled: false } }
    expect(await account().adapter.agents.create({ ...input, vendor })).toStrictEqual(agent)
    expect(seen).toStrictEqual([posted('/agents', { ...sent, isImageSharingEnabled: false })])
  })

  it('takes from the list what the answer lacks', async () => {
    const seen = serve(
      ['POST', '/agents', 201, { data: { id: 'bot-1' } }],
      ['GET', '/agents?page=1&limit=100', 200, agentPage([listedAgent])],
    )
    expect(await account().adapter.agents.create(input)).toStrictEqual({ ...agent, raw: { id: 'bot-1' } })
    expect(seen).toStrictEqual([posted('/agents', sent), got('/agents?page=1&limit=100')])
  })

  it.each([undefined, { status: 'success' }, { status: 'success', data: { name: 'Shop helper' } }])(
    'has an unknown outcome if the answer has no id: %o',
    async (body) => {
      serve(['POST', '/agents', 200, body])
      expect(await failure(account().adapter.agents.create(input))).toMatchObject({
        code: 'response',
        outcome: 'unknown',
      })
    },
  )

  it('warns about options that only the dashboard can set', async () => {
    serve(['POST', '/agents', 200, listedAgent])
    const { adapter, warnings } = account()
    await adapter.agents.create({
      ...input,
      prompt: 'Be kind.',
      model: 'gpt',
      channels: ['web'],
      tags: undefined as never,
    })
    expect(told(warnings)).toEqual(['ignored-option prompt', 'ignored-option model', 'ignored-option channels'])
  })

  it.each([
    ['input', null],
    ['input', 'Shop helper'],
    ['name', { ...input, name: ' ' }],
    ['name', { liveChatEnabled: true }],
    ['liveChatEnabled', { name: 'x' }],
    ['liveChatEnabled', { name: 'x', liveChatEnabled: null }],
    ['liveChatEnabled', { name: 'x', liveChatEnabled: 'yes' }],
    ['vendor.livechatai.isImageSharingEnabled', { ...input, vendor: { livechatai: { isImageSharingEnabled: 1 } } }],
  ])('refuses a wrong %s before a request is sent: %o', async (path, wrong) => {
    expect(await failure(account().adapter.agents.create(wrong as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path }],
      outcome: 'not-done',
    })
  })

  it('is never sent twice', async () => {
    serve(['POST', '/agents', 503, errorBody('Later', 'X')])
    expect(await failure(account().adapter.agents.create(input))).toMatchObject({
      code: 'vendor-fault',
      outcome: 'unknown',
    })
  })
})

describe('agents.delete', () => {
  it.each([
    ['a message', 200, { status: 'success', message: 'Deleted' }],
    ['nothing', 204, undefined],
    ['a page', 200, '<html>'],
  ])('succeeds with %s', async (_, status, body) => {
    const seen = serve(['DELETE', '/agents/a%2Fb', status, body])
    expect(await account().adapter.agents.delete('a/b')).toStrictEqual({ id: 'a/b', confirmed: true })
    expect(seen).toStrictEqual([{ ...got('/agents/a%2Fb'), method: 'DELETE' }])
  })

  it('fails with `not-found` for an unknown agent, even if the answer is a 200', async () => {
    serve(
      ['DELETE', '/agents/bot-1', 404, errorBody('Agent not found', 'NOT_FOUND')],
      ['DELETE', '/agents/bot-1', 200, errorBody('Agent not found', 'NOT_FOUND')],
    )
    const { adapter } = account()
    for (const target of ['bot-1', agent as never])
      expect(await failure(adapter.agents.delete(target))).toMatchObject({ code: 'not-found', outcome: 'not-done' })
  })

  it.each([undefined, null, '', '.', { id: '' }])('refuses %o as an id', async (id) => {
    expect(await failure(account().adapter.agents.delete(id as never))).toMatchObject({ fields: [{ path: 'agent' }] })
  })
})
