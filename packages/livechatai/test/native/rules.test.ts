import { systemClock } from '@parley/core'
import { isTextStream } from '@parley/core/operations'
import { failure, hangingFetch, resettingFetch } from '@parley/testkit'
import { nativeRequest } from '@parley/testkit/native'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { errorBody } from '../fixtures/errors.ts'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'

useNock()

const refused = (path: string) => ({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })

describe('the input of a native request', () => {
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
  ])('a wrong %s is refused before a request is sent: %o', async (path, input) => {
    expect(await failure(nativeRequest(account().adapter, 'GET /agents', input))).toMatchObject(refused(path))
  })

  it('does not count values of a prototype', async () => {
    const query = Object.create({ agentId: 'bot-1' })
    expect(await failure(nativeRequest(account().adapter, 'GET /contacts', { query }))).toMatchObject(
      refused('query.agentId'),
    )
  })
})

describe('a native request', () => {
  it('is not sent again after its connection broke, if it is a write', async () => {
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
  ])('fails on HTTP %i with the code %s', async (status, code) => {
    serve(['GET', '/contacts/c', status, errorBody('Contact not found', 'NOT_FOUND')])
    const work = account({ maxRetries: 0 }).adapter.native.request('GET /contacts/{contactId}', {
      path: { contactId: 'c' },
    })
    expect(await failure(work)).toMatchObject({ code, vendorCode: 'NOT_FOUND', status })
  })

  it('fails without quoting the key or the values that were sent', async () => {
    serve(['POST', '/contacts', 400, errorBody('ada@quill.example is taken, says planted-key-1')])
    const body = { agentId: 'bot-1', distinctId: 'd', email: 'ada@quill.example' }
    const error = await failure(account().adapter.native.request('POST /contacts', { body }))
    expect(error.message + JSON.stringify(error)).not.toMatch(/ada@|planted-key/)
  })

  it('fails with the caller’s reason when the caller aborts it', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(account().adapter.native.request('GET /agents', {}, { signal })).rejects.toBe(signal.reason)
  })

  it('waits 120 seconds for an answer of the model and 30 seconds for others, unless `timeout` is given', async () => {
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

describe('the answer to a native request', () => {
  it('is an error if it is a web page instead of JSON', async () => {
    serve(['GET', '/agents', 200, '<html>'])
    expect(await failure(account().adapter.native.request('GET /agents'))).toMatchObject({ code: 'response' })
  })

  const question = { agentId: 'bot-1', question: 'Open?' }

  it('is a stream if the caller asks for one and the vendor sends one', async () => {
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

  it('is JSON if the caller asks for a stream and the vendor sends JSON', async () => {
    const data = { response: 'At nine', messageId: 'm' }
    serve(['POST', '/conversations', 200, { data }])
    const answer = await account().adapter.native.request('POST /conversations', {
      body: { ...question, streaming: true },
    })
    expect(isTextStream(answer) ? 'a stream' : answer.data).toEqual(data)
  })

  it('is an error if it is a stream and the caller did not ask for one', async () => {
    serve(['POST', '/conversations', 200, 'data: x\n\n', { 'content-type': 'text/event-stream' }])
    const error = await failure(account().adapter.native.request('POST /conversations', { body: question }))
    expect(error).toMatchObject({ code: 'response', outcome: 'unknown' })
  })
})
