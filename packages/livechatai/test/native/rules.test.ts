import { isTextStream, systemClock } from '@parley/core'
import { failure, hangingFetch, nativeRequest, resettingFetch, useNock } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { errorBody } from '../fixtures/errors.ts'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'

useNock()

const refused = (path: string) => ({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })

describe('a route', () => {
  it.each([
    'GET /agent',
    'PUT /agents',
    'get /agents',
    'GET /agents/',
    'GET /agents/bot-1',
    'toString',
    '__proto__',
    'constructor',
    '',
    undefined,
    null,
    7,
  ])('%o is refused', async (route) => {
    const error = await failure(nativeRequest(account().adapter, route as string))
    expect(error).toMatchObject({ ...refused('route'), operation: 'native' })
    expect(error.message).not.toContain('bot-1')
  })

  it('is refused without its ids', async () => {
    for (const path of [undefined, {}, { agentId: '' }, { agentId: 7 }, { agentId: '..' }])
      expect(await failure(nativeRequest(account().adapter, 'GET /agents/{agentId}', { path }))).toMatchObject(
        refused('path.agentId'),
      )
  })

  it('takes an id as one part of the path, whatever is in it', async () => {
    const seen = serve(['GET', '/conversations/a%2Fb%3Fc%3Dd%23%C3%A4%20..%25', 200, { data: { id: 'x' } }])
    const path = { conversationId: 'a/b?c=d#ä ..%' }
    await account().adapter.native.request('GET /conversations/{conversationId}', { path })
    expect(seen).toHaveLength(1)
  })

  it.each([
    ['input', 'text'],
    ['input', null],
    ['input', []],
    ['path', { path: 'bot-1' }],
    ['path.agentId', { path: { agentId: 'bot-1' } }],
    ['query', { query: 'agentId=1' }],
    ['query.page', { query: { page: Number.NaN } }],
    ['query.page', { query: { page: { from: 1 } } }],
    ['body', { body: { page: 1 } }],
    ['query', { query: ['agentId'] }],
  ])('is refused with a wrong %s: %o', async (path, input) => {
    expect(await failure(nativeRequest(account().adapter, 'GET /agents', input))).toMatchObject(refused(path))
  })

  it('sends nothing that a prototype holds', async () => {
    const query = Object.create({ agentId: 'bot-1' })
    expect(await failure(nativeRequest(account().adapter, 'GET /contacts', { query }))).toMatchObject(
      refused('query.agentId'),
    )
  })
})

describe('what the transport does for every operation', () => {
  it('reads again after a fault', async () => {
    serve(['GET', '/agents', 503, errorBody('Down')], ['GET', '/agents', 200, { data: [] }])
    expect(await account().adapter.native.request('GET /agents')).toEqual({ data: [] })
  })

  it.each([
    ['POST /conversations/{conversationId}/end', 'POST', '/conversations/c/end', { path: { conversationId: 'c' } }],
    ['DELETE /agents/{agentId}', 'DELETE', '/agents/b', { path: { agentId: 'b' } }],
    ['POST /contacts', 'POST', '/contacts', { body: { agentId: 'b', distinctId: 'd' } }],
  ])('%s is not repeated after a fault', async (route, method, uri, input) => {
    const seen = serve([method, uri, 503, errorBody('Down')])
    const error = await failure(nativeRequest(account().adapter, route, input))
    expect(error).toMatchObject({ code: 'vendor-fault', outcome: 'unknown', operation: `native ${route}` })
    expect(seen).toHaveLength(1)
  })

  it('does not repeat a write whose connection broke', async () => {
    let tries = 0
    const fetch: typeof globalThis.fetch = (...given) => {
      tries++
      return resettingFetch(...given)
    }
    const { adapter } = account({ fetch })
    const body = { agentId: 'bot-1', question: 'Open?' }
    expect(await failure(adapter.native.request('POST /conversations', { body }))).toMatchObject({
      code: 'network',
      outcome: 'unknown',
    })
    expect(tries).toBe(1)
  })

  it.each([
    [400, 'invalid-request'],
    [401, 'authentication'],
    [403, 'permission'],
    [404, 'not-found'],
    [429, 'rate-limit'],
    [500, 'vendor-fault'],
    [200, 'not-found'],
  ])('HTTP %i becomes %s', async (status, code) => {
    serve(['GET', '/contacts/c', status, errorBody('Contact not found', 'NOT_FOUND')])
    const work = account({ maxRetries: 0 }).adapter.native.request('GET /contacts/{contactId}', {
      path: { contactId: 'c' },
    })
    expect(await failure(work)).toMatchObject({ code, vendorCode: 'NOT_FOUND', status })
  })

  it('quotes neither the key nor what was sent', async () => {
    serve(['POST', '/contacts', 400, errorBody('ada@quill.example is taken, says planted-key-1')])
    const body = { agentId: 'bot-1', distinctId: 'd', email: 'ada@quill.example' }
    const error = await failure(account().adapter.native.request('POST /contacts', { body }))
    expect(error.message + JSON.stringify(error)).not.toMatch(/ada@|planted-key/)
  })

  it('gives up when the caller does', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(account().adapter.native.request('GET /agents', {}, { signal })).rejects.toBe(signal.reason)
  })

  it('waits for the model longer than for anything else, unless told otherwise', async () => {
    const times: number[] = []
    const body = { agentId: 'bot-1', question: 'Open?' }
    for (const options of [{}, { timeout: 5_000 }]) {
      const { adapter, passed } = account({ fetch: hangingFetch })
      const error = await failure(adapter.native.request('POST /conversations', { body }, options))
      expect(error).toMatchObject({ code: 'timeout', outcome: 'unknown' })
      times.push(passed())
    }
    const { adapter, passed } = account({ fetch: hangingFetch, maxRetries: 0 })
    expect(await failure(adapter.native.request('GET /agents'))).toMatchObject({ code: 'timeout' })
    expect([...times, passed()]).toEqual([120_000, 5_000, 30_000])
  })
})

describe('headers of a request', () => {
  it('are added, in the place of those with the same name', async () => {
    const seen = serve(['GET', '/agents', 200, {}])
    await account().adapter.native.request('GET /agents', {}, { headers: { Accept: 'application/vnd.v3+json' } })
    expect(seen[0]?.headers).toMatchObject({ accept: 'application/vnd.v3+json' })
  })

  it.each(['authorization', 'Authorization', 'AUTHORIZATION'])('never replace the credential: %s', async (name) => {
    const seen = serve(['GET', '/agents', 200, {}])
    await account().adapter.native.request('GET /agents', {}, { headers: { [name]: 'Bearer other' } })
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer planted-key-1' })
  })
})

describe('an answer', () => {
  it.each([
    ['DELETE /agents/{agentId}', '/agents/x', { agentId: 'x' }],
    ['DELETE /ai-suggestions/{suggestionId}', '/ai-suggestions/x', { suggestionId: 'x' }],
  ])('may be nothing or a word where none is documented: %s', async (route, uri, path) => {
    serve(['DELETE', uri, 204], ['DELETE', uri, 200, 'OK'])
    expect(await nativeRequest(account().adapter, route, { path })).toBeUndefined()
    expect(await nativeRequest(account().adapter, route, { path })).toBe('OK')
  })

  it('that is a page instead of JSON is an error', async () => {
    serve(['GET', '/agents', 200, '<html>'])
    expect(await failure(account().adapter.native.request('GET /agents'))).toMatchObject({ code: 'response' })
  })

  const question = { agentId: 'bot-1', question: 'Open?' }

  it('is a stream when it is asked for and the vendor sends one', async () => {
    const parts = 'data: {"response":"At nine"}\n\ndata: [DONE]\n\n'
    const seen = serve(['POST', '/conversations', 200, parts, { 'content-type': 'text/event-stream' }])
    const body = { ...question, streaming: true }
    // A clock that moves by itself would be ahead of the code that is loaded for a stream.
    const answer = await account({ clock: systemClock }).adapter.native.request('POST /conversations', { body })
    let text = ''
    if (isTextStream(answer)) for await (const part of answer) text += part
    expect(text).toBe(parts)
    expect(seen[0]?.body).toEqual(body)
  })

  it('is JSON when the vendor sends that all the same', async () => {
    const data = { response: 'At nine', messageId: 'm' }
    serve(['POST', '/conversations', 200, { data }])
    const answer = await account().adapter.native.request('POST /conversations', {
      body: { ...question, streaming: true },
    })
    expect(isTextStream(answer) ? 'a stream' : answer.data).toEqual(data)
  })

  it('that streams unasked is an error', async () => {
    serve(['POST', '/conversations', 200, 'data: x\n\n', { 'content-type': 'text/event-stream' }])
    const error = await failure(account().adapter.native.request('POST /conversations', { body: question }))
    expect(error).toMatchObject({ code: 'response', outcome: 'unknown' })
  })
})
