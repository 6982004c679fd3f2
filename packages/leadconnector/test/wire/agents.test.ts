import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { readAgent } from '../../src/read/agent.ts'
import { agentItemPayload, agentPayload } from '../fixtures/agents.ts'
import { reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const search = '/conversation-ai/agents/search'
const agent = (id: string) => ({ ...agentItemPayload, id })
const agents = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => agent(`agt_${from + index}`))

describe('agents.list', () => {
  it('reads a page with its total', async () => {
    vendor()
      .get(search)
      .query({ limit: '50' })
      .reply(200, { agents: [agentItemPayload], totalCount: 1, count: 1 })
    expect(await testAccount().agents.list()).toStrictEqual({
      items: [readAgent(agentItemPayload, reader().reading)],
      next: null,
      warnings: [],
      total: 1,
    })
  })

  it('continues after the last agent up to the total', async () => {
    vendor()
      .get(search)
      .query({ limit: '2' })
      .reply(200, { agents: agents(1, 2), totalCount: 3, count: 2 })
    vendor()
      .get(search)
      .query({ limit: '2', startAfter: 'agt_2' })
      .reply(200, { agents: agents(3, 1), totalCount: 3, count: 1 })
    const ids: string[] = []
    for await (const { id } of testAccount().agents.list({ limit: 2 })) ids.push(id)
    expect(ids).toEqual(['agt_1', 'agt_2', 'agt_3'])
  })

  it('searches in lower case and then has no total', async () => {
    vendor()
      .get(search)
      .query({ limit: '50', query: 'night desk' })
      .reply(200, { agents: [agentItemPayload], totalCount: 9, count: 1 })
    const page = await testAccount().agents.list({ search: 'Night Desk' })
    expect(page).not.toHaveProperty('total')
    // The count is of all agents, so only an empty page is the end.
    expect(page.next).not.toBeNull()
  })

  it('continues a search after each full page and ends at an empty one', async () => {
    vendor()
      .get(search)
      .query({ limit: '2', query: 'a' })
      .reply(200, { agents: agents(1, 2), totalCount: 9, count: 2 })
    vendor()
      .get(search)
      .query({ limit: '2', query: 'a', startAfter: 'agt_2' })
      .reply(200, { agents: [], totalCount: 9, count: 0 })
    const pages: number[] = []
    for await (const page of testAccount().agents.list({ search: 'a', limit: 2 }).pages()) pages.push(page.items.length)
    expect(pages).toEqual([2, 0])
  })

  it('ends a search when the last agent repeats', async () => {
    vendor()
      .get(search)
      .query(true)
      .twice()
      .reply(200, { agents: agents(1, 2), count: 2 })
    const ids: string[] = []
    for await (const { id } of testAccount().agents.list({ search: 'a', limit: 2 })) ids.push(id)
    expect(ids).toEqual(['agt_1', 'agt_2'])
  })

  it('fails if a page repeats although the total is not reached', async () => {
    vendor()
      .get(search)
      .query(true)
      .twice()
      .reply(200, { agents: agents(1, 2), totalCount: 5, count: 2 })
    const read = async () => {
      for await (const _ of testAccount().agents.list({ limit: 2 }));
    }
    expect(await failure(read())).toMatchObject({ code: 'response', operation: 'agents.list' })
  })

  it('caps the limit at the largest one that the vendor honours', async () => {
    vendor().get(search).query({ limit: '50' }).reply(200, { agents: [], totalCount: 0, count: 0 })
    expect((await testAccount().agents.list({ limit: 5000 })).items).toEqual([])
  })

  it('treats a missing list as empty only if the total is zero', async () => {
    vendor().get(search).query(true).reply(200, { totalCount: 0, count: 0 })
    expect((await testAccount().agents.list()).items).toEqual([])
    vendor().get(search).query(true).times(3).reply(200, { totalCount: 2, count: 2 })
    expect(await failure(testAccount().agents.list())).toMatchObject({ code: 'vendor-fault', status: 200 })
    vendor().get(search).query(true).reply(200, { totalCount: 2 })
    expect(await failure(testAccount().agents.list())).toMatchObject({
      code: 'response',
      fields: [{ path: 'agents', problem: 'is missing or does not have the documented shape' }],
    })
  })

  it('drops an item that cannot be read with a warning and continues', async () => {
    vendor()
      .get(search)
      .query(true)
      .reply(200, { agents: [null, { name: 'no id' }, agentItemPayload], totalCount: 3, count: 3 })
    const page = await testAccount().agents.list()
    expect(page.items.map(({ id }) => id)).toEqual(['agt_m41'])
    expect(page.warnings).toMatchObject([
      { code: 'bad-item', path: 'agents[0]', raw: null },
      { code: 'bad-item', path: 'agents[1].id', raw: { name: 'no id' } },
    ])
  })
})

describe('agents.get', () => {
  it.each([
    ['flat', agentPayload],
    ['in agent', { agent: agentPayload, traceId: 't' }],
    ['in data', { data: agentPayload, success: true }],
  ])('reads an answer in which the agent is %s', async (_shape, body) => {
    vendor().get('/conversation-ai/agents/agt_m41').reply(200, body)
    expect(await testAccount().agents.get('agt_m41')).toStrictEqual(readAgent(agentPayload, reader().reading))
  })

  it('encodes the id and accepts an entity', async () => {
    vendor()
      .get('/conversation-ai/agents/a%2Fb')
      .reply(200, { ...agentPayload, id: 'a/b' })
    const account = testAccount()
    vendor()
      .get('/conversation-ai/agents/a%2Fb')
      .reply(200, { ...agentPayload, id: 'a/b' })
    expect((await account.agents.get(await account.agents.get('a/b'))).id).toBe('a/b')
  })
})
