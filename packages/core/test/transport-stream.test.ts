import { getEventListeners, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { VendorReply } from '../src/index.ts'
import { isTextStream, type TextStream } from '../src/operations.ts'
import { acme, customerText, expectClean, failure, secret } from './helpers/acme.ts'
import { json, serve } from './helpers/serve.ts'
import { createTestClock } from './helpers/test-clock.ts'

const spec = { method: 'POST', path: '/answers', body: { text: customerText }, expect: 'stream' } as const

function streamOf({ body }: VendorReply): TextStream {
  if (!isTextStream(body)) throw new Error('not a stream')
  return body
}

async function rest(stream: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of stream) text += piece
  return text
}

/** A server whose test decides when each part comes. */
async function speaking(type = 'text/plain') {
  const opened: ServerResponse[] = []
  const server = await serve((response) => {
    response.writeHead(200, { 'content-type': type })
    response.flushHeaders()
    opened.push(response)
  })
  return { server, said: (part: string | Buffer, at = 0) => opened[at]?.write(part), opened }
}

describe('a stream', () => {
  test('yields each part as soon as it arrives, without cutting a character', async () => {
    const { server, said, opened } = await speaking()
    const { begin, traces, clock } = acme(server.url, { clock: createTestClock() })
    const stream = streamOf(await begin('answers.make').request(spec))
    said('One ')
    expect(await stream.next()).toEqual({ done: false, value: 'One ' })
    const euro = Buffer.from('€')
    said(euro.subarray(0, 2))
    const next = stream.next()
    said(euro.subarray(2))
    expect(await next).toEqual({ done: false, value: '€' })
    expect(traces).toEqual([])
    opened[0]?.end('!')
    expect(await rest(stream)).toBe('!')
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(traces).toMatchObject([{ status: 200, path: '/answers' }])
    expect(clock.pending()).toBe(0)
    expect(server.received[0]?.headers).toMatchObject({ accept: '*/*', authorization: `Bearer ${secret}` })
  })

  test('that ends within a character broke off there', async () => {
    const server = await serve((response) => response.writeHead(200).end(Buffer.from('5 €').subarray(0, 4)))
    const stream = streamOf(await acme(server.url).begin('answers.make').request(spec))
    expect(await stream.next()).toEqual({ done: false, value: '5 ' })
    expect(await failure(stream.next())).toMatchObject({ code: 'network', outcome: 'unknown' })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  test('is JSON if the vendor answers with JSON, including errors', async () => {
    const server = await serve((response, _, count) =>
      count === 1
        ? json(response, 200, { done: true }, { 'content-type': 'application/vnd.acme+json; charset=utf-8' })
        : json(response, 200, { error: { kind: 'conflict', message: customerText } }),
    )
    const { begin } = acme(server.url)
    const { body, errorIn } = await begin('answers.make').request(spec)
    expect([body, isTextStream(body), errorIn]).toEqual([{ done: true }, false, undefined])
    expect(await failure(begin('answers.make').request(spec))).toMatchObject({ code: 'conflict', outcome: 'not-done' })
  })

  test.each(['application/x-ndjson', 'application/json-seq', 'text/event-stream'])('is read as %s', async (type) => {
    const server = await serve((response) => response.writeHead(200, { 'content-type': type }).end('{}'))
    expect(await rest(streamOf(await acme(server.url).begin('answers.make').request(spec)))).toBe('{}')
  })

  test('is an error after a refusal, which is read whole', async () => {
    const server = await serve((response) => response.writeHead(400, { 'content-type': 'text/plain' }).end('no'))
    expect(await failure(acme(server.url).begin('answers.make').request(spec))).toMatchObject({
      code: 'invalid-request',
      outcome: 'not-done',
    })
  })

  test('raises the error inside a part of it', async () => {
    const { server, opened } = await speaking()
    const reply = await acme(server.url).begin('answers.make').request(spec)
    opened[0]?.end()
    await rest(streamOf(reply))
    const error = reply.errorIn?.({ error: { code: 'E_MODEL', message: `${secret}: ${customerText}` } })
    expect(error).toMatchObject({ code: 'vendor-fault', vendorCode: 'E_MODEL', outcome: 'unknown' })
    expect(error?.vendorMessage).not.toContain(secret)
    expectClean(error?.message, error?.toJSON())
    expect(reply.errorIn?.({ text: 'fine' })).toBeUndefined()
  })
})

describe('a stream that fails', () => {
  test('with silence ends with a TimeoutError after the time of an attempt, however long it has run', async () => {
    const { server, said, opened } = await speaking()
    const clock = createTestClock()
    const { begin, traces } = acme(server.url, { clock, timeout: 300_000 })
    const stream = streamOf(await begin('answers.make').request(spec))
    for (const part of ['a', 'b', 'c']) {
      const next = stream.next()
      await clock.advance(29_000)
      said(part)
      expect(await next).toMatchObject({ value: part })
    }
    // Whoever reads slowly takes nothing of the vendor's time.
    await clock.advance(60_000)
    const closed = once(opened[0] as ServerResponse, 'close')
    const next = failure(stream.next())
    await clock.advance(30_000)
    expect(await next).toMatchObject({ code: 'timeout', operation: 'answers.make', outcome: 'unknown' })
    expect(await stream.next()).toMatchObject({ done: true })
    await closed
    expect(clock.pending()).toBe(0)
    expect(traces).toHaveLength(1)
    expect(server.received).toHaveLength(1)
  })

  test('ends at the deadline, awaited or not', async () => {
    const { server, opened } = await speaking()
    const clock = createTestClock()
    const { begin, traces } = acme(server.url, { clock, timeout: 10_000 })
    const awaited = streamOf(await begin('answers.make').request(spec))
    const next = failure(awaited.next())
    await clock.advance(10_000)
    expect(await next).toMatchObject({ code: 'timeout' })

    const left = streamOf(await begin('answers.make').request(spec))
    const closed = once(opened[1] as ServerResponse, 'close')
    await clock.advance(10_000)
    await closed
    expect(clock.pending()).toBe(0)
    expect(traces).toHaveLength(2)
    expect(await failure(left.next())).toMatchObject({ code: 'timeout' })
  })

  test('ends with a fetch that ignores its signal too', async () => {
    const clock = createTestClock()
    let cancelled = false
    const cancel = () => {
      cancelled = true
    }
    const fetch = async () => new Response(new ReadableStream({ cancel }))
    const stream = streamOf(await acme('http://acme.test', { clock, fetch }).begin('answers.make').request(spec))
    const next = failure(stream.next())
    await clock.advance(30_000)
    expect(await next).toMatchObject({ code: 'timeout' })
    expect(cancelled).toBe(true)
  })

  test('by breaking off is a NetworkError with an unknown outcome', async () => {
    const { server, said, opened } = await speaking()
    const stream = streamOf(await acme(server.url, { clock: createTestClock() }).begin('answers.make').request(spec))
    said('One ')
    expect(await stream.next()).toMatchObject({ value: 'One ' })
    opened[0]?.destroy()
    expect(await failure(stream.next())).toMatchObject({ code: 'network', outcome: 'unknown' })
    expect(server.received).toHaveLength(1)
  })

  test('is cut off beyond maxResponseBytes', async () => {
    const { server, said, opened } = await speaking()
    const options = { clock: createTestClock(), maxResponseBytes: 10 }
    const stream = streamOf(await acme(server.url, options).begin('answers.make').request(spec))
    said('12345678')
    await stream.next()
    const closed = once(opened[0] as ServerResponse, 'close')
    said('123')
    expect(await failure(stream.next())).toMatchObject({ code: 'response', outcome: 'unknown' })
    await closed
  })
})

describe('a stream that the caller abandons', () => {
  test('ends its request when the iteration is closed', async () => {
    const { server, said, opened } = await speaking()
    const { begin, traces, clock } = acme(server.url, { clock: createTestClock() })
    const { signal } = new AbortController()
    const stream = streamOf(await begin('answers.make', { signal }).request(spec))
    const closed = once(opened[0] as ServerResponse, 'close')
    said('One ')
    for await (const piece of stream) {
      expect(piece).toBe('One ')
      break
    }
    await closed
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect([clock.pending(), traces.length, getEventListeners(signal, 'abort').length]).toEqual([0, 1, 0])
  })

  test.each([['while it is awaited'], ['between two parts']])(
    'by its signal %s ends with the signal’s reason',
    async (when) => {
      const { server, opened } = await speaking()
      const controller = new AbortController()
      const { begin, clock } = acme(server.url, { clock: createTestClock() })
      const stream = streamOf(await begin('answers.make', { signal: controller.signal }).request(spec))
      const closed = once(opened[0] as ServerResponse, 'close')
      const awaited = when === 'while it is awaited' ? stream.next() : undefined
      const reason = new Error('never mind')
      controller.abort(reason)
      await expect(awaited ?? stream.next()).rejects.toBe(reason)
      await closed
      expect(clock.pending()).toBe(0)
    },
  )

  test('listens to the signal once, however many parts arrive', async () => {
    const { server, said } = await speaking()
    const { signal } = new AbortController()
    const call = acme(server.url, { clock: createTestClock() }).begin('answers.make', { signal })
    const stream = streamOf(await call.request(spec))
    for (let part = 0; part < 20; part++) {
      said('x')
      await stream.next()
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    await stream.return?.()
  })
})
