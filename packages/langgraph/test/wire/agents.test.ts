import { failure, told } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { assistant, systemAssistant } from '../fixtures/assistants.ts'
import { assistantId } from '../fixtures/threads.ts'
import { account, entity } from '../helpers/account.ts'
import { got, posted, sentence, serve } from '../helpers/vendor.ts'

useNock()

const id = assistant.assistant_id
const at = `/assistants/${id}`
const agent = {
  ...entity('agent', id, assistant),
  name: 'Night desk',
  description: null,
  status: { value: 'active', native: null },
  attributes: { graphId: 'desk', config: { configurable: { tone: 'kind' } }, metadata: { team: 'night' } },
  ...{ createdAt: '2026-11-28T09:18:37.427Z', updatedAt: '2026-11-28T09:18:37.427Z' },
}
const search = (assistants: unknown): Exchange => ['POST', '/assistants/search', 200, assistants]

describe('agents.list', () => {
  it('searches the assistants', async () => {
    const seen = serve(search([assistant, systemAssistant]))
    const { items, next } = await account().adapter.agents.list()
    expect(items[0]).toStrictEqual(agent)
    expect([items.map(({ name }) => name), next]).toEqual([['Night desk', 'desk'], null])
    expect(seen).toStrictEqual([posted('/assistants/search', { limit: 50, offset: 0 })])
  })

  it('reads the next page where the last one ended', async () => {
    const seen = serve(search([assistant]), search([]))
    const { adapter } = account()
    const { next } = await adapter.agents.list({ limit: 1 })
    const second = await adapter.agents.list({ limit: 1, cursor: next as string })
    expect([second.items, second.next]).toEqual([[], null])
    expect(seen[1]?.body).toEqual({ limit: 1, offset: 1 })
  })

  it('searches by name itself, and says so', async () => {
    serve(search([assistant, systemAssistant]))
    const { items, warnings } = await account().adapter.agents.list({ search: 'NIGHT' })
    expect([items.map(({ id }) => id), told(warnings)]).toEqual([[id], ['local-filter']])
  })

  it.each([0, -1, 1.5])('refuses the page size %d', async (limit) => {
    expect(await failure(account().adapter.agents.list({ limit }))).toMatchObject({ fields: [{ path: 'limit' }] })
  })
})

describe('agents.get', () => {
  it('reads an assistant', async () => {
    const seen = serve(['GET', at, 200, assistant])
    expect(await account().adapter.agents.get(id)).toStrictEqual(agent)
    expect(seen).toStrictEqual([got(at)])
  })
})

describe('agents.create', () => {
  it('creates an assistant of the account’s graph', async () => {
    const seen = serve(['POST', '/assistants', 200, assistant])
    const config = { configurable: { tone: 'kind' } }
    const vendor = { langgraph: { config, context: { plan: 'pro' }, metadata: { team: 'night' } } }
    const made = await account().adapter.agents.create({ name: 'Night desk', description: 'At night', vendor })
    expect(made).toStrictEqual(agent)
    expect(seen).toStrictEqual([
      posted('/assistants', {
        ...{ graph_id: 'desk', name: 'Night desk', description: 'At night', config },
        ...{ context: { plan: 'pro' }, metadata: { team: 'night' } },
      }),
    ])
  })

  it('needs a graph, because the id of an assistant names none', async () => {
    const { adapter } = account({ assistantId })
    expect(await failure(adapter.agents.create({ name: 'x' }))).toMatchObject({
      ...{ code: 'invalid-request', outcome: 'not-done', fields: [{ path: 'vendor.langgraph.graphId' }] },
    })
    const seen = serve(['POST', '/assistants', 200, assistant], ['POST', '/assistants', 200, assistant])
    await adapter.agents.create({ name: 'x', vendor: { langgraph: { graphId: 'night' } } })
    await account({ assistantId, graphId: 'day' }).adapter.agents.create({ name: 'x' })
    expect(seen.map(({ body }) => body)).toEqual([
      { graph_id: 'night', name: 'x' },
      { graph_id: 'day', name: 'x' },
    ])
  })

  it('is not repeated after a fault', async () => {
    const seen = serve(['POST', '/assistants', 500, 'Internal Server Error'])
    expect(await failure(account().adapter.agents.create({ name: 'x' }))).toMatchObject({
      ...{ code: 'vendor-fault', outcome: 'unknown' },
    })
    expect(seen).toHaveLength(1)
  })

  it('ignores fields that an assistant lacks, and says so', async () => {
    serve(['POST', '/assistants', 200, assistant])
    const { adapter, warnings } = account()
    await adapter.agents.create({ name: 'x', model: 'gpt-9' } as never)
    expect(told(warnings)).toEqual(['ignored-option model'])
  })
})

describe('agents.update', () => {
  it('changes only what is named, which makes a new version', async () => {
    const seen = serve(['PATCH', at, 200, { ...assistant, name: 'Day desk', version: 2 }])
    expect(await account().adapter.agents.update(id, { name: 'Day desk' })).toMatchObject({ name: 'Day desk' })
    expect(seen).toStrictEqual([posted(at, { name: 'Day desk' }, 'PATCH')])
  })

  it('refuses a change of nothing', async () => {
    expect(await failure(account().adapter.agents.update(id, {}))).toMatchObject({ code: 'invalid-request' })
  })
})

describe('agents.delete', () => {
  it('deletes an assistant, which the server answers with a list of ids', async () => {
    const seen = serve(['DELETE', at, 200, [id]])
    expect(await account().adapter.agents.delete(id)).toStrictEqual({ id, confirmed: true })
    expect(seen).toStrictEqual([got(at, 'DELETE')])
  })

  it('is not found the second time', async () => {
    serve(sentence('DELETE', at, 404, `Assistant with ID ${id} not found`))
    expect(await failure(account().adapter.agents.delete(id))).toMatchObject({ code: 'not-found' })
  })
})
