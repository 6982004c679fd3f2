import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { agentWithoutSecrets, agentWithSecrets } from '../fixtures/agent.ts'
import { account, entity } from '../helpers/account.ts'
import { auth, serve } from '../helpers/vendor.ts'

useNock()

const path = '/agents/by-api-key'
const seenRequest = { method: 'GET', uri: `/external${path}`, headers: auth, body: undefined }

const agent = {
  ...entity('agent', 'agent-1', agentWithoutSecrets),
  name: 'hotline-internal',
  displayName: 'Pia',
  description: 'Answers about parcels.',
  businessName: 'Parcel House',
  status: { value: 'active', native: 'active' },
  channels: [
    { value: 'web', native: 'LIVE_CHAT' },
    { value: 'api', native: 'API' },
  ],
  model: 'gpt-x',
  avatarUrl: null,
  knowledgeBaseIds: ['vs-1'],
  tags: ['parcels'],
  attributes: { organizationId: 'org-1', role: 'support', restrictDocumentsToOwnerOnly: false },
}

describe('agents.list', () => {
  it('returns the key’s own agent without a secret', async () => {
    const seen = serve(['GET', path, 200, agentWithSecrets])
    const page = await account().adapter.agents.list()
    expect(page).toStrictEqual({ items: [agent], next: null, warnings: [], total: 1 })
    expect(seen).toEqual([seenRequest])
    expect(JSON.stringify(page)).not.toContain('SECRET')
  })

  it.each([
    ['pIa', 1],
    ['internal', 1],
    ['nobody', 0],
  ])('filters the names by "%s" here, with a warning', async (search, found) => {
    serve(['GET', path, 200, agentWithSecrets])
    const page = await account().adapter.agents.list({ search })
    expect(page.items).toHaveLength(found)
    expect(told(page.warnings)).toEqual(['local-filter'])
  })

  it('has no second page', async () => {
    expect(await failure(account().adapter.agents.list({ cursor: 'e30' }))).toMatchObject({ code: 'invalid-request' })
  })

  it('shows no secret in warnings about an agent that cannot be read', async () => {
    serve(['GET', path, 200, { ...agentWithSecrets, id: undefined, tags: [{ apiKey: 'SECRET-C' }], skills: ['x'] }])
    const { adapter, warnings } = account()
    const error = await failure(adapter.agents.list())
    expect(error).toMatchObject({ code: 'response', fields: [{ path: 'id' }] })
    expect(JSON.stringify([error, warnings])).not.toContain('SECRET')
  })
})

describe('agents.get', () => {
  it('returns the key’s own agent', async () => {
    const seen = serve(['GET', path, 200, agentWithSecrets])
    expect(await account().adapter.agents.get('agent-1')).toStrictEqual(agent)
    expect(seen).toEqual([seenRequest])
  })

  it('fails with `not-found` for another agent', async () => {
    serve(['GET', path, 200, agentWithSecrets])
    expect(await failure(account().adapter.agents.get('agent-2'))).toMatchObject({
      code: 'not-found',
      operation: 'agents.get',
    })
  })
})
