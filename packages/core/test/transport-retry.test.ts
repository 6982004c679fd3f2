import { describe, expect, test } from 'vitest'
import type { RequestSpec } from '../src/index.ts'
import { acme, customerText, failure, secret } from './helpers/acme.ts'
import { json, serve } from './helpers/serve.ts'
import { createTestClock } from './helpers/test-clock.ts'

const read: RequestSpec = { path: '/things', query: { search: customerText } }
const write: RequestSpec = { method: 'POST', path: '/things', body: { text: customerText } }

/** An address at which nobody listens. */
async function nowhere(): Promise<string> {
  const server = await serve(() => {})
  await server.close()
  return server.url
}

describe('a request', () => {
  test('returns the vendor’s answer, and carries the credential', async () => {
    const server = await serve((response) => json(response, 200, { items: [1] }))
    const reply = await acme(server.url).begin('things.list').request(read)
    expect(reply).toMatchObject({ status: 200, body: { items: [1] } })
    expect(server.received).toMatchObject([
      {
        method: 'GET',
        url: '/things?search=planted%20words%20of%20a%20customer',
        headers: { authorization: `Bearer ${secret}` },
      },
    ])
  })

  test('sends JSON', async () => {
    const server = await serve((response) => json(response, 201, {}))
    await acme(server.url, { protocol: { headers: { version: '7' } } })
      .begin('things.create')
      .request({ ...write, headers: { 'x-extra': '1' } })
    expect(server.received[0]).toMatchObject({
      method: 'POST',
      body: JSON.stringify({ text: customerText }),
      headers: { 'content-type': 'application/json', accept: 'application/json', version: '7', 'x-extra': '1' },
    })
  })

  test('takes the caller’s header in any spelling, and never in place of the credential', async () => {
    const server = await serve((response) => json(response, 200, {}))
    await acme(server.url, { protocol: { headers: { Version: '7' } } })
      .begin('things.list')
      .request({ path: '/', headers: { version: '8', Authorization: 'Bearer mine', Accept: 'text/csv' } })
    expect(server.received[0]?.headers).toMatchObject({
      version: '8',
      authorization: `Bearer ${secret}`,
      accept: 'text/csv',
    })
  })

  test('sends an upload unchanged', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const body = new FormData()
    body.append('file', new Blob(['bytes']), 'a.txt')
    await acme(server.url).begin('things.upload').request({ method: 'POST', path: '/files', body })
    expect(server.received[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(server.received[0]?.body).toContain('bytes')
  })

  test('leaves no unhandled rejection if an upload is aborted before it is read', async () => {
    const left: unknown[] = []
    const note = (reason: unknown) => left.push(reason)
    process.on('unhandledRejection', note)
    const fetch: typeof globalThis.fetch = async () => {
      throw new TypeError('fetch failed')
    }
    const body = new FormData()
    body.append('file', new Blob(['bytes']), 'a.txt')
    const work = acme('https://vendor.example', { fetch }).begin('things.upload')
    expect(await failure(work.request({ method: 'POST', path: '/files', body }))).toMatchObject({ code: 'network' })
    // It would come once the event loop has been around.
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    process.off('unhandledRejection', note)
    expect(left).toEqual([])
  })

  test('returns undefined for an empty answer', async () => {
    const server = await serve((response) => response.writeHead(204).end())
    expect(await acme(server.url).begin('things.get').request(read)).toMatchObject({ status: 204, body: undefined })
  })

  test('can return text, bytes or nothing', async () => {
    const server = await serve((response) => response.end('<ok>'))
    const { begin } = acme(server.url)
    expect((await begin('things.get').request({ path: '/', expect: 'text' })).body).toBe('<ok>')
    expect((await begin('things.get').request({ path: '/', expect: 'none' })).body).toBe('<ok>')
    const { body } = await begin('things.get').request({ path: '/', expect: 'bytes' })
    expect(new TextDecoder().decode(body as Uint8Array)).toBe('<ok>')
  })

  test('reads an error as one, whatever answer was expected', async () => {
    const server = await serve((response) => json(response, 404, { error: { code: 'gone' } }))
    const error = await failure(acme(server.url).begin('things.get').request({ path: '/', expect: 'bytes' }))
    expect(error).toMatchObject({ code: 'not-found', status: 404, vendorCode: 'gone' })
  })
})

describe('a repeated request', () => {
  const statuses = [
    { status: 400, code: 'invalid-request', reads: 1, writes: 1, outcome: 'not-done' },
    { status: 401, code: 'authentication', reads: 1, writes: 1, outcome: 'not-done' },
    { status: 403, code: 'permission', reads: 1, writes: 1, outcome: 'not-done' },
    { status: 404, code: 'not-found', reads: 1, writes: 1, outcome: 'not-done' },
    { status: 409, code: 'conflict', reads: 1, writes: 1, outcome: 'not-done' },
    { status: 410, code: 'not-found', reads: 1, writes: 1, outcome: 'not-done' },
    { status: 422, code: 'invalid-request', reads: 1, writes: 1, outcome: 'not-done' },
    { status: 425, code: 'invalid-request', reads: 3, writes: 1, outcome: 'not-done' },
    { status: 429, code: 'rate-limit', reads: 3, writes: 3, outcome: 'not-done' },
    { status: 408, code: 'timeout', reads: 3, writes: 1, outcome: 'unknown' },
    { status: 500, code: 'vendor-fault', reads: 3, writes: 1, outcome: 'unknown' },
    { status: 502, code: 'vendor-fault', reads: 3, writes: 1, outcome: 'unknown' },
    { status: 503, code: 'vendor-fault', reads: 3, writes: 1, outcome: 'unknown' },
    { status: 504, code: 'timeout', reads: 3, writes: 1, outcome: 'unknown' },
  ]

  test.each(statuses)('with $status is sent $reads times if it reads', async ({ status, code, reads }) => {
    const server = await serve((response) => json(response, status, { error: { message: customerText } }))
    const error = await failure(acme(server.url).begin('things.list').request(read))
    expect(error).toMatchObject({ code, status, vendor: 'acme', account: 'main', operation: 'things.list' })
    expect(error.outcome).toBeUndefined()
    expect(error.vendorMessage).toBe(customerText)
    expect(server.received).toHaveLength(reads)
  })

  test.each(statuses)('with $status is sent $writes times if it writes', async ({ status, code, writes, outcome }) => {
    const server = await serve((response) => json(response, status, { error: { message: customerText } }))
    const error = await failure(acme(server.url).begin('things.create').request(write))
    expect(error).toMatchObject({ code, status, outcome })
    expect(server.received).toHaveLength(writes)
  })

  const repeated: Record<string, Partial<RequestSpec>> = {
    'a PUT': { method: 'PUT' },
    'a DELETE': { method: 'DELETE' },
    'a POST that is idempotent': { idempotent: true },
    'a POST that is safe': { safe: true },
  }

  test.each(Object.entries(repeated))('%s is sent again like a read, because of its status', async (_, spec) => {
    for (const { status, reads } of statuses) {
      const server = await serve((response) => json(response, status, {}))
      await failure(
        acme(server.url)
          .begin('things.update')
          .request({ ...write, ...spec }),
      )
      expect([status, server.received.length]).toEqual([status, reads])
    }
  })

  test.each(Object.entries(repeated))('%s is sent again after a lost connection', async (_, spec) => {
    const server = await serve((response, _, count) =>
      count === 1 ? void response.socket?.destroy() : json(response, 200, { count }),
    )
    const reply = await acme(server.url)
      .begin('things.update')
      .request({ ...write, ...spec })
    expect(reply.body).toEqual({ count: 2 })
  })

  const others: Record<string, Partial<RequestSpec>> = {
    'a POST': {},
    'a PATCH': { method: 'PATCH' },
    'a PUT that is not idempotent': { method: 'PUT', idempotent: false },
    'a DELETE that is not idempotent': { method: 'DELETE', idempotent: false },
  }

  test.each(Object.entries(others))('%s is sent once, and may have happened', async (_, spec) => {
    const server = await serve((response) => void response.socket?.destroy())
    const error = await failure(
      acme(server.url)
        .begin('things.update')
        .request({ ...write, ...spec }),
    )
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown', retryable: false })
    expect(server.received).toHaveLength(1)
  })

  test('that is an idempotent write without an answer may have happened and can be retried', async () => {
    const server = await serve((response) => void response.socket?.destroy())
    const error = await failure(
      acme(server.url)
        .begin('things.update')
        .request({ ...write, method: 'PUT' }),
    )
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown', retryable: true })
    expect(error).not.toHaveProperty('repeatable')
    expect(server.received).toHaveLength(3)
  })

  test('keeps an unknown outcome of an earlier attempt', async () => {
    const server = await serve((response, _, count) =>
      count === 1 ? void response.socket?.destroy() : json(response, 400, {}),
    )
    const error = await failure(
      acme(server.url)
        .begin('things.update')
        .request({ ...write, method: 'PUT' }),
    )
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'unknown' })
  })

  test('that is safe has no outcome', async () => {
    const server = await serve((response) => json(response, 400, {}))
    const error = await failure(
      acme(server.url)
        .begin('things.search')
        .request({ ...write, safe: true }),
    )
    expect(error.outcome).toBeUndefined()
  })

  test('that deletes succeeds after a lost answer if the thing no longer exists', async () => {
    const server = await serve((response, _, count) =>
      count === 1 ? void response.socket?.destroy() : json(response, 404, { error: { code: 'gone' } }),
    )
    const reply = await acme(server.url).begin('things.delete').request({ path: '/things/1', method: 'DELETE' })
    expect(reply).toMatchObject({ status: 404, body: undefined })
    expect(server.received).toHaveLength(2)
  })

  test.each([429, undefined])(
    'that deletes fails if the thing never existed, even after an attempt that did nothing (%s)',
    async (status) => {
      const server = await serve((response, _, count) =>
        json(response, count === 1 ? (status ?? 404) : 404, { error: { code: 'gone' } }),
      )
      const error = await failure(
        acme(server.url).begin('things.delete').request({ path: '/things/1', method: 'DELETE' }),
      )
      expect(error).toMatchObject({ code: 'not-found', outcome: 'not-done' })
    },
  )

  test('that reads and finally succeeds produces no warning', async () => {
    const server = await serve((response, _, count) => json(response, count < 3 ? 500 : 200, { count }))
    const { begin, traces, clock } = acme(server.url)
    expect((await begin('things.list').request(read)).body).toEqual({ count: 3 })
    expect(traces.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 500],
      [3, 200],
    ])
    expect(clock.pending()).toBe(0)
  })

  test('waits at growing intervals with jitter, up to eight seconds', async () => {
    const server = await serve((response) => json(response, 500, {}))
    const { begin, clock } = acme(server.url, { maxRetries: 6, timeout: 600_000 })
    await failure(begin('things.list').request(read))
    expect(clock.fired).toEqual([225, 450, 900, 1800, 3600, 6000])
  })

  test('waits at our own intervals even if the vendor’s wait is not honoured', async () => {
    const server = await serve((response, _, count) => json(response, count === 1 ? 500 : 200, {}))
    await acme(server.url, { maxRetryAfter: 0 }).begin('things.list').request(read)
    expect(server.received).toHaveLength(2)
  })

  test('is sent once with maxRetries 0', async () => {
    const server = await serve((response) => json(response, 500, {}))
    await failure(acme(server.url, { maxRetries: 0 }).begin('things.list').request(read))
    expect(server.received).toHaveLength(1)
  })

  test('is sent again after a refused connection even if it writes, because it did not happen', async () => {
    const { begin, traces } = acme(await nowhere())
    const error = await failure(begin('things.create').request(write))
    expect(error).toMatchObject({ code: 'network', outcome: 'not-done', retryable: true })
    expect(traces).toHaveLength(3)
  })

  test('is sent again after a lost connection if it reads, and has an unknown outcome if it writes', async () => {
    const server = await serve((response) => response.socket?.resetAndDestroy())
    const { begin } = acme(server.url)
    expect(await failure(begin('things.create').request(write))).toMatchObject({
      code: 'network',
      outcome: 'unknown',
      // Sending it again could send it twice.
      retryable: false,
    })
    expect(server.received).toHaveLength(1)
    expect(await failure(begin('things.list').request(read))).toMatchObject({ code: 'network', retryable: true })
    expect(server.received).toHaveLength(4)
  })

  test.each([
    ['ENOTFOUND', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'not-done'],
    ['a connect that timed out', { code: 'ETIMEDOUT', syscall: 'connect' }, 'not-done'],
    ['undici’s connect timeout', { code: 'UND_ERR_CONNECT_TIMEOUT' }, 'not-done'],
    ['every address refused', { errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }] }, 'not-done'],
    ['one address that accepted', { errors: [{ code: 'ECONNREFUSED' }, { code: 'ECONNRESET' }] }, 'unknown'],
    ['a host lost while waiting for the answer', { code: 'EHOSTUNREACH', syscall: 'read' }, 'unknown'],
    ['a reset', { code: 'ECONNRESET', syscall: 'read' }, 'unknown'],
    ['a broken pipe', { code: 'EPIPE', syscall: 'write' }, 'unknown'],
    ['no code', {}, 'unknown'],
  ])('ends with %s', async (_, cause, outcome) => {
    const fails = () => Promise.reject(new TypeError('fetch failed', { cause }))
    expect(
      await failure(acme('http://acme.test', { fetch: fails }).begin('things.create').request(write)),
    ).toMatchObject({
      code: 'network',
      outcome,
    })
  })

  test('ends even if the cause of the error refers to itself', async () => {
    const cause: { cause?: unknown } = {}
    cause.cause = cause
    const fails = () => Promise.reject(new TypeError('fetch failed', { cause }))
    expect(
      await failure(acme('http://acme.test', { fetch: fails }).begin('things.create').request(write)),
    ).toMatchObject({
      outcome: 'unknown',
    })
  })
})

describe('a 429', () => {
  test.each([{}, { 'retry-after': '0' }])(
    'lowers the limit by a fifth also if it asks for no wait: %j',
    async (headers) => {
      const server = await serve((response, _, count) => json(response, count === 1 ? 429 : 200, {}, headers))
      const transport = acme(server.url, { protocol: { rate: { requests: 10, perMs: 3_600_000 } } })
      await transport.begin('messages.list').request({ path: '/' })
      expect(transport.settings.rateLimiter.state().allowed).toBe(8)
    },
  )

  test('is waited for as long as the vendor asks', async () => {
    const server = await serve((response, _, count) =>
      json(response, count === 1 ? 429 : 200, {}, { 'retry-after': '7' }),
    )
    const { begin, clock } = acme(server.url)
    await begin('things.create').request(write)
    expect(server.received).toHaveLength(2)
    expect(clock.fired).toEqual([7000])
  })

  test.each(['0', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'is waited for longer each time if the vendor asks for %s',
    async (asked) => {
      const server = await serve((response) => json(response, 429, {}, { 'retry-after': asked }))
      const { begin, clock } = acme(server.url)
      await failure(begin('things.list').request(read))
      expect(clock.fired).toEqual([225, 450])
    },
  )

  test('without a requested wait is waited for as the vendor documents', async () => {
    const server = await serve((response, _, count) => json(response, count === 1 ? 429 : 200, {}))
    const { begin, clock } = acme(server.url, { protocol: { rateLimitDelay: () => 10_000 } })
    await begin('things.list').request(read)
    expect(clock.fired).toEqual([10_000])
  })

  test('inside a 200 is waited for as the vendor documents', async () => {
    const server = await serve((response, _, count) =>
      json(response, 200, count === 1 ? { error: { kind: 'rate-limit' } } : {}),
    )
    const { begin, clock } = acme(server.url, { protocol: { rateLimitDelay: () => 10_000 } })
    await begin('things.list').request(read)
    expect(clock.fired).toEqual([10_000])
  })

  test('without any requested wait is waited for at growing intervals', async () => {
    const server = await serve((response) => json(response, 429, {}))
    const { begin, clock } = acme(server.url)
    const error = await failure(begin('things.list').request(read))
    expect(error).toMatchObject({ code: 'rate-limit', retryable: true })
    expect(error.retryAfterMs).toBeUndefined()
    expect(clock.fired).toEqual([225, 450])
  })

  test('with a wait that is too long fails at once and names it', async () => {
    const server = await serve((response) => json(response, 429, {}, { 'retry-after': '31' }))
    const { begin } = acme(server.url)
    expect(await failure(begin('things.create').request(write))).toMatchObject({
      code: 'rate-limit',
      status: 429,
      retryAfterMs: 31_000,
      outcome: 'not-done',
    })
    expect(server.received).toHaveLength(1)
    // Everybody who shares the limit is spared the same refusal.
    const next = await failure(begin('things.list').request(read))
    expect(next).toMatchObject({ code: 'rate-limit', retryAfterMs: 31_000 })
    expect(next.outcome).toBeUndefined()
    expect(server.received).toHaveLength(1)
  })

  test('with a wait beyond the deadline fails at once', async () => {
    const server = await serve((response) => json(response, 429, {}, { 'retry-after': '7' }))
    const call = acme(server.url, { clock: createTestClock({ skip: 1000 }) }).begin('things.list', { timeout: 5000 })
    expect(await failure(call.request(read))).toMatchObject({ code: 'rate-limit', retryAfterMs: 7000 })
    expect(server.received).toHaveLength(1)
  })

  test('that no wait can mend fails at once', async () => {
    const server = await serve((response) => json(response, 429, {}))
    const error = await failure(
      acme(server.url, { protocol: { rateLimitDelay: () => null } })
        .begin('things.list')
        .request(read),
    )
    expect(error).toMatchObject({ code: 'rate-limit' })
    expect(server.received).toHaveLength(1)
  })

  test('for a used-up quota fails at once, and delays no other request', async () => {
    const server = await serve((response, _, count) =>
      json(response, count === 1 ? 429 : 200, {}, { 'retry-after': '1' }),
    )
    const { begin, clock } = acme(server.url, {
      protocol: { readProblem: ({ status }) => (status === 429 ? { doNotRetry: true } : undefined) },
    })
    expect(await failure(begin('things.create').request(write))).toMatchObject({ code: 'rate-limit' })
    await begin('things.list').request(read)
    expect(server.received).toHaveLength(2)
    expect(clock.fired).toEqual([])
  })

  test('that reads is sent again after the wait that a 503 asks for', async () => {
    const server = await serve((response, _, count) =>
      json(response, count === 1 ? 503 : 200, {}, { 'retry-after': '3' }),
    )
    const { begin, clock } = acme(server.url)
    await begin('things.list').request(read)
    expect(clock.fired).toEqual([3000])
  })
})

describe('the rate limit of a request', () => {
  const rate = { requests: 2, perMs: 10_000 }

  test('is waited for before sending', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const { begin, clock } = acme(server.url, { protocol: { rate } })
    for (let turn = 0; turn < 3; turn++) await begin('things.list').request(read)
    expect(clock.fired).toEqual([10_000])
  })

  test('fails if the wait is beyond the deadline, and reports that nothing was sent', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const { begin } = acme(server.url, { protocol: { rate } })
    for (let turn = 0; turn < 2; turn++) await begin('things.list').request(read)
    const error = await failure(begin('things.create', { timeout: 5000 }).request(write))
    expect(error).toMatchObject({ code: 'rate-limit', retryAfterMs: 10_000, outcome: 'not-done' })
    expect(server.received).toHaveLength(2)
  })

  test('is read from the headers', async () => {
    const server = await serve((response) => json(response, 200, {}, { 'x-left': '0' }))
    const { begin, clock } = acme(server.url, {
      protocol: { rate, readLimits: (headers) => ({ remaining: Number(headers.get('x-left')) }) },
    })
    await begin('things.list').request(read)
    await begin('things.list').request(read)
    expect(clock.fired).toEqual([10_000])
  })

  test('takes a slot when the request is sent, not while its credential is read', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const clock = createTestClock({ skip: 29_000 })
    const slow = () => new Promise<string>((resolve) => clock.after(9000, () => resolve(secret)))
    const { begin, settings } = acme(server.url, { clock, credential: slow, protocol: { rate } })
    const started = clock.now()
    await begin('things.list').request(read)
    expect(clock.now() - started).toBe(9000)
    await clock.advance(1500)
    expect(settings.rateLimiter.state().used).toBe(1)
  })
})

describe('a refused credential', () => {
  const picky = (good: string) =>
    serve((response, { headers }) => json(response, headers.authorization === `Bearer ${good}` ? 200 : 401, {}))

  test('is replaced once, and the request is sent again even if it writes', async () => {
    const server = await picky('planted-new')
    const asked: (string | undefined)[] = []
    const credential = ({ rejected }: { rejected?: string }) => {
      asked.push(rejected)
      return rejected ? 'planted-new' : 'planted-old'
    }
    await acme(server.url, { credential }).begin('things.create').request(write)
    expect(asked).toEqual([undefined, 'planted-old'])
    expect(server.received).toHaveLength(2)
  })

  test('is replaced once for all requests that wait for it', async () => {
    const server = await picky('planted-new')
    let token = 'planted-old'
    let refreshes = 0
    const credential = async ({ rejected }: { rejected?: string }) => {
      await Promise.resolve()
      if (rejected === token) {
        refreshes++
        token = 'planted-new'
      }
      return token
    }
    const { begin } = acme(server.url, { credential })
    await Promise.all(Array.from({ length: 8 }, () => begin('things.list').request(read)))
    expect(refreshes).toBe(1)
  })

  test('is not replaced for a request that later fails for another reason', async () => {
    const server = await serve((response, { headers }, count) =>
      json(response, headers.authorization === 'Bearer planted-old' ? 401 : count < 3 ? 500 : 200, {}),
    )
    const asked: (string | undefined)[] = []
    const credential = ({ rejected }: { rejected?: string }) => {
      asked.push(rejected)
      return rejected ? `planted-new-${asked.length}` : 'planted-old'
    }
    await acme(server.url, { credential }).begin('things.list').request(read)
    expect(asked).toEqual([undefined, 'planted-old'])
  })

  test('ends the operation if there is no other one', async () => {
    const server = await picky('planted-new')
    const error = await failure(
      acme(server.url, { credential: () => secret })
        .begin('things.list')
        .request(read),
    )
    expect(error).toMatchObject({ code: 'authentication', status: 401 })
    expect(server.received).toHaveLength(1)
  })

  test('ends the operation if the other one is refused too', async () => {
    const server = await picky('planted-good')
    let count = 0
    const error = await failure(
      acme(server.url, { credential: () => `planted-${++count}` })
        .begin('things.list')
        .request(read),
    )
    expect(error).toMatchObject({ code: 'authentication', status: 401 })
    expect(server.received).toHaveLength(2)
  })

  test('is not replaced if the vendor gives another reason', async () => {
    const server = await picky('planted-new')
    const credential = ({ rejected }: { rejected?: string }) => (rejected ? 'planted-new' : 'planted-old')
    const readProblem = ({ status }: { status: number }) => (status < 300 ? undefined : { aboutCredential: false })
    await failure(acme(server.url, { credential, protocol: { readProblem } }).begin('things.list').request(read))
    expect(server.received).toHaveLength(1)
  })
})
