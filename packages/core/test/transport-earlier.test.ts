import { describe, expect, test } from 'vitest'
import { AuthenticationError, amended, type Call, DecodeError, NetworkError, type RequestSpec } from '../src/index.ts'
import { acme, failure } from './helpers/acme.ts'

const create: RequestSpec = { method: 'POST', path: '/things' }
const replace: RequestSpec = { method: 'PUT', path: '/things/1' }
const upload: RequestSpec = { method: 'POST', path: '/files', safe: true }
const read: RequestSpec = { path: '/things/1' }

/** A vendor that answers with these in turn; 0 stands for a connection that breaks. */
function answering(...statuses: number[]): typeof fetch {
  const left = [...statuses]
  return async () => {
    const status = left.shift()
    if (!status)
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
    return Response.json({}, { status })
  }
}

const begin = (...statuses: number[]): Call =>
  acme('https://vendor.example', { fetch: answering(...statuses), maxRetries: 0 }).begin('things.create')

/** What the last of several requests of one operation fails with; earlier failures are passed over, as adapters do. */
async function lastOf(call: Call, ...specs: RequestSpec[]) {
  for (const spec of specs.slice(0, -1)) await call.request(spec).catch(() => {})
  return failure(call.request(specs.at(-1) as RequestSpec))
}

describe('an error of an operation with several requests', () => {
  test.each([
    ['a write that was refused after a write', [200, 400], [create, create], 'partly-done', false],
    ['a write that met the limit after a write', [200, 429], [create, create], 'partly-done', false],
    ['a read that failed after a write', [200, 500], [create, read], 'partly-done', false],
    ['an upload that failed after a write', [200, 500], [create, upload], 'partly-done', false],
    ['a write that may have happened after a write', [200, 500], [create, create], 'unknown', false],
    ['a write that was refused after one that may have happened', [0, 400], [create, create], 'unknown', false],
    ['a read that failed after a write that may have happened', [0, 500], [create, read], 'unknown', false],
    ['a read between two writes', [200, 200, 429], [create, read, create], 'partly-done', false],
    ['a write that met the limit after one that may be repeated', [200, 429], [replace, replace], 'partly-done', true],
    ['a read that failed after one that may be repeated', [200, 500], [replace, read], 'partly-done', true],
    ['a write that is not to be repeated, after one that is', [200, 429], [replace, create], 'partly-done', false],
    ['a write that met the limit after a read', [200, 429], [read, create], 'not-done', true],
    ['a write that met the limit after an upload', [200, 429], [upload, create], 'not-done', true],
    ['a write that met the limit after one that was refused', [400, 429], [create, create], 'not-done', true],
    ['a read that failed after a read', [200, 500], [read, read], undefined, true],
  ] as const)('includes the writes that were done before: %s', async (_, statuses, specs, outcome, retryable) => {
    const error = await lastOf(begin(...statuses), ...specs)
    expect([error.outcome, error.retryable]).toEqual([outcome, retryable])
    expect(error.message.includes('do not repeat the call')).toBe(outcome === 'partly-done' && !retryable)
  })

  test.each([
    ...['messages.ask', 'messages.stream', 'messages.reply', 'messages.note', 'messages.provideInput'],
    'conversations.start',
  ])('says that nothing was done if a read before %s fails, in whatever way', async (operation) => {
    const sending = (...statuses: number[]) =>
      acme('https://vendor.example', { fetch: answering(...statuses), maxRetries: 0 }).begin(operation)
    for (const [statuses, retryable] of [
      [[500], true],
      [[0], true],
      [[404], false],
      [[200, 500], true],
    ] as const) {
      const error = await lastOf(sending(...statuses), ...statuses.map(() => read))
      expect([error.outcome, error.retryable], statuses.join()).toEqual(['not-done', retryable])
    }
    const unreadable = sending(200).read(read, () => {
      throw new DecodeError('id')
    })
    expect(await failure(unreadable)).toMatchObject({ code: 'response', outcome: 'not-done' })
    const after = await lastOf(sending(200, 500), create, read)
    expect(after.outcome).toBe('partly-done')
    const unknown = await lastOf(sending(0, 500), create, read)
    expect(unknown.outcome).toBe('unknown')
  })

  test('does not deny an earlier write if an answer cannot be read', async () => {
    const call = begin(200, 200)
    await call.request(create)
    const unreadable = call.read(read, () => {
      throw new DecodeError('id')
    })
    expect(await failure(unreadable)).toMatchObject({ code: 'response', outcome: 'partly-done' })
  })

  test('does not deny an earlier write if a URL is refused', async () => {
    const call = begin(200)
    await call.request(create)
    for (const work of [call.requestElsewhere('http://10.0.0.1/a', {}), call.checkAddress('http://10.0.0.1/a', 'url')])
      expect(await failure(work)).toMatchObject({ code: 'invalid-request', outcome: 'partly-done' })
  })

  test('does not include another operation of the same adapter', async () => {
    const vendor = acme('https://vendor.example', { fetch: answering(200, 429), maxRetries: 0 })
    await vendor.begin('things.create').request(create)
    const error = await failure(vendor.begin('things.create').request(create))
    expect([error.outcome, error.retryable]).toEqual(['not-done', true])
  })
})

describe('a credential that cannot be read', () => {
  const renewal = (outcome: 'unknown' | 'not-done') =>
    new NetworkError({ message: 'the token could not be renewed', operation: 'oauth.refresh', outcome })

  test.each(['unknown', 'not-done'] as const)(
    'before a write has the outcome not-done (%s of its own)',
    async (own) => {
      const credential = () => Promise.reject(renewal(own))
      const call = acme('https://vendor.example', { fetch: answering(200), credential }).begin('things.create')
      expect(await failure(call.request(create))).toMatchObject({ outcome: 'not-done', retryable: true })
    },
  )

  test('after an attempt that may have succeeded keeps the outcome unknown', async () => {
    let count = 0
    const credential = async () => {
      if (++count > 1) throw renewal('not-done')
      return 'key'
    }
    const call = acme('https://vendor.example', { fetch: answering(0), credential }).begin('things.update')
    expect(await failure(call.request(replace))).toMatchObject({ outcome: 'unknown', retryable: true })
    expect(count).toBe(2)
  })
})

test('an amended error is a copy with every other field unchanged', () => {
  const cause = new Error('why')
  const fields = [{ path: 'a' }]
  const given = { vendor: 'acme', status: 401, vendorCode: 'x', vendorMessage: 'words', fields, cause, retryAfterMs: 5 }
  const error = new AuthenticationError({ ...given, message: 'refused', outcome: 'not-done' })
  const copy = amended(error, { outcome: 'partly-done', conversationId: 'c-1' })
  expect(copy).toBeInstanceOf(AuthenticationError)
  expect({ ...copy }).toEqual({ ...error, outcome: 'partly-done', conversationId: 'c-1' })
  expect([copy.message, copy.vendorMessage, copy.cause]).toEqual(['refused', 'words', cause])
  expect(error.outcome).toBe('not-done')
})
