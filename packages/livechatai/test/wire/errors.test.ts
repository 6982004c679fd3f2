import { inspect } from 'node:util'
import { failure } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { errorBody, htmlPage } from '../fixtures/errors.ts'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'

useNock()

const read = (status: number, body?: unknown, headers = {}): Exchange => [
  'GET',
  '/conversations/c-1',
  status,
  body,
  headers,
]
const get = (options = {}) => account({ maxRetries: 0, ...options }).adapter.conversations.get('c-1')
const create: Exchange = ['POST', '/conversations/create', 0]
const write = (status: number, body: unknown, headers = {}): Exchange => [create[0], create[1], status, body, headers]
const open = (options = {}) => account(options).adapter.conversations.create({ contact: 'p-1' })

describe('an error of the vendor', () => {
  it.each([
    [400, 'invalid-request', false],
    [401, 'authentication', false],
    [402, 'invalid-request', false],
    [403, 'permission', false],
    [404, 'not-found', false],
    [409, 'conflict', false],
    [413, 'invalid-request', false],
    [422, 'invalid-request', false],
    [429, 'rate-limit', true],
    [500, 'vendor-fault', true],
    [502, 'vendor-fault', true],
    [503, 'vendor-fault', true],
    [504, 'timeout', true],
  ])('with HTTP %i has the code %s', async (status, code, retryable) => {
    serve(read(status, errorBody('Words about rosa@shop.test', 'SOME_CODE')))
    const error = await failure(get())
    expect(error).toMatchObject({ code, retryable, status, vendorCode: 'SOME_CODE', operation: 'conversations.get' })
    expect(error['vendorMessage']).toBe('Words about rosa@shop.test')
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain('rosa')
  })

  it.each([
    [{ message: 'a' }, 'a', undefined],
    [{ error: 'b' }, 'b', undefined],
    [{ error: { message: 'c', code: 'X' } }, 'c', 'X'],
    [{ detail: 'd' }, 'd', undefined],
    [{ message: ['e', 'f'] }, 'e; f', undefined],
    [{ message: 'g', code: 4001 }, 'g', '4001'],
    [{ message: 'h', code: 'words about rosa@shop.test' }, 'h', undefined],
    [{ message: {} }, undefined, undefined],
    [[], undefined, undefined],
    ['<html><head><style>p{}</style></head><p>Bad&nbsp;<b>gateway</b></p></html>', 'Bad gateway', undefined],
    ['Bad gateway', 'Bad gateway', undefined],
    [undefined, undefined, undefined],
  ])('is read from %o', async (body, vendorMessage, vendorCode) => {
    serve(read(500, body))
    const error = await failure(get())
    expect(error['vendorMessage']).toBe(vendorMessage)
    expect(error['vendorCode']).toBe(vendorCode)
  })

  it('names the fields that the validator names', async () => {
    serve(write(400, errorBody('agentId is required', 'BAD_REQUEST')))
    expect(await failure(open())).toMatchObject({
      code: 'invalid-request',
      outcome: 'not-done',
      fields: [{ path: 'agentId', problem: 'is required' }],
    })
  })

  it('about the key names the account and never the key', async () => {
    serve(read(401, errorBody('No valid API key: planted-key-1', 'UNAUTHORIZED')))
    const error = await failure(get())
    expect(error.message).toContain('"shop"')
    expect(error.message).toContain('LIVECHATAI_API_KEY')
    expect(`${error.message}${error['vendorMessage']}${inspect(error, { depth: 9, showHidden: true })}`).not.toContain(
      'planted-key-1',
    )
  })
})

describe('an error inside a 200', () => {
  it.each([
    ['UNAUTHORIZED', 'authentication'],
    ['FORBIDDEN', 'permission'],
    ['NOT_FOUND', 'not-found'],
    ['TOO_MANY_REQUESTS', 'rate-limit'],
    ['CONFLICT', 'conflict'],
    ['BAD_REQUEST', 'invalid-request'],
    ['404', 'not-found'],
    ['422', 'invalid-request'],
    ['QUOTA_EXCEEDED', 'permission'],
    ['BOOM', 'vendor-fault'],
    [undefined, 'vendor-fault'],
  ])('with the vendor’s code %s has the code %s', async (word, code) => {
    serve(read(200, errorBody('Words', word)))
    expect(await failure(get())).toMatchObject({ code, status: 200 })
  })

  it.each([
    ['Agent not found', 'not-found'],
    ['No valid API key provided', 'authentication'],
    ['agentId is required', 'invalid-request'],
  ])('without a vendor’s code is classified by its words: %s', async (words, code) => {
    serve(read(200, errorBody(words)))
    expect(await failure(get())).toMatchObject({ code })
  })

  it('of an unknown kind leaves the outcome of a write unknown', async () => {
    serve(write(200, errorBody('Words', 'BOOM')))
    expect(await failure(open())).toMatchObject({ code: 'vendor-fault', outcome: 'unknown', retryable: false })
    serve(write(200, errorBody('Words', 'NOT_FOUND')))
    expect(await failure(open())).toMatchObject({ code: 'not-found', outcome: 'not-done' })
  })
})

describe('a used-up quota', () => {
  it.each([
    [200, 'permission'],
    [402, 'permission'],
    [403, 'permission'],
    [429, 'rate-limit'],
  ])('has the code quota with HTTP %i, and the question is not sent again', async (status, code) => {
    const words = errorBody('The monthly message quota of this workspace is used up', 'LIMIT')
    const seen = serve(['POST', '/conversations', status, words, { 'retry-after': '1' }])
    const error = await failure(account().adapter.messages.ask('c-1', { text: 'x' }))
    expect(error).toMatchObject({ code, status, outcome: 'not-done' })
    expect(error.message).toContain('used up')
    expect(seen).toHaveLength(1)
  })

  it('is told from a rate limit', async () => {
    serve(write(429, errorBody('Rate limit exceeded, too many requests', 'TOO_MANY')), ['GET', '/agents/b', 200, {}])
    await failure(open({ maxRetries: 0 }))
    await failure(account().adapter.agents.get('b'))
  })
})

describe('an answer that is not the expected JSON', () => {
  it('points to the base URL, not the id, if it is a web page with HTTP 404', async () => {
    serve(read(404, htmlPage))
    const error = await failure(get())
    expect(error).toMatchObject({ code: 'configuration', status: 404 })
    expect(error.message).toContain('baseUrl')
  })
})
