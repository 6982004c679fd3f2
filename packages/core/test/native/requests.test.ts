import { describe, expect, it } from 'vitest'
import { isTextStream } from '../../src/operations.ts'
import { acme, customerText, failure, secret } from '../helpers/acme.ts'
import { json, serve } from '../helpers/serve.ts'
import { acmeNative, endpoints } from './endpoints.ts'

describe('a native request', () => {
  it('has its ids encoded, and the query and body unchanged', async () => {
    const server = await serve((response) => json(response, 200, { ok: true, things: [] }))
    const { native } = acmeNative(server.url)
    expect(await native.request('GET /things', { query: { of: 'a b', size: 100, tags: ['x', 'y'] } })).toEqual({
      ok: true,
      things: [],
    })
    await native.request('PUT /things/{thingId}/parts/{partId}', {
      path: { thingId: 'a/../b', partId: '{thingId}?ä' },
      body: { name: 'x' },
    })
    await native.request('POST /search')
    await native.request('POST /search', { query: { deep: false }, body: {} })
    expect(server.received.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['GET', '/things?of=a%20b&size=100&tags=x&tags=y', ''],
      ['PUT', '/things/a%2F..%2Fb/parts/%7BthingId%7D%3F%C3%A4', '{"name":"x"}'],
      ['POST', '/search', ''],
      ['POST', '/search?deep=false', '{}'],
    ])
  })

  it('merges the headers of the family, the endpoint and the caller in any spelling', async () => {
    const server = await serve((response) => json(response, 200, { id: 'a' }))
    const { native } = acmeNative(server.url)
    const path = { thingId: 'a' }
    await native.request('DELETE /things/{thingId}', { path })
    await native.request('GET /things/{thingId}', { path })
    await native.request('GET /things/{thingId}', { path }, { headers: { VERSION: '3', 'x-more': 'yes' } })
    expect(server.received.map(({ headers }) => headers['version'])).toEqual(['1', '2', '3'])
    expect(server.received[2]?.headers['x-more']).toBe('yes')
  })

  it('carries the credential despite the caller’s headers', async () => {
    const server = await serve((response) => json(response, 200, {}))
    await acmeNative(server.url).native.request('POST /search', {}, { headers: { AuthoriZation: 'Bearer other' } })
    expect(server.received[0]?.headers.authorization).toBe(`Bearer ${secret}`)
  })

  it('returns bytes, a string or nothing for endpoints that do', async () => {
    const server = await serve((response, { method }) => {
      if (method === 'DELETE') response.writeHead(204).end()
      else response.writeHead(200, { 'content-type': 'audio/x-wav' }).end('RIFF')
    })
    const { native } = acmeNative(server.url)
    expect(await native.request('GET /files/{fileId}', { path: { fileId: 'f' } })).toEqual(
      new TextEncoder().encode('RIFF'),
    )
    expect(await native.request('GET /files/{fileId}/text', { path: { fileId: 'f' } })).toBe('RIFF')
    expect(await native.request('DELETE /things/{thingId}', { path: { thingId: 'a' } })).toBeUndefined()
  })

  it('sends a form unchanged', async () => {
    const server = await serve((response) => json(response, 200, { url: 'u' }))
    const form = new FormData()
    form.append('file', new Blob(['one']), 'one.txt')
    await acmeNative(server.url).native.request('POST /files', { body: form })
    expect(server.received[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(server.received[0]?.body).toContain('filename="one.txt"')
  })

  it('returns a stream if asked for one', async () => {
    const server = await serve((response, { body }) => {
      if (body.includes('true')) response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: 1\n\n')
      else json(response, 200, { text: 'whole' })
    })
    const { native } = acmeNative(server.url)
    const stream = await native.request('POST /ask', { body: { text: 'hi', stream: true } })
    if (!isTextStream(stream)) throw new Error('it is no stream')
    let text = ''
    for await (const part of stream) text += part
    expect(text).toBe('data: 1\n\n')
    expect(await native.request('POST /ask', { body: { text: 'hi', stream: false } })).toEqual({ text: 'whole' })
  })
})

describe('a native stream', () => {
  const asked = { body: { text: 'hi', stream: true } }
  const streaming = async (...parts: string[]) => {
    const server = await serve(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const part of parts) {
        response.write(part)
        await new Promise((resolve) => setImmediate(resolve))
      }
      response.end()
    })
    const stream = await acmeNative(server.url).native.request('POST /ask', asked)
    if (!isTextStream(stream)) throw new Error('it is no stream')
    return stream
  }

  it.each([
    ['event: error\ndata: it broke\n\n', 'vendor-fault'],
    ['event: error\r\ndata: it broke', 'vendor-fault'],
    ['data: {"error":\ndata: {"kind":"conflict"}}\n\n', 'conflict'],
    // No vendor documents how its streams fail, so the usual signs count.
    ['event: error\n\n', 'vendor-fault'],
    ['event: error', 'vendor-fault'],
    ['event: run.failed\ndata: {}\n\n', 'vendor-fault'],
    ['event: timeout\n\n', 'vendor-fault'],
    ['data: {"error":"it broke"}\n\n', 'vendor-fault'],
    ['data: {"error":true}\n\n', 'vendor-fault'],
    ['data: {"type":"error","message":"it broke"}\n\n', 'vendor-fault'],
    ['data: {"status":"ERROR"}\n\n', 'vendor-fault'],
    ['data: [1,{"event":"error"}]\n\n', 'vendor-fault'],
  ])('ends with the error %j after all parts that came', async (last, code) => {
    const parts = ['data: {"text":"On', 'e"}\n\n', last]
    const stream = await streaming(...parts)
    let text = ''
    const work = (async () => {
      for await (const part of stream) text += part
    })()
    expect(await failure(work)).toMatchObject({ code, outcome: 'unknown', operation: 'native POST /ask' })
    expect(text).toBe(parts.join(''))
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('is returned unchanged otherwise, and can be cancelled', async () => {
    const parts = [': x\n', 'event: error', '-free\ndata: {"text":"no error","type":"errors"}\n\n', 'event: ping\n\n']
    let text = ''
    for await (const part of await streaming(...parts)) text += part
    expect(text).toBe(parts.join(''))
    const stream = await streaming(...parts)
    await stream.next()
    await stream.return?.()
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })
})

describe('the transport of native requests', () => {
  it('repeats a read, does not repeat a write, and repeats a write that is idempotent', async () => {
    const server = await serve((response) => json(response, 503, {}))
    const { native } = acmeNative(server.url)
    const tries = async (request: Promise<unknown>) => {
      const before = server.received.length
      const error = await failure(request)
      return [error.code, error.outcome, server.received.length - before]
    }
    expect(await tries(native.request('GET /things', { query: { of: 'a' } }))).toEqual(['vendor-fault', undefined, 3])
    expect(await tries(native.request('POST /things', { body: { name: 'abc', tags: ['a'] } }))).toEqual([
      'vendor-fault',
      'unknown',
      1,
    ])
    expect(
      await tries(
        native.request('PUT /things/{thingId}/parts/{partId}', {
          path: { thingId: 'a', partId: 'b' },
          body: { name: 'x' },
        }),
      ),
    ).toEqual(['vendor-fault', 'unknown', 3])
    const form = new FormData()
    form.append('file', 'x')
    expect(await tries(native.request('POST /files', { body: form }))).toEqual(['vendor-fault', 'unknown', 3])
    const path = { thingId: 'a' }
    expect(await tries(native.request('DELETE /things/{thingId}', { path }))).toEqual(['vendor-fault', 'unknown', 1])
    expect(await tries(native.request('POST /ask', { body: { text: 'a' } }))).toEqual(['vendor-fault', 'unknown', 1])
    const again = { text: 'a', stream: false }
    expect(await tries(native.request('POST /ask', { body: again }))).toEqual(['vendor-fault', 'unknown', 3])
    expect(await tries(native.request('POST /search', { query: { deep: true } }))).toEqual([
      'vendor-fault',
      undefined,
      3,
    ])
  })

  it('keeps the code of an error and names the route without ids and values', async () => {
    const server = await serve((response) => json(response, 404, { error: { code: 'E1', message: customerText } }))
    const { native, traces } = acmeNative(server.url)
    const error = await failure(native.request('GET /things/{thingId}', { path: { thingId: 'id-1' } }))
    expect(error).toMatchObject({
      code: 'not-found',
      status: 404,
      vendorCode: 'E1',
      operation: 'native GET /things/{thingId}',
    })
    expect(error.message).not.toContain('id-1')
    expect(traces.map(({ operation }) => operation)).toEqual(['native GET /things/{thingId}'])
  })

  it('applies the deadline and the signal', async () => {
    const server = await serve(() => {})
    const controller = new AbortController()
    const { native } = acmeNative(server.url)
    const request = native.request('POST /search', {}, { signal: controller.signal })
    await server.arrived(1)
    controller.abort(new Error('enough'))
    await expect(request).rejects.toThrow('enough')
  })

  it('gives a slow endpoint more time', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const { native, clock } = acmeNative(server.url)
    await native.request('POST /search')
    expect(clock.set).not.toContain(120_000)
    await native.request('POST /ask', { body: { text: 'hi' } })
    expect(clock.set).toContain(120_000)
  })

  it('uses another transport for another credential', async () => {
    const server = await serve((response) => json(response, 200, { name: 'o' }))
    const asked: unknown[] = []
    const { native } = acmeNative(server.url, {}, (endpoint, operation) => {
      asked.push([endpoint.credential, operation])
      return acme(server.url, { credential: 'planted-owner-key' })
    })
    await native.request('GET /owner')
    await native.request('POST /search')
    expect(asked).toEqual([['ownerKey', 'native GET /owner']])
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer planted-owner-key',
      `Bearer ${secret}`,
    ])
  })
})

describe('the table of native endpoints', () => {
  it('is loaded when it is needed, and can be read', async () => {
    const { native, loads } = acmeNative('http://127.0.0.1:1')
    expect(loads()).toBe(0)
    const table = await native.endpoints()
    expect(loads()).toBe(1)
    expect(Object.keys(table)).toEqual(Object.keys(endpoints))
    expect(table['GET /things']).toEqual({ ...endpoints['GET /things'], headers: { version: '1' } })
    expect(table['GET /things/{thingId}'].headers).toEqual({ version: '2' })
    expect(table['GET /owner'].headers).toEqual({ version: 'none' })
  })
})
