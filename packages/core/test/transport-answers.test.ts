import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { DecodeError, isRecord } from '../src/index.ts'
import { acme, customerText, failure, secret } from './helpers/acme.ts'
import { json, serve } from './helpers/serve.ts'

const read = { path: '/things', query: { search: customerText } }
const write = { method: 'POST', path: '/things', body: { text: customerText } } as const

describe('a 2xx answer that is no success', () => {
  test.each([
    ['an HTML page', 'text/html', `<html>${customerText} ${secret}</html>`, 'an HTML page'],
    ['an HTML page that calls itself JSON', 'application/json', `\n <!doctype html>${customerText}`, 'an HTML page'],
    ['JSON that was cut', 'application/json', `{"text":"${customerText}`, 'not complete JSON'],
    ['text', 'text/plain', customerText, 'not complete JSON'],
  ])('is an error for %s', async (_, type, body, says) => {
    const server = await serve((response) =>
      response.writeHead(200, { 'content-type': type, 'x-request-id': 'r-1' }).end(body),
    )
    const { begin } = acme(server.url)
    const error = await failure(begin('things.list').request(read))
    expect(error).toMatchObject({ code: 'response', status: 200, requestId: 'r-1', retryable: false })
    expect(error.message).toContain(says)
    expect(error.outcome).toBeUndefined()
    // The write was most likely done.
    expect(await failure(begin('things.create').request(write))).toMatchObject({ code: 'response', outcome: 'unknown' })
    expect(server.received).toHaveLength(2)
  })

  test.each([
    ['that is refused', 400, {}],
    ['that is no JSON', 200, undefined],
    ['that cannot be read', 200, {}],
  ])('has no credential in the id of a request %s, which the vendor echoes', async (_, status, body) => {
    const headers = { 'x-request-id': `for ${secret}` }
    const fetch = async () => new Response(body ? JSON.stringify(body) : '<p>', { status, headers })
    const { begin, traces } = acme('https://acme.example', { fetch, maxRetries: 0 })
    const error = await failure(
      begin('things.list').read(read, () => {
        throw new DecodeError('things')
      }),
    )
    expect(error).toMatchObject({ status, requestId: 'for [redacted]' })
    expect(traces).toMatchObject([{ requestId: 'for [redacted]' }])
  })

  test('is the error inside it', async () => {
    const server = await serve((response) =>
      json(response, 200, { error: { kind: 'not-found', code: 'E404', message: customerText, field: 'id' } }),
    )
    const { begin } = acme(server.url)
    const error = await failure(begin('things.get').request(read))
    expect(error).toMatchObject({ code: 'not-found', status: 200, vendorCode: 'E404', fields: [{ path: 'id' }] })
    expect(error.message).toContain('(id)')
  })

  test('is an error of unknown kind if it does not say more', async () => {
    const server = await serve((response) => json(response, 200, { error: { message: customerText } }))
    const { begin } = acme(server.url)
    expect(await failure(begin('things.create').request(write))).toMatchObject({
      code: 'vendor-fault',
      outcome: 'unknown',
    })
    expect(server.received).toHaveLength(1)
    await failure(begin('things.list').request(read))
    expect(server.received).toHaveLength(4)
  })

  test('is the error of its status if it is an error page', async () => {
    const server = await serve((response) =>
      response.writeHead(403, { 'content-type': 'text/html' }).end(`<p>${customerText}`),
    )
    expect(await failure(acme(server.url).begin('things.list').request(read))).toMatchObject({ code: 'permission' })
  })
})

describe('the vendor’s message from an error page', () => {
  test.each([
    ['<style>a { b }\n</style><h1>Bad\n\n  gateway</h1><script src="x">c\n</script>', 'Bad gateway'],
    ['<html><body>Not <b>here</b>&hellip;&nbsp;&copy;</body>', 'Not here… ©'],
    ['Mail <desk@clinic.example>\n&amp; wait', 'Mail <desk@clinic.example> &amp; wait'],
    [`<p>${'x'.repeat(199)}😀`, 'x'.repeat(199)],
    [' <br/> ', undefined],
    ['<html>', undefined],
  ])('%j is read as %j', async (page, said) => {
    const server = await serve((response) => response.writeHead(403, { 'content-type': 'text/html' }).end(page))
    expect((await failure(acme(server.url).begin('things.list').request(read))).vendorMessage).toBe(said)
  })
})

describe('a value that a vendor quotes', () => {
  const says = (problem: string) =>
    serve((response) => json(response, 422, { error: { code: secret, field: 'text', problem, message: problem } }))

  test('from a credential or an input is in no problem of a field', async () => {
    const server = await says(`"${customerText}" and "planted" and ${secret} are not short enough`)
    const body = { text: customerText, contact: { tags: ['planted'] }, size: 5 }
    const error = await failure(
      acme(server.url)
        .begin('things.create')
        .request({ ...write, body }),
    )
    expect(error.fields).toEqual([
      { path: 'text', problem: '"[redacted]" and "[redacted]" and [redacted] are not short enough' },
    ])
    expect(error.vendorCode).toBe('[redacted]')
    expect(error.vendorMessage).toContain(customerText)
  })

  test('from a query is in no problem of a field', async () => {
    const server = await says(`no ${customerText}`)
    const error = await failure(acme(server.url).begin('things.list').request(read))
    expect(error.fields).toEqual([{ path: 'text', problem: 'no [redacted]' }])
  })
})

describe('an answer whose body breaks off', () => {
  test('before its announced end is a lost connection', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write(`{"text":"${customerText}"}`, () => response.socket?.destroy())
    })
    const { begin } = acme(server.url)
    expect(await failure(begin('things.create').request(write))).toMatchObject({ code: 'network', outcome: 'unknown' })
    expect(server.received).toHaveLength(1)
    expect(await failure(begin('things.list').request(read))).toMatchObject({ code: 'network' })
    expect(server.received).toHaveLength(4)
  })

  test.each([
    ['that announces its length', { 'content-length': '2000' }, Buffer.alloc(2000, 32)],
    ['that does not', {}, Buffer.alloc(2000, 32)],
    ['that unpacks to too much', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(10_000_000, 32))],
  ])('the size limit of an answer: one %s', async (_, headers, body) => {
    const server = await serve((response) => response.writeHead(200, headers).end(body))
    const { begin } = acme(server.url, { maxResponseBytes: 1000 })
    const error = await failure(begin('things.list').request(read))
    expect(error).toMatchObject({ code: 'response' })
    expect(error.message).toContain('maxResponseBytes (1000)')
    expect(await failure(begin('things.create').request(write))).toMatchObject({ outcome: 'unknown' })
    expect(await failure(begin('things.get').request({ ...read, expect: 'bytes' }))).toMatchObject({ code: 'response' })
    expect(server.received).toHaveLength(3)
  })

  test('is read if it is compressed and small enough', async () => {
    const server = await serve((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify({ ok: true }))),
    )
    expect((await acme(server.url).begin('things.list').request(read)).body).toEqual({ ok: true })
  })
})

describe('a redirect', () => {
  test('within the origin is followed with the credential', async () => {
    const server = await serve((response, { url }) => {
      if (url.startsWith('/things')) response.writeHead(302, { location: '/other?page=2' }).end()
      else json(response, 200, { ok: true })
    })
    expect((await acme(server.url).begin('things.list').request(read)).body).toEqual({ ok: true })
    expect(server.received[1]).toMatchObject({ url: '/other?page=2', headers: { authorization: `Bearer ${secret}` } })
  })

  test('to another origin is not followed, so that it gets neither the credential nor the request', async () => {
    const other = await serve((response) => json(response, 200, {}))
    const server = await serve((response) => response.writeHead(302, { location: `${other.url}/things` }).end())
    const error = await failure(acme(server.url).begin('things.list').request(read))
    expect(error).toMatchObject({ code: 'response', status: 302 })
    expect(error.message).toContain('to another origin')
    expect(other.received).toEqual([])
    expect(server.received).toHaveLength(1)
  })

  test.each([
    [301, 'unknown'],
    [302, 'unknown'],
    [303, 'unknown'],
    [307, 'not-done'],
    [308, 'not-done'],
  ] as const)('of a write with %d is not followed', async (status, outcome) => {
    const server = await serve((response) => response.writeHead(status, { location: '/elsewhere' }).end())
    const { begin } = acme(server.url)
    expect(await failure(begin('things.create').request(write))).toMatchObject({ code: 'response', outcome })
    await failure(begin('things.update').request({ ...write, method: 'PUT', idempotent: true }))
    expect(server.received.map(({ url }) => url)).toEqual(['/things', '/things'])
  })

  test('in a circle fails', async () => {
    const server = await serve((response) => response.writeHead(302, { location: '/things' }).end())
    const error = await failure(acme(server.url).begin('things.list').request(read))
    expect(error.message).toContain('more than 5 times')
    expect(server.received).toHaveLength(6)
  })

  test.each([undefined, 'http://', 'javascript:alert(1)'])('to %j fails', async (location) => {
    const server = await serve((response) => response.writeHead(302, location ? { location } : {}).end())
    expect(await failure(acme(server.url).begin('things.list').request(read))).toMatchObject({ code: 'response' })
    expect(server.received).toHaveLength(1)
  })

  test('with credentials in its URL fails without quoting them', async () => {
    const server = await serve((response, { headers }) =>
      response.writeHead(302, { location: `http://user:planted@${headers.host}/` }).end(),
    )
    expect(await failure(acme(server.url).begin('things.list').request(read))).toMatchObject({ code: 'response' })
  })

  test('that a browser hides is not read as an empty answer', async () => {
    const hidden = {
      status: 0,
      headers: new Headers(),
      body: null,
      text: async () => '',
      [Symbol.toStringTag]: 'Response',
    }
    const error = await failure(
      acme('http://acme.test', { fetch: async () => hidden as unknown as Response })
        .begin('things.list')
        .request(read),
    )
    expect(error).toMatchObject({ code: 'response' })
  })
})

describe('a reader of an answer', () => {
  const readItems = (
    body: unknown,
    reading: { items(value: unknown, key: string, read: (raw: object) => unknown): unknown[] },
  ) => {
    if (!isRecord(body)) throw new DecodeError('')
    return reading.items(body['items'], 'items', (raw) => raw)
  }

  test('gets the parsed body', async () => {
    const server = await serve((response) => json(response, 200, { items: [{ id: 1 }, 'no item'] }))
    const call = acme(server.url).begin('things.list')
    expect(await call.read(read, readItems)).toEqual([{ id: 1 }])
    expect(call.reading.warnings).toMatchObject([{ code: 'bad-item', path: 'items[1]', operation: 'things.list' }])
  })

  test('reports the path of a page without its list', async () => {
    const server = await serve((response) => json(response, 200, { things: [customerText] }, { 'x-request-id': 'r-1' }))
    const { begin } = acme(server.url)
    const error = await failure(begin('things.list').read(read, readItems))
    expect(error).toMatchObject({ code: 'response', status: 200, requestId: 'r-1', fields: [{ path: 'items' }] })
    expect(error.message).toContain('at items')
    expect(error.outcome).toBeUndefined()
    expect(await failure(begin('things.create').read(write, readItems))).toMatchObject({ outcome: 'unknown' })
  })

  test('reports an empty body as a page without its list', async () => {
    const server = await serve((response) => response.end())
    expect(await failure(acme(server.url).begin('things.list').read(read, readItems))).toMatchObject({
      code: 'response',
    })
  })

  test('throws its own fault unchanged', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const fault = new TypeError('a bug')
    const promise = acme(server.url)
      .begin('things.list')
      .read(read, () => {
        throw fault
      })
    await expect(promise).rejects.toBe(fault)
  })
})
