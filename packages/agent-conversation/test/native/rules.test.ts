import { inspect } from 'node:util'
import { agentConversation } from '@parley/agent-conversation'
import { failure, hangingFetch, nativeRequest, resettingFetch, useNock } from '@parley/testkit'
import nock from 'nock'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { badRequest, forbidden, notFound, serverFault } from '../fixtures/errors.ts'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'
import { form } from './cases.ts'

useNock()
afterEach(() => vi.unstubAllEnvs())

const refused = (path: string) => ({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })

describe('a route', () => {
  it.each(['GET /conversation', 'PATCH /conversations/{id}', 'GET /conversations/c-1', '__proto__', '', undefined, 7])(
    '%o is refused',
    async (route) => {
      const error = await failure(nativeRequest(account().adapter, route as string))
      expect(error).toMatchObject({ ...refused('route'), operation: 'native' })
      expect(error.message).not.toContain('c-1')
    },
  )

  it('is refused without all of its ids', async () => {
    const route = 'GET /conversations/{id}/messages/{questionMessageId}/response-on'
    for (const [path, missing] of [
      [{ id: 'c' }, 'questionMessageId'],
      [{ questionMessageId: 'm' }, 'id'],
      [{ id: '..', questionMessageId: 'm' }, 'id'],
      [undefined, 'id'],
    ] as const)
      expect(await failure(nativeRequest(account().adapter, route, { path }))).toMatchObject(refused(`path.${missing}`))
  })

  it('takes an id as one part of the path, whatever is in it', async () => {
    const seen = serve(['GET', '/users/a%2Fb%3Fc%3Dd%23%C3%A4%20..%25', 200, { id: 'x' }])
    await account().adapter.native.request('GET /users/{id}', { path: { id: 'a/b?c=d#ä ..%' } })
    expect(seen).toHaveLength(1)
  })

  it.each([undefined, { file: 'x' }, 'x', new URLSearchParams('file=x')])(
    'that takes a form is refused with %o',
    async (body) => {
      const error = await failure(nativeRequest(account().adapter, 'POST /agent-files/upload', { body }))
      expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done' })
      expect(error.message).toMatch(/body\.file is required|body must be a FormData/)
    },
  )
})

describe('what the transport does for every operation', () => {
  it('reads again after a fault', async () => {
    serve(['GET', '/users/u', 500, serverFault], ['GET', '/users/u', 200, { id: 'u' }])
    expect(await account().adapter.native.request('GET /users/{id}', { path: { id: 'u' } })).toEqual({ id: 'u' })
  })

  it.each([
    ['PUT /conversations/{id}', 'PUT', '/conversations/c', { path: { id: 'c' }, body: { title: 'x' } }],
    ['PUT /conversations/{id}/mode', 'PUT', '/conversations/c/mode', { path: { id: 'c' }, body: { mode: 'ai' } }],
    ['DELETE /users/{id}', 'DELETE', '/users/c', { path: { id: 'c' } }],
    ['POST /prompts', 'POST', '/prompts', { body: { prompt: 'x' } }],
  ])('%s is not repeated after a fault', async (route, method, uri, input) => {
    const seen = serve([method, uri, 500, serverFault])
    const error = await failure(nativeRequest(account().adapter, route, input))
    expect(error).toMatchObject({ code: 'vendor-fault', outcome: 'unknown', operation: `native ${route}` })
    expect(seen).toHaveLength(1)
  })

  it('does not repeat an upload whose connection broke', async () => {
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
  ])('HTTP %i becomes its kind', async (status, body, code) => {
    serve(['GET', '/users/u', status, body])
    const work = account({ maxRetries: 0 }).adapter.native.request('GET /users/{id}', { path: { id: 'u' } })
    expect(await failure(work)).toMatchObject({ code, status })
  })

  it('quotes neither keys nor what was sent', async () => {
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
  ])('quotes no new agent’s key when the answer is %i and unreadable', async (status, text) => {
    nock('https://api.raia2.com').post('/external/agents').reply(status, text, { 'content-type': 'application/json' })
    const { native } = account({ organizationKey: 'organization-secret-1' }).adapter
    const body = { roleId: 'r', name: 'n', publicName: 'N', outputJsonSchema: '{}', tags: [] }
    const error = await failure(native.request('POST /agents', { body }))
    expect(error.message + error['vendorMessage'] + JSON.stringify(error) + inspect(error)).not.toContain('planted')
  })

  it('waits for the model longer than for anything else', async () => {
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

describe('headers of a request', () => {
  it.each(['agent-secret-key', 'Agent-Secret-Key', 'AGENT-SECRET-KEY'])('never replace the key: %s', async (name) => {
    const seen = serve(['GET', '/agents/limits', 200, {}])
    await account().adapter.native.request('GET /agents/limits', {}, { headers: { [name]: 'other' } })
    expect(seen[0]?.headers).toMatchObject({ 'agent-secret-key': 'planted-key-1' })
  })

  it('never replace the organisation’s, and are added otherwise', async () => {
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
  ])('is asked for by %s before anything is sent', async (route, input) => {
    const error = await failure(nativeRequest(account().adapter, route, input))
    expect(error).toMatchObject({
      code: 'configuration',
      operation: `native ${route}`,
      fields: [{ path: 'organizationKey' }],
    })
    expect(error.message).toContain('"organizationKey"')
    expect(error.message).toContain('AGENT_CONVERSATION_ORGANIZATION_KEY')
  })

  it('goes in the header that the deployment wants, without the agent’s prefix, and is asked for anew when refused', async () => {
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

  it('may come from the environment, and its header too', async () => {
    vi.stubEnv('AGENT_CONVERSATION_ORGANIZATION_KEY', 'from-env')
    vi.stubEnv('AGENT_CONVERSATION_ORGANIZATION_HEADER', 'X-Organization')
    nock('https://api.raia2.com', { reqheaders: { 'x-organization': 'from-env' } })
      .get('/external/agent-roles/by-api-key')
      .reply(200, [])
    expect(await agentConversation({ apiKey: 'k' }).native.request('GET /agent-roles/by-api-key')).toEqual([])
  })

  it.each([{ organizationKey: '' }, { organizationKey: 7 }, { organizationHeader: 'two words' }])(
    'is checked when the adapter is made: %o',
    (options) => {
      const [option] = Object.keys(options) as [string]
      expect(() => agentConversation({ apiKey: 'k', ...(options as object) })).toThrow(`option "${option}" is wrong`)
    },
  )
})

describe('an answer', () => {
  const path = { id: 'u' }
  it.each([
    ['DELETE /conversations', '/conversations', { body: { conversationUserId: 'u' } }],
    ['DELETE /users/{id}', '/users/u', { path }],
    ['DELETE /users/{id}/limits', '/users/u/limits', { path }],
    ['DELETE /agents/limits', '/agents/limits', {}],
    ['DELETE /agent-files', '/agent-files', { body: { fileIds: [] } }],
    ['DELETE /agent-files/{id}/delete', '/agent-files/u/delete', { path }],
    ['DELETE /agent-files/{id}/delete-from-vector-store', '/agent-files/u/delete-from-vector-store', { path }],
    ['PUT /agent-files/{id}/add-to-vector-store', '/agent-files/u/add-to-vector-store', { path }],
    ['PUT /agent-files/{id}/add-to-vector-store/async', '/agent-files/u/add-to-vector-store/async', { path }],
    ['POST /resource-usage', '/resource-usage', { body: { type: 'OPENAI_TOKENS', amount: 1 } }],
  ])('may be nothing, or a word: %s', async (route, uri, input) => {
    const method = route.split(' ')[0] as string
    serve([method, uri, 204], [method, uri, 200, 'OK'])
    expect(await nativeRequest(account().adapter, route, input)).toBeUndefined()
    expect(await nativeRequest(account().adapter, route, input)).toBe('OK')
  })

  it.each([null, undefined])('that is not there yet may be %o', async (body) => {
    serve(['GET', '/prompts/p/response-on', 200, body === null ? 'null' : ''])
    expect(await account().adapter.native.request('GET /prompts/{id}/response-on', { path: { id: 'p' } })).toBe(body)
  })

  it('holds what the contract drops: the agent’s secrets', async () => {
    const agent = { id: 'a', skills: [{ systemName: 'API', apiKey: 'k' }], aiConfig: { instructions: 'Be kind.' } }
    serve(['GET', '/agents/by-api-key', 200, agent])
    expect(await account().adapter.native.request('GET /agents/by-api-key')).toStrictEqual(agent)
  })
})
