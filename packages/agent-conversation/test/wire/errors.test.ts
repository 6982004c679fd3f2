import { failure } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { listedConversation } from '../fixtures/conversations.ts'
import { badRequest, forbidden, missingRoute, notFound, serverFault } from '../fixtures/errors.ts'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'

useNock()

const get = (status: number, body?: unknown, headers?: Record<string, string>): Exchange => [
  'GET',
  '/conversations/c-0001',
  status,
  body,
  headers ?? {},
]
const post = (status: number, body?: unknown): Exchange => ['POST', '/conversations', status, body, {}]
const good = get(200, listedConversation)

describe('a read that is refused', () => {
  it.each([
    [400, badRequest, { code: 'invalid-request', vendorCode: 'BAD_REQUEST' }],
    [400, undefined, { code: 'invalid-request' }],
    [401, undefined, { code: 'authentication' }],
    [403, forbidden, { code: 'authentication', vendorCode: 'FORBIDDEN_ERROR' }],
    [
      403,
      { status: 403, message: 'INVALID_CREDENTIALS' },
      { code: 'authentication', vendorCode: 'INVALID_CREDENTIALS' },
    ],
    [403, '<html>Forbidden</html>', { code: 'authentication' }],
    [404, notFound, { code: 'not-found', vendorCode: 'ENTITY_NOT_FOUND_ERROR' }],
    [404, { ...notFound, name: {} }, { code: 'not-found', vendorCode: 'ENTITY_NOT_FOUND' }],
    [404, missingRoute, { code: 'not-found' }],
    [405, undefined, { code: 'invalid-request' }],
    [409, undefined, { code: 'conflict' }],
    [413, undefined, { code: 'invalid-request' }],
    [422, badRequest, { code: 'invalid-request' }],
  ])('fails with HTTP %i and %o', async (status, body, expected) => {
    serve(get(status, body, { 'x-request-id': 'req-7' }))
    const error = await failure(account().adapter.conversations.get('c-0001'))
    expect(error).toMatchObject({
      ...expected,
      status,
      vendor: 'agent-conversation',
      account: 'hotline',
      operation: 'conversations.get',
      requestId: 'req-7',
      retryable: false,
    })
    expect(error['outcome']).toBeUndefined()
  })

  it('names the account and possible causes, and never the key', async () => {
    serve(get(403, { ...forbidden, details: ['planted-key-1 is revoked'] }))
    const error = await failure(account().adapter.conversations.get('c-0001'))
    expect(error.message).toMatch(/"hotline".*expired, revoked/)
    expect(JSON.stringify(error) + error.stack + error['vendorMessage']).not.toContain('planted-key-1')
  })

  it('names fields only if the validator names them, and quotes nothing else', async () => {
    serve(get(400, { ...badRequest, details: ['title must be a string', 'mara@okoye.example already exists'] }))
    const error = await failure(account().adapter.conversations.get('c-0001'))
    expect(error['fields']).toEqual([{ path: 'title', problem: 'must be a string' }])
    expect(JSON.stringify(error)).not.toContain('mara')
    expect(error['vendorMessage']).toBe('INVALID_REQUEST; title must be a string; mara@okoye.example already exists')
  })

  it.each([missingRoute, '<!DOCTYPE html><html></html>'])(
    'names baseUrl if the path is not served: %o',
    async (body) => {
      serve(get(404, typeof body === 'string' ? body : { ...body, message: 'Cannot GET /external/x' }))
      expect((await failure(account().adapter.conversations.get('c-0001'))).message).toMatch(/baseUrl/)
    },
  )
})

describe('a read that meets a fault', () => {
  it('is sent again after HTTP 500, whatever the body says', async () => {
    serve(get(500, { status: 404, message: 'x' }), good)
    expect(await account().adapter.conversations.get('c-0001')).toMatchObject({ id: 'c-0001' })
  })
})

describe('a read with an odd answer', () => {
  it.each([
    [forbidden, 'authentication'],
    [notFound, 'not-found'],
    [badRequest, 'invalid-request'],
    [serverFault, 'vendor-fault'],
  ])('fails on an error in a 200: %o', async (body, code) => {
    serve(get(200, body))
    const { adapter } = account({ maxRetries: 0 })
    expect(await failure(adapter.conversations.get('c-0001'))).toMatchObject({ code, status: 200 })
  })
})

describe('a write', () => {
  it.each([
    [400, badRequest, 'invalid-request', 'not-done'],
    [403, forbidden, 'authentication', 'not-done'],
    [404, notFound, 'not-found', 'not-done'],
    [500, serverFault, 'vendor-fault', 'unknown'],
    [502, '<html>', 'vendor-fault', 'unknown'],
    [504, undefined, 'timeout', 'unknown'],
    [200, '<html>', 'response', 'unknown'],
    [200, {}, 'response', 'unknown'],
  ])('with HTTP %i and %o is not sent again', async (status, body, code, outcome) => {
    serve(post(status, body))
    const error = await failure(account().adapter.conversations.create({ contact: 'u-77' }))
    expect(error).toMatchObject({ code, outcome, status })
  })
})

describe('the API key', () => {
  it('is read again after the vendor refused it', async () => {
    const keys = ['key-old', 'key-new']
    const asked: unknown[] = []
    const { adapter } = account({
      apiKey: ({ rejected }) => {
        asked.push(rejected)
        return keys[asked.length - 1] ?? ''
      },
    })
    const seen = serve(get(403, forbidden), good)
    await adapter.conversations.get('c-0001')
    expect(asked).toEqual([undefined, 'key-old'])
    expect(seen.map(({ headers }) => headers['agent-secret-key'])).toEqual(['key-old', 'key-new'])
  })
})
