import { inspect } from 'node:util'
import { agentConversation } from '@parley/agent-conversation'
import { failure, hangingFetch, resettingFetch } from '@parley/testkit'
import { nativeRequest } from '@parley/testkit/native'
import { useNock } from '@parley/testkit/nock'
import nock from 'nock'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { badRequest, forbidden, notFound, serverFault } from '../fixtures/errors.ts'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'
import { form } from './cases.ts'

useNock()
afterEach(() => vi.unstubAllEnvs())

describe('a native request', () => {
  it.each([undefined, { file: 'x' }, 'x', new URLSearchParams('file=x')])(
    'whose body must be a form is refused with the body %o',
    async (body) => {
      const error = await failure(nativeRequest(account().adapter, 'POST /agent-files/upload', { body }))
      expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done' })
      expect(error.message).toMatch(/body\.file is required|body must be a FormData/)
    },
  )

  it('is not sent again after its connection broke, if it is an upload', async () => {
    let tries = 0
    const fetch: typeof globalThis.fetch = (...given) => {
      tries++
      return resettingFetch(...given)
    }
    const work = account({ fetch }).adapter.native.request('POST /agent-files/upload', { body: form() })
    expect(await failure(work)).toMatchObject({ code: 'network', outcome: 'unknown' })
    expect(tries).toBe(1)
  })

  it.each([
    [400, badRequest, 'invalid-request'],
    [401, {}, 'authentication'],
    [403, forbidden, 'authentication'],
    [404, notFound, 'not-found'],
    [500, serverFault, 'vendor-fault'],
    [200, notFound, 'not-found'],
  ])('fails on HTTP %i with the body %j with the code %s', async (status, body, code) => {
    serve(['GET', '/users/u', status, body])
    const work = account({ maxRetries: 0 }).adapter.native.request('GET /users/{id}', { path: { id: 'u' } })
    expect(await failure(work)).toMatchObject({ code, status })
  })

  it('fails without quoting keys or the values that were sent', async () => {
    const said = { ...badRequest, details: ['ada@quill.example, hook-secret, planted-key-1, organization-secret-1'] }
    serve(['POST', '/agents/webhooks', 400, said], ['POST', '/agents', 400, said])
    const { native } = account({ organizationKey: 'organization-secret-1' }).adapter
    const hook = {
      title: 'x',
      description: 'ada@quill.example',
      url: 'https://x.example',
      triggerCondition: 'manual',
    } as const
    for (const work of [
      native.request('POST /agents/webhooks', { body: { ...hook, headers: { 'X-Hook': 'hook-secret' } } }),
      native.request('POST /agents', {
        body: {
          ...{ roleId: 'r', name: 'n', publicName: 'N', outputJsonSchema: '{}', tags: [] },
          description: 'ada@quill.example',
        },
      }),
    ]) {
      // Not `failure`: `vendorMessage`, the vendor's own words, hides only the key that its request was sent with.
      const error = await work.then(
        () => expect.unreachable('the vendor refused it'),
        (reason: Error) => reason,
      )
      expect(error).toMatchObject({ code: 'invalid-request', vendorCode: 'BAD_REQUEST' })
      expect(error.message + JSON.stringify(error)).not.toMatch(/ada@|secret|planted/)
    }
  })

  it.each([
    [201, '{"id":"a","agentApiKey":"planted-new-key"'],
    [400, '{"agentApiKey":"planted-new-key"'],
    [500, 'Failed after {"agentApiKey": "planted-new-key"}'],
  ])(
    'fails without quoting the key of a new agent if the answer with status %i is unreadable',
    async (status, text) => {
      nock('https://api.raia2.com').post('/external/agents').reply(status, text, { 'content-type': 'application/json' })
      const { native } = account({ organizationKey: 'organization-secret-1' }).adapter
      const body = { roleId: 'r', name: 'n', publicName: 'N', outputJsonSchema: '{}', tags: [] }
      const error = await failure(native.request('POST /agents', { body }))
      expect(error.message + error['vendorMessage'] + JSON.stringify(error) + inspect(error)).not.toContain('planted')
    },
  )

  it('waits 120 seconds for an answer of the model and 30 seconds for others', async () => {
    const took = async (route: string, input: object) => {
      const { adapter, passed } = account({ fetch: hangingFetch, maxRetries: 0 })
      expect(await failure(nativeRequest(adapter, route, input))).toMatchObject({ code: 'timeout' })
      return passed()
    }
    const path = { id: 'c' }
    expect(await took('POST /conversations/{id}/messages', { path, body: { message: 'x' } })).toBe(120_000)
    expect(await took('POST /prompts', { body: { prompt: 'x' } })).toBe(120_000)
    expect(await took('PUT /agent-files/{id}/add-to-vector-store', { path })).toBe(120_000)
    expect(await took('POST /conversations/{id}/messages/async', { path, body: { message: 'x' } })).toBe(30_000)
  })
})

describe('a header of the caller', () => {
  it('never replaces the key of the organisation, and is added otherwise', async () => {
    nock('https://api.raia2.com', {
      reqheaders: { 'organization-secret-key': 'organization-secret-1', 'x-trace': 't' },
    })
      .get('/external/platform-users')
      .reply(200, [])
    const { native } = account({ organizationKey: 'organization-secret-1' }).adapter
    const headers = { 'organization-SECRET-key': 'other', 'X-Trace': 't' }
    expect(await native.request('GET /platform-users', {}, { headers })).toEqual([])
  })
})

describe('the key of the organisation', () => {
  it.each([
    ['POST /agents', {}],
    ['PUT /agents/{id}', { path: { id: 'a' } }],
    ['GET /agents/{id}/users', { path: { id: 'a' } }],
    ['GET /agent-roles/by-api-key', {}],
    ['GET /platform-users', {}],
  ])('is required by %s before a request is sent', async (route, input) => {
    const error = await failure(nativeRequest(account().adapter, route, input))
    expect(error).toMatchObject({
      code: 'configuration',
      operation: `native ${route}`,
      fields: [{ path: 'organizationKey' }],
    })
    expect(error.message).toContain('"organizationKey"')
    expect(error.message).toContain('AGENT_CONVERSATION_ORGANIZATION_KEY')
  })

  it('goes into the configured header without the agent’s prefix, and is read again after the vendor refused it', async () => {
    const keys: string[] = []
    nock('https://own.example', { badheaders: ['authorization', 'organization-secret-key'] })
      .get('/v9/platform-users')
      .twice()
      .reply((given: Request) => {
        keys.push(given.headers.get('x-organization') ?? '')
        return keys.length === 1 ? [403, JSON.stringify(forbidden)] : [200, '[]']
      })
    const { native } = agentConversation({
      ...{ apiKey: 'agent', baseUrl: 'https://own.example/v9', authHeader: 'Authorization', authPrefix: 'Bearer' },
      organizationHeader: 'X-Organization',
      organizationKey: ({ rejected }) => (rejected === undefined ? 'old' : 'new'),
    })
    expect(await native.request('GET /platform-users')).toEqual([])
    expect(keys).toEqual(['old', 'new'])
  })

  it('can come from the environment, and so can its header', async () => {
    vi.stubEnv('AGENT_CONVERSATION_ORGANIZATION_KEY', 'from-env')
    vi.stubEnv('AGENT_CONVERSATION_ORGANIZATION_HEADER', 'X-Organization')
    nock('https://api.raia2.com', { reqheaders: { 'x-organization': 'from-env' } })
      .get('/external/agent-roles/by-api-key')
      .reply(200, [])
    expect(await agentConversation({ apiKey: 'k' }).native.request('GET /agent-roles/by-api-key')).toEqual([])
  })

  it.each([{ organizationKey: '' }, { organizationKey: 7 }, { organizationHeader: 'two words' }])(
    'is checked when the adapter is created: %o',
    (options) => {
      const [option] = Object.keys(options) as [string]
      expect(() => agentConversation({ apiKey: 'k', ...(options as object) })).toThrow(`option "${option}" is invalid`)
    },
  )
})

describe('the answer to a native request', () => {
  it.each([null, undefined])('is %o while the vendor has none yet', async (body) => {
    serve(['GET', '/prompts/p/response-on', 200, body === null ? 'null' : ''])
    expect(await account().adapter.native.request('GET /prompts/{id}/response-on', { path: { id: 'p' } })).toBe(body)
  })

  it('keeps the agent’s secrets, which the contract’s operations drop', async () => {
    const agent = { id: 'a', skills: [{ systemName: 'API', apiKey: 'k' }], aiConfig: { instructions: 'Be kind.' } }
    serve(['GET', '/agents/by-api-key', 200, agent])
    expect(await account().adapter.native.request('GET /agents/by-api-key')).toStrictEqual(agent)
  })
})
