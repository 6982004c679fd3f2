import { getEventListeners } from 'node:events'
import { describe, expect, test, vi } from 'vitest'
import { outOfTime, type SendOptions, systemClock } from '../src/index.ts'
import { sleep, within } from '../src/transport/clock.ts'
import { acme, customerText, expectClean, failure, secret } from './helpers/acme.ts'
import { json, serve } from './helpers/serve.ts'
import { createTestClock, idle } from './helpers/test-clock.ts'

const read = { path: '/things', query: { search: customerText } }
const write = { method: 'POST', path: '/things', body: { text: customerText } } as const
const never = () => new Promise<never>(() => {})
const hangs = () => serve(() => {})

/** A signal, and how many listen to it. */
function watchedSignal() {
  const controller = new AbortController()
  const { signal } = controller
  return { controller, signal, listeners: () => getEventListeners(signal, 'abort').length }
}

describe('a process that was suspended', () => {
  test('sends nothing if the deadline passed while beforeSend ran', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const clock = createTestClock()
    const suspended = { timeout: 10_000, beforeSend: () => clock.advance(10_001) }
    const sent = acme(server.url, { clock }).begin('things.create', suspended).request(write)
    expect(await failure(sent)).toMatchObject({ code: 'timeout', outcome: 'not-done' })
    expect(server.received).toHaveLength(0)
  })

  test('asks before each try of a write and before no read', async () => {
    let refusals = 1
    const server = await serve((response) => json(response, refusals-- > 0 ? 429 : 200, {}))
    let asked = 0
    const options: SendOptions = { beforeSend: () => void asked++ }
    const { begin } = acme(server.url)
    await begin('things.list', options).request(read)
    expect(asked).toBe(0)
    refusals = 1
    await begin('things.create', options).request(write)
    expect([asked, server.received.length]).toEqual([2, 4])
  })
})

describe('a vendor that does not answer', () => {
  test('costs a read one attempt after the other until the deadline', async () => {
    const server = await hangs()
    const clock = createTestClock()
    const { begin, traces } = acme(server.url, { clock, attemptTimeout: 10_000, timeout: 25_000 })
    const promise = failure(begin('things.list').request(read))
    await server.arrived(1)
    await clock.advance(10_225)
    await server.arrived(2)
    await clock.advance(10_450)
    await server.arrived(3)
    // The third try gets only what is left.
    expect(clock.set.at(-1)).toBe(25_000 - 10_225 - 10_450)
    await clock.advance(5000)
    expect(await promise).toMatchObject({ code: 'timeout', operation: 'things.list' })
    expect(traces.map(({ status }) => status)).toEqual([undefined, undefined, undefined])
    expect(clock.pending()).toBe(0)
  })

  test('costs a write one attempt with an unknown outcome', async () => {
    const server = await hangs()
    const clock = createTestClock()
    const promise = failure(acme(server.url, { clock }).begin('things.create').request(write))
    await server.arrived(1)
    await clock.advance(30_000)
    expect(await promise).toMatchObject({ code: 'timeout', outcome: 'unknown', retryable: false })
    expect(server.received).toHaveLength(1)
  })

  test('can hang in the middle of its body', async () => {
    const server = await serve((response) => response.writeHead(200).write('{"items":['))
    const clock = createTestClock()
    const promise = failure(acme(server.url, { clock, maxRetries: 0 }).begin('things.list').request(read))
    await server.arrived(1)
    await clock.advance(30_000)
    expect(await promise).toMatchObject({ code: 'timeout' })
  })

  test('is given up even if fetch ignores its signal', async () => {
    const clock = createTestClock()
    const promise = failure(
      acme('http://acme.test', { clock, maxRetries: 0, fetch: never }).begin('things.list').request(read),
    )
    await clock.advance(30_000)
    expect(await promise).toMatchObject({ code: 'timeout' })
  })

  test('has a timeout of its own for one request', async () => {
    const clock = createTestClock()
    const call = acme('http://acme.test', { clock, maxRetries: 0, fetch: never }).begin('things.list')
    const promise = failure(call.request({ ...read, attemptTimeout: 50 }))
    await clock.advance(50)
    expect(await promise).toMatchObject({ code: 'timeout' })
  })
})

describe('the deadline of an operation', () => {
  test('covers all of its requests, and a write that is too late is not sent', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const clock = createTestClock()
    const call = acme(server.url, { clock }).begin('things.create', { timeout: 1000 })
    await call.request(read)
    await clock.advance(1000)
    expect(await failure(call.request(write))).toMatchObject({ code: 'timeout', outcome: 'not-done' })
    const late = await failure(call.request(read))
    expect(late).toMatchObject({ code: 'timeout' })
    expect(late.outcome).toBeUndefined()
    expect(server.received).toHaveLength(1)
  })

  test('is the caller’s, or else the operation’s, or else the adapter’s', () => {
    const { begin, clock } = acme('http://acme.test', { timeout: 3 })
    expect(begin('a.b').deadline - clock.now()).toBe(3)
    expect(begin('a.b', {}, { timeout: 2 }).deadline - clock.now()).toBe(2)
    expect(begin('a.b', { timeout: 1 }, { timeout: 2 }).deadline - clock.now()).toBe(1)
    expect(begin('a.b').now()).toBe(clock.now())
  })

  test('ends the wait for a credential', async () => {
    const clock = createTestClock()
    const call = acme('http://acme.test', { clock, credential: never }).begin('things.create')
    const promise = failure(call.request(write))
    await clock.advance(60_000)
    expect(await promise).toMatchObject({ code: 'timeout', outcome: 'not-done' })
    expect(clock.pending()).toBe(0)
  })

  test('limits `wait`, which reports whether time is left', async () => {
    const clock = createTestClock()
    const call = acme('http://acme.test', { clock }).begin('things.ask', { timeout: 100 })
    const first = call.wait(60)
    await clock.advance(60)
    expect(await first).toBe(false)
    const second = call.wait(60)
    await clock.advance(40)
    expect(await second).toBe(true)
    expect(await call.wait(60)).toBe(true)
    expect(outOfTime(call, 'no answer yet.')).toMatchObject({ code: 'timeout', operation: 'things.ask' })
  })
})

describe('an operation that the caller aborts', () => {
  const reason = new Error('the user left')

  test('before the request sends nothing', async () => {
    const credential = vi.fn(() => secret)
    const server = await serve((response) => json(response, 200, {}))
    const { begin } = acme(server.url, { credential })
    const controller = new AbortController()
    const { signal } = controller
    const call = begin('things.list', { signal })
    controller.abort(reason)
    expect(() => begin('things.list', { signal })).toThrow(reason)
    await expect(call.request(read)).rejects.toBe(reason)
    await expect(call.wait(5)).rejects.toBe(reason)
    expect(credential).not.toHaveBeenCalled()
    expect(server.received).toEqual([])
  })

  test.each([
    ['during a read', read],
    ['during a write', write],
  ])('ends %s', async (_, spec) => {
    const server = await hangs()
    const { controller, signal, listeners } = watchedSignal()
    const clock = createTestClock()
    const promise = acme(server.url, { clock }).begin('things.list', { signal }).request(spec)
    await server.arrived(1)
    controller.abort(reason)
    await expect(promise).rejects.toBe(reason)
    expect(server.received).toHaveLength(1)
    expect([clock.pending(), listeners()]).toEqual([0, 0])
  })

  test('ends during the wait before another attempt', async () => {
    const server = await serve((response) => json(response, 500, {}))
    const { controller, signal, listeners } = watchedSignal()
    const clock = createTestClock()
    const promise = acme(server.url, { clock }).begin('things.list', { signal }).request(read)
    await vi.waitFor(() => expect(clock.set).toHaveLength(2))
    controller.abort(reason)
    await expect(promise).rejects.toBe(reason)
    expect([clock.pending(), listeners(), server.received.length]).toEqual([0, 0, 1])
  })

  test('ends during the wait for the rate limit', async () => {
    const { controller, signal, listeners } = watchedSignal()
    const clock = createTestClock()
    const { begin, settings } = acme('http://acme.test', { clock, fetch: never })
    settings.rateLimiter.block(5000)
    const promise = begin('things.list', { signal }).request(read)
    await idle()
    controller.abort(reason)
    await expect(promise).rejects.toBe(reason)
    expect([clock.pending(), listeners()]).toEqual([0, 0])
  })

  test('ends during the wait for a credential', async () => {
    const { controller, signal, listeners } = watchedSignal()
    const clock = createTestClock()
    const promise = acme('http://acme.test', { clock, credential: never })
      .begin('things.list', { signal })
      .request(read)
    await idle()
    controller.abort(reason)
    await expect(promise).rejects.toBe(reason)
    expect([clock.pending(), listeners()]).toEqual([0, 0])
  })

  test('after its success is not affected', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const { controller, signal, listeners } = watchedSignal()
    const clock = createTestClock()
    await acme(server.url, { clock }).begin('things.list', { signal }).request(read)
    expect([clock.pending(), listeners()]).toEqual([0, 0])
    controller.abort(reason)
    await idle()
  })
})

describe('a wait in the transport', () => {
  test('leaves neither a timer nor a listener behind', async () => {
    const { controller, signal, listeners } = watchedSignal()
    const clock = createTestClock()
    const slept = sleep(clock, 10, signal)
    await clock.advance(10)
    await slept
    expect([clock.pending(), listeners()]).toEqual([0, 0])
    const broken = sleep(clock, 10, signal)
    controller.abort('reason')
    await expect(broken).rejects.toBe('reason')
    await expect(sleep(clock, 10, signal)).rejects.toBe('reason')
    expect(clock.pending()).toBe(0)
  })

  test('ignores a failure that comes too late', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    try {
      const clock = createTestClock()
      let fail = (_reason: unknown) => {}
      const work = new Promise<never>((_, reject) => {
        fail = reject
      })
      const waiting = within(work, { clock, milliseconds: 10, late: () => new Error('late') })
      const ended = expect(waiting).rejects.toThrow('late')
      await clock.advance(10)
      await ended
      fail(new Error('too late'))
      await idle()
      await expect(
        within(Promise.reject(new Error('at once')), {
          clock,
          milliseconds: 10,
          signal: AbortSignal.abort('left'),
          late: Error,
        }),
      ).rejects.toBeDefined()
      await idle()
      expect(unhandled).not.toHaveBeenCalled()
      expect(clock.pending()).toBe(0)
    } finally {
      process.off('unhandledRejection', unhandled)
    }
  })

  test('a timer of the system’s clock calls back once, or not at all', async () => {
    const called: string[] = []
    systemClock.after(0, () => called.push('kept'))
    systemClock.after(0, () => called.push('cancelled'))()
    const cancelLong = systemClock.after(Number.MAX_SAFE_INTEGER, () => called.push('at once'))
    await new Promise((resolve) => setTimeout(resolve, 5))
    cancelLong()
    expect(called).toEqual(['kept'])
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000)
  })
})

describe('the hooks of an adapter', () => {
  test('are called for each attempt, without query, headers or body', async () => {
    const server = await serve((response, _, count) =>
      json(response, count === 1 ? 500 : 200, { text: customerText }, { 'x-request-id': `r-${count}` }),
    )
    const { begin, traces } = acme(server.url)
    await begin('things.create').request({
      ...write,
      idempotent: true,
      path: `/things?q=${encodeURIComponent(customerText)}`,
    })
    const shared = {
      ...{ vendor: 'acme', account: 'main', operation: 'things.create', priority: 'live' },
      ...{ method: 'POST', origin: server.url, path: '/things', template: '/things', waited: 0, duration: 0 },
    }
    expect(traces).toEqual([
      { ...shared, attempt: 1, resends: 0, status: 500, requestId: 'r-1' },
      { ...shared, attempt: 2, resends: 1, status: 200, requestId: 'r-2' },
    ])
    expectClean(traces)
  })

  test('do not make a write look failed if they fail', async () => {
    const server = await serve((response) => json(response, 200, { ok: true, at: 'never' }))
    const fails = () => {
      throw new Error('a bug in a hook')
    }
    const call = acme(server.url, { onRequest: fails, onWarning: fails }).begin('things.create')
    const time = await call.read(write, (body, reading) => reading.time(body as Record<string, unknown>, 'at'))
    expect(time).toBeUndefined()
    expect(call.reading.warnings).toHaveLength(1)
    expect(server.received).toHaveLength(1)
  })
})

describe('a credential for a request', () => {
  test('is reported if its function fails', async () => {
    const cause = new Error('the vault is closed')
    const credential = () => Promise.reject(cause)
    const error = await failure(
      acme('http://acme.test', { credential, fetch: never }).begin('things.create').request(write),
    )
    expect(error).toMatchObject({ code: 'authentication', outcome: 'not-done', cause })
    expect(error.message).not.toContain('vault')
  })

  test.each(['', undefined, null, 5])('is missing if its function returns %j', async (given) => {
    const credential = () => given as string
    const error = await failure(
      acme('http://acme.test', { credential, fetch: never }).begin('things.list').request(read),
    )
    expect(error).toMatchObject({ code: 'configuration' })
  })

  test.each(['planted\nkey', 'planted\u0000key', 'planted…key'])(
    'such as %j fits in no header, and is not quoted',
    async (credential) => {
      const error = await failure(
        acme('http://acme.test', { credential, fetch: never }).begin('things.list').request(read),
      )
      expect(error).toMatchObject({ code: 'configuration' })
      expect(error.message).toContain('line break')
    },
  )

  test('can end with the line break of a file', async () => {
    const server = await serve((response) => json(response, 401, { error: { message: `no such key: ${secret}` } }))
    const error = await failure(
      acme(server.url, { credential: `${secret}\n` })
        .begin('things.list')
        .request(read),
    )
    expect(server.received[0]?.headers.authorization).toBe(`Bearer ${secret}`)
    expect(error.vendorMessage).toBe('no such key: [redacted]')
  })
})

describe('a request that cannot be sent', () => {
  test('has a body that is not JSON', async () => {
    const circle: Record<string, unknown> = {}
    circle['planted'] = circle
    const call = acme('http://acme.test', { fetch: never }).begin('things.create')
    expect(await failure(call.request({ ...write, body: circle }))).toMatchObject({
      code: 'invalid-request',
      outcome: 'not-done',
      fields: [{ path: 'body' }],
    })
  })

  test('has an invalid header', async () => {
    const call = acme('http://acme.test', { fetch: never }).begin('things.list')
    expect(await failure(call.request({ ...read, headers: { 'x-a': 'planted\nx' } }))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'headers.x-a' }],
    })
  })
})
