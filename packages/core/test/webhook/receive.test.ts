import { request as client, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { isParleyError, type Warning } from '../../src/index.ts'
import { memoryReplays, type ReplayStore } from '../../src/webhook.ts'
import { acmeWebhook, bytesOf, deferred, noon, payload, requestOf, sign, signed } from './acme-webhook.ts'

const renamed = {
  kind: 'contact.updated',
  contact: 'acme:main/contact/p1',
  vendor: 'acme',
  account: 'main',
  dedupeKey: 'acme:main:e1',
  native: 'Renamed',
  occurredAt: '2026-01-15T11:59:50.000Z',
}

/** A body that counts how much of it was asked for. */
function endless(chunk: Uint8Array<ArrayBuffer>) {
  const asked = { bytes: 0, cancelled: false }
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        asked.bytes += chunk.byteLength
        controller.enqueue(chunk)
      },
      cancel() {
        asked.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { asked, body }
}

const posted = (body: BodyInit, headers: Record<string, string> = { 'x-acme': 'AAAA' }) =>
  new Request('https://app.test/hooks', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)

describe('receiving a delivery', () => {
  test('returns the events and the answer', async () => {
    const received = await acmeWebhook().receive(await requestOf(payload))
    expect(received).toStrictEqual({ status: 200, events: [renamed], replayed: 0, warnings: [] })
  })

  test('refuses a body that is announced as too long without reading it', async () => {
    const { asked, body } = endless(new Uint8Array(65_536))
    const request = posted(body, { 'x-acme': 'AAAA', 'content-length': String(10 * 1024 * 1024) })
    expect(await acmeWebhook().receive(request)).toMatchObject({ status: 413, refusal: { reason: 'too-large' } })
    expect(asked.bytes).toBe(0)
  })

  test('stops reading at the limit, whatever was announced', async () => {
    for (const headers of [{ 'x-acme': 'AAAA' }, { 'x-acme': 'AAAA', 'content-length': '100' }]) {
      const { asked, body } = endless(new Uint8Array(65_536))
      expect(await acmeWebhook().receive(posted(body, headers))).toMatchObject({ status: 413, events: [] })
      expect(asked).toEqual({ bytes: 1_048_576 + 65_536, cancelled: false })
    }
  })

  test('does not read a delivery without a signature', async () => {
    const { asked, body } = endless(new Uint8Array(65_536))
    expect(await acmeWebhook().receive(posted(body, {}))).toMatchObject({
      status: 401,
      refusal: { reason: 'unsigned' },
    })
    expect(asked.bytes).toBe(0)
  })

  test('accepts a body of exactly the limit', async () => {
    const text = JSON.stringify(payload)
    const webhook = acmeWebhook({ maxBytes: text.length, replays: false })
    expect((await webhook.receive(await requestOf(text))).status).toBe(200)
    expect((await webhook.receive(await requestOf(`${text} `))).status).toBe(413)
  })

  test.each([
    ['another key', async () => `${'A'.repeat(86)}==`],
    ['other bytes', () => sign(bytesOf('{}'))],
    ['no base64', async () => 'n/a?'],
    ['nothing', async () => ''],
    ['megabytes', async () => 'A'.repeat(9_000)],
    ['two of them', async () => `${await sign(bytesOf(payload))}, ${await sign(bytesOf(payload))}`],
  ])('answers 401 to a signature of %s', async (_, signature) => {
    const request = posted(JSON.stringify(payload), { 'x-acme': await signature() })
    expect(await acmeWebhook().receive(request)).toMatchObject({
      status: 401,
      events: [],
      refusal: { reason: 'wrong-signature' },
    })
  })

  test('answers 405 to a request other than POST', async () => {
    const request = new Request('https://app.test/hooks')
    expect(await acmeWebhook().receive(request)).toMatchObject({ status: 405, refusal: { reason: 'wrong-method' } })
  })

  test.each([
    '',
    ' ',
    'no json',
    '5',
    '-1e400',
    'true',
    '"text"',
    '"{}"',
    'null',
    '[]',
    '[1]',
    '[{}]',
    JSON.stringify([payload]),
    '{',
    '{}{}',
    "{'id':1}",
    `${'['.repeat(2_000)}${']'.repeat(2_000)}`,
    `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
  ])('answers 400 to a signed body that is no JSON object: %.20s', async (body) => {
    expect(await acmeWebhook().receive(await requestOf(body))).toMatchObject({
      status: 400,
      refusal: { reason: 'malformed' },
    })
  })

  test.each([
    ['a byte that UTF-8 does not have', [0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]],
    ['half of a surrogate pair', [0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])('answers 400 to signed bytes that are no UTF-8: %s', async (_, bytes) => {
    const body = new Uint8Array(bytes)
    const request = posted(body, { 'x-acme': await sign(body) })
    expect((await acmeWebhook().receive(request)).refusal?.reason).toBe('malformed')
  })

  test('reads a number that is too large as a string, so that the event stays JSON', async () => {
    const text = '{"id":"e1","who":"p1","amount":1e999}'
    const [event] = (await acmeWebhook({ raw: true }).receive(await requestOf(text))).events
    expect(event?.raw).toEqual({ id: 'e1', who: 'p1', amount: 'Infinity' })
    expect(JSON.parse(JSON.stringify(event))).toEqual(event)
  })

  test('verifies bytes and not text: a byte order mark counts for the signature, and is skipped after it', async () => {
    const text = bytesOf(payload)
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...text])
    expect((await acmeWebhook().receive(posted(marked, { 'x-acme': await sign(text) }))).status).toBe(401)
    expect(await acmeWebhook().receive(posted(marked, { 'x-acme': await sign(marked) }))).toMatchObject({
      status: 200,
      events: [renamed],
    })
  })

  test.each([
    [-60_000, undefined],
    [-60_001, 'stale'],
    [300_000, undefined],
    [300_001, 'future'],
  ])('dated %i ms from now returns %s', async (offset, reason) => {
    const at = new Date(noon + offset).toISOString()
    const received = await acmeWebhook().receive(await requestOf({ ...payload, at }))
    expect(received.refusal?.reason).toBe(reason)
    expect(received.status).toBe(reason ? 400 : 200)
  })

  test('accepts any age if configured, and a delivery without a date', async () => {
    const old = { ...payload, at: '2020-01-01T00:00:00Z' }
    expect((await acmeWebhook({ tolerance: false }).receive(await requestOf(old))).status).toBe(200)
    const { at: _, ...undated } = payload
    expect((await acmeWebhook().receive(await requestOf(undated))).status).toBe(200)
  })

  test('acknowledges a replay and returns no event', async () => {
    const webhook = acmeWebhook()
    await webhook.receive(await requestOf(payload))
    expect(await webhook.receive(await requestOf(payload))).toStrictEqual({
      status: 200,
      events: [],
      replayed: 1,
      warnings: [],
    })
  })

  test('returns one new event for 64 simultaneous deliveries', async () => {
    const webhook = acmeWebhook()
    const requests = await Promise.all(Array.from({ length: 64 }, () => requestOf(payload)))
    const received = await Promise.all(requests.map((request) => webhook.receive(request)))
    expect(received.flatMap(({ events }) => events)).toHaveLength(1)
    for (const { status, replayed, events } of received) expect(status === 200).toBe(replayed + events.length === 1)
  })

  test('claims an event for its lease, and remembers it longer than its delivery would be accepted', async () => {
    const store = { claim: vi.fn(() => 'claimed' as const), done: vi.fn(), release: vi.fn() }
    await acmeWebhook({ replays: store, lease: 9_000 }).receive(await requestOf(payload))
    expect(store.claim).toHaveBeenCalledWith('acme:main:e1', expect.stringMatching(/^[\da-f-]{36}$/), noon + 9_000)
    expect(store.done).toHaveBeenCalledWith('acme:main:e1', Date.parse(payload.at) + 60_000 + 9_000)
    expect(store.release).not.toHaveBeenCalled()
  })

  test('finds a replay that is verified at the last moment and claimed after it', async () => {
    let now = Date.parse(payload.at) + 60_000
    const memory = memoryReplays({ now: () => now })
    const slow: ReplayStore = {
      ...memory,
      claim(...given) {
        now += 1
        return memory.claim(...given)
      },
    }
    const webhook = acmeWebhook({ now: () => now, replays: slow })
    expect((await webhook.receive(await requestOf(payload))).events).toHaveLength(1)
    now -= 1
    expect(await webhook.receive(await requestOf(payload))).toMatchObject({ status: 200, replayed: 1 })
  })

  test('forgets an event without an id and a date after five minutes, because equal content can be another event', async () => {
    let now = noon
    const webhook = acmeWebhook({ now: () => now, tolerance: 86_400_000 })
    const replayed = async (body: object) => (await webhook.receive(await requestOf(body))).replayed
    const { id, at, ...bare } = payload
    expect([await replayed(bare), await replayed({ ...bare, id }), await replayed({ ...bare, at })]).toEqual([0, 0, 0])
    now += 299_999
    expect(await replayed(bare)).toBe(1)
    now += 1
    expect([await replayed(bare), await replayed({ ...bare, id }), await replayed({ ...bare, at })]).toEqual([0, 1, 1])
  })

  test('remembers an event of any age for a day', async () => {
    let now = noon
    const webhook = acmeWebhook({ tolerance: false, now: () => now })
    const old = { ...payload, at: '2020-01-01T00:00:00Z' }
    const replayed = async () => (await webhook.receive(await requestOf(old))).replayed
    expect(await replayed()).toBe(0)
    now += 86_399_999
    expect(await replayed()).toBe(1)
    now += 1
    expect(await replayed()).toBe(0)
  })

  test('answers 200 to an event of a foreign account, reports it without its content, and claims nothing', async () => {
    const onWarning = vi.fn()
    const store = { claim: vi.fn(() => 'claimed' as const), done: vi.fn(), release: vi.fn() }
    const handle = vi.fn()
    const webhook = acmeWebhook({ onWarning, replays: store })
    const body = { ...payload, foreign: 'theirs', text: 'planted' }
    const received = await webhook.receive(await requestOf(body), handle)
    expect(received).toStrictEqual({
      status: 200,
      events: [],
      foreign: { vendor: 'acme', native: null, ids: { foreign: 'theirs' } },
      replayed: 0,
      warnings: [expect.objectContaining({ code: 'degraded', vendor: 'acme', account: '' })],
    })
    expect(JSON.stringify(received)).not.toContain('planted')
    expect(onWarning).toHaveBeenCalledTimes(1)
    expect(await webhook.parse(body)).toEqual([])
    for (const call of [handle, store.claim, store.done, store.release]) expect(call).not.toHaveBeenCalled()
  })

  test('looks up the account only after it checked signature and age', async () => {
    const body = bytesOf({ ...payload, foreign: 'theirs', at: '2020-01-01T00:00:00Z' })
    const statusOf = async (headers: Record<string, string>) =>
      (await acmeWebhook().receive(posted(body, headers))).status
    expect(await statusOf({ 'x-acme': 'AAAA' })).toBe(401)
    expect(await statusOf({ 'x-acme': await sign(body) })).toBe(400)
  })

  test('throws for a request whose body was already read', async () => {
    const request = await requestOf(payload)
    await request.text()
    await expect(acmeWebhook().receive(request)).rejects.toMatchObject({ code: 'invalid-request' })
  })

  test('answers 400 to a body that breaks off', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) })
    expect((await acmeWebhook().receive(posted(body))).refusal?.reason).toBe('malformed')
  })
})

describe('a request of node:http', () => {
  async function serve(webhook = acmeWebhook()) {
    const seen: { status: number; read: number }[] = []
    const server = createServer(async (incoming, response) => {
      const { status } = await webhook.receive(incoming)
      seen.push({ status, read: incoming.socket.bytesRead })
      response.writeHead(status).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  }

  test('is received unchanged', async () => {
    const { url } = await serve()
    const { headers, body } = await signed(payload)
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200)
    expect((await fetch(url, { method: 'POST', headers: { 'x-acme': 'AAAA' }, body })).status).toBe(401)
    expect((await fetch(url, { method: 'POST', body })).status).toBe(401)
    expect((await fetch(url, { headers })).status).toBe(405)
  })

  test('of 10 MB is answered with 413 and hardly read', async () => {
    const { url, seen } = await serve()
    const megabyte = new Uint8Array(1_048_576)
    let left = 10
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = client(url, { method: 'POST', headers: { 'x-acme': 'AAAA' } }, (response) => {
        resolve(response.statusCode)
        request.destroy()
      })
      request.on('error', (error) => reject(error))
      const write = () => {
        while (left > 0) {
          left -= 1
          if (!request.write(megabyte)) return void request.once('drain', write)
        }
        request.end()
      }
      write()
    })
    expect(status).toBe(413)
    expect(seen[0]?.read).toBeLessThan(2.5 * 1_048_576)
  })

  test('is refused if it was already read, comes as text or is no request', async () => {
    const streamed = (chunk: unknown, more: object = {}) => ({
      method: 'POST',
      headers: { 'x-acme': 'AAAA' },
      async *[Symbol.asyncIterator]() {
        yield chunk
      },
      ...more,
    })
    const others = [undefined, null, 'text', {}]
    for (const request of [streamed('{}'), streamed(bytesOf('{}'), { readableDidRead: true }), ...others])
      await expect(acmeWebhook().receive(request as never)).rejects.toMatchObject({ code: 'invalid-request' })
  })
})

describe('the handler of events', () => {
  test('completes the receipt of an event', async () => {
    const webhook = acmeWebhook()
    const handle = vi.fn()
    await webhook.receive(await requestOf(payload), handle)
    await webhook.receive(await requestOf(payload), handle)
    expect(handle.mock.calls).toEqual([[[renamed]]])
  })

  test('can fail, so that the next delivery is handled again', async () => {
    const webhook = acmeWebhook()
    const failing = webhook.receive(await requestOf(payload), () => Promise.reject(new Error('the database is down')))
    await expect(failing).rejects.toThrow('the database is down')
    const handle = vi.fn()
    expect((await webhook.receive(await requestOf(payload), handle)).status).toBe(200)
    expect(handle).toHaveBeenCalledTimes(1)
  })

  test('puts off the same delivery while it runs, because it can still fail', async () => {
    const webhook = acmeWebhook()
    const started = deferred()
    const over = deferred()
    const first = webhook.receive(await requestOf(payload), () => {
      started.resolve()
      return over.promise
    })
    await started.promise
    const second = await webhook.receive(await requestOf(payload), () => undefined)
    expect(second).toMatchObject({ status: 429, refusal: { reason: 'in-progress' } })
    over.resolve()
    expect((await first).status).toBe(200)
    expect(await webhook.receive(await requestOf(payload))).toMatchObject({ status: 200, replayed: 1 })
  })

  describe('a store that throws', () => {
    const broken = (method: keyof ReplayStore): ReplayStore => ({
      ...memoryReplays({ now: () => noon }),
      [method]: () => Promise.reject(new Error('planted')),
    })

    test('at a claim stops the handler and answers 503, so that the vendor tries again', async () => {
      const onWarning = vi.fn()
      const handle = vi.fn()
      const webhook = acmeWebhook({ replays: broken('claim'), onWarning })
      const received = await webhook.receive(await requestOf(payload), handle)
      expect(received).toMatchObject({
        status: 503,
        events: [],
        refusal: { reason: 'store-failed' },
        storeError: new Error('planted'),
      })
      expect(handle).not.toHaveBeenCalled()
      expect(onWarning.mock.calls).toEqual([[received.warnings[0]]])
      expect(JSON.stringify(received.warnings)).not.toContain('planted')
    })

    test('at the end of a handled event answers 200 and reports that it may be handled again', async () => {
      const handle = vi.fn()
      const webhook = acmeWebhook({ replays: broken('done') })
      expect(await webhook.receive(await requestOf(payload), handle)).toMatchObject({
        status: 200,
        events: [renamed],
        storeError: new Error('planted'),
        warnings: [{ code: 'degraded', account: 'main', operation: 'webhook.receive' }],
      })
      expect(handle).toHaveBeenCalledTimes(1)
    })

    test('at the release of a claim throws the handler’s error and reports its own', async () => {
      const onWarning = vi.fn()
      const webhook = acmeWebhook({ replays: broken('release'), onWarning })
      const failing = webhook.receive(await requestOf(payload), () => Promise.reject(new Error('the database is down')))
      await expect(failing).rejects.toThrow('the database is down')
      expect(onWarning).toHaveBeenCalledWith(expect.objectContaining({ code: 'degraded' }))
    })
  })

  test('is like a store with an unknown answer, which is no claim', async () => {
    const handle = vi.fn()
    const store = { claim: (() => undefined) as never, done: vi.fn(), release: vi.fn() }
    expect((await acmeWebhook({ replays: store }).receive(await requestOf(payload), handle)).status).toBe(429)
    expect(handle).not.toHaveBeenCalled()
  })

  test('is not needed: without a store every delivery is handled, and errors of the handler are thrown', async () => {
    const webhook = acmeWebhook({ replays: false })
    const handle = vi.fn()
    for (let time = 0; time < 2; time++) await webhook.receive(await requestOf(payload), handle)
    expect(handle).toHaveBeenCalledTimes(2)
    await expect(webhook.receive(await requestOf(payload), () => Promise.reject('planted'))).rejects.toBe('planted')
  })
})

describe('verify and parse', () => {
  test('verify refuses a body that is too long, without checking its signature', async () => {
    const delivery = { headers: { 'x-acme': 'AAAA' }, body: new Uint8Array(10 * 1_048_576) }
    const verdict = await acmeWebhook().verify(delivery)
    expect(verdict).toMatchObject({ ok: false, refusal: { reason: 'too-large', status: 413 } })
  })

  test('handle a delivery in two steps, with the headers of any server', async () => {
    const webhook = acmeWebhook({}, { trigger: true })
    const body = bytesOf(payload)
    const signature = await sign(body)
    for (const headers of [
      new Headers({ 'X-Acme': signature, 'X-Trigger': 'manual' }),
      { 'X-ACME': signature, 'x-trigger': ['manual'] },
      new Map([
        ['x-acme', signature],
        ['x-trigger', 'manual'],
      ]),
    ]) {
      const verdict = await webhook.verify({ headers: headers as Headers, body })
      expect(verdict).toMatchObject({
        ok: true,
        delivery: { proof: 'signature', trigger: 'manual', sentAt: '2026-01-15T11:59:50.000Z' },
      })
      if (!verdict.ok) return
      expect(await webhook.parse(verdict.delivery)).toMatchObject([{ kind: 'contact.updated', native: 'manual' }])
    }
  })

  test('parse accepts JSON that the program has verified', async () => {
    expect(await acmeWebhook().parse(payload)).toStrictEqual([renamed])
    expect(await acmeWebhook({ raw: true }).parse(payload)).toStrictEqual([{ ...renamed, raw: payload }])
  })

  test('parse treats an object that only looks like a verified delivery as a payload', async () => {
    const [event] = await acmeWebhook().parse({ proof: 'signature', payload: { ...payload } })
    expect(event).toMatchObject({ kind: 'unknown', raw: { proof: 'signature' } })
  })

  test('parse keeps the payload of an incomplete event as unknown, even without `raw`', async () => {
    const told: Warning[] = []
    const onWarning = (warning: Warning) => told.push(warning)
    const [event] = await acmeWebhook({ onWarning }).parse({ id: 'e3' })
    expect(event).toMatchObject({ kind: 'unknown', vendor: 'acme', account: 'main', native: null, raw: { id: 'e3' } })
    await acmeWebhook({ raw: true, onWarning }).parse({ id: 'e3' })
    expect(told).toMatchObject([
      { code: 'bad-item', path: 'who' },
      { code: 'bad-item', path: 'who' },
    ])
    expect(told[0]).not.toHaveProperty('raw')
    expect(told[1]?.raw).toEqual({ id: 'e3' })
  })

  test.each([null, undefined, 5, 'text', [], [1], [payload], true, Symbol('s')])('parse refuses %s', async (value) => {
    const failed = acmeWebhook().parse(value as never)
    await expect(failed).rejects.toSatisfy((error) => isParleyError(error) && error.code === 'invalid-request')
  })

  test('parse refuses a cyclic object', async () => {
    const circle: Record<string, unknown> = { who: 'p1' }
    circle['self'] = circle
    await expect(acmeWebhook().parse(circle)).rejects.toMatchObject({ code: 'invalid-request' })
  })

  test.each([undefined, null, {}, { headers: {}, body: '{}' }, { headers: null, body: new Uint8Array() }])(
    'verify refuses %j, which is no delivery',
    async (delivery) => {
      await expect(acmeWebhook().verify(delivery as never)).rejects.toMatchObject({ code: 'invalid-request' })
    },
  )
})

describe('the key of an event', () => {
  const keyOf = async (value: object) => (await acmeWebhook().parse(value as never))[0]?.dedupeKey

  test('is made of the content if there is no id, whatever its order and spelling', async () => {
    const one = { who: 'p1', deep: { a: 1, b: [1.5, 'ä'] } }
    const other = JSON.parse('{"deep":{"b":[1.50,"\\u00e4"],"a":1e0},"who":"p1"}') as object
    const key = await keyOf(one)
    expect(key).toMatch(/^acme:main:sha256:[\da-f]{64}$/)
    expect(await keyOf(other)).toBe(key)
  })

  test('differs for other content', async () => {
    const keys = await Promise.all(
      [
        { who: 'p1' },
        { who: 'p2' },
        { who: 'p1', a: [1, 2] },
        { who: 'p1', a: [2, 1] },
        { who: 'p1', a: '1,2' },
        { who: 'p1', a: null },
        { who: 'p1', a: {} },
        { who: 'p1', a: [] },
        JSON.parse('{"who":"p1","__proto__":{"a":1}}') as object,
      ].map(keyOf),
    )
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('differs for the same event of another account', async () => {
    const one = { id: 'e1', who: 'p1' }
    const { id: _, ...bare } = one
    expect(await keyOf({ ...one, account: 'a' })).toBe('acme:a:e1')
    expect(await keyOf({ ...one, account: 'b' })).toBe('acme:b:e1')
    expect(await keyOf({ ...bare, account: 'a' })).not.toBe(await keyOf({ ...bare, account: 'b' }))
    expect(await keyOf({ id: 'b:e1', who: 'p1', account: 'a' })).not.toBe(await keyOf({ ...one, account: 'a:b' }))
  })

  test('lets one receiver accept the same event for two accounts', async () => {
    const webhook = acmeWebhook()
    const send = async (account: string) => (await webhook.receive(await requestOf({ ...payload, account }))).events
    expect([await send('a'), await send('b'), await send('a')].map(({ length }) => length)).toEqual([1, 1, 0])
  })
})

describe('the headers of a delivery', () => {
  const delivery = async (headers: (signature: string) => Record<string, unknown>) => {
    const body = bytesOf(payload)
    const verdict = await acmeWebhook().verify({ headers: headers(await sign(body)) as never, body })
    return verdict.ok ? 'accepted' : verdict.refusal.reason
  }

  test('are found in any spelling', async () => {
    for (const name of ['x-acme', 'X-Acme', 'X-ACME'])
      expect(await delivery((signature) => ({ [name]: signature }))).toBe('accepted')
    expect(await delivery((signature) => ({ 'x-acme': [signature] }))).toBe('accepted')
    expect(await delivery((signature) => ({ 'X-Acme': undefined, 'x-acme': signature }))).toBe('accepted')
  })

  test('are ignored if one comes twice, in any spelling and order', async () => {
    for (const others of [
      (signature: string) => ({ 'x-acme': [signature, 'AAAA'] }),
      (signature: string) => ({ 'X-Acme': signature, 'x-acme': 'AAAA' }),
      (signature: string) => ({ 'X-Acme': 'AAAA', 'x-acme': signature }),
    ])
      expect(await delivery(others)).toBe('wrong-signature')
  })

  test('of the wrong type are treated as missing', async () => {
    for (const value of [undefined, null, 5, {}]) expect(await delivery(() => ({ 'x-acme': value }))).toBe('unsigned')
  })
})
