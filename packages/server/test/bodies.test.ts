import type { IncomingMessage } from 'node:http'
import { createServer } from '@parley/server'
import { afterAll, describe, expect, it } from 'vitest'
import { acmeWebhook, payload, signed } from '../../core/test/webhook/acme-webhook.ts'
import { listenOn } from '../src/listen.ts'
import { chats, one, openHarness, path, requestOf, secrets } from './harness.ts'
import { wireTo } from './wire.ts'

const harness = await openHarness()
const server = createServer({ ...harness.options, webhooks: { [one]: acmeWebhook() } })
/** What was read of the request when it was answered. */
const requests: { isRead: boolean; bytes: number }[] = []
const listening = await listenOn(
  async (request, env) => {
    const { incoming } = env as { incoming: IncomingMessage }
    const before = incoming.socket.bytesRead
    const answer = await server.fetch(request)
    requests.push({ isRead: incoming.readableDidRead, bytes: incoming.socket.bytesRead - before })
    return answer
  },
  { port: 0 },
  undefined,
)
const { send, close } = wireTo(listening.url)
afterAll(async () => {
  close()
  await listening.close()
  await harness.close()
})

const [chat] = chats
const bearer = { authorization: `Bearer ${secrets.operator}` }
const json = { 'content-type': 'application/json' }
const command = (name: string) => `/v1/conversations/${path(chat.ref)}/${name}`

describe('a server that listens', () => {
  it.each(['length', 'chunked', 'none'] as const)('runs a command without a body (%s)', async (framing) => {
    const closed = await send(command('close'), { method: 'POST', headers: bearer, framing })
    expect([closed.status, await closed.json()]).toMatchObject([200, { conversation: { ref: chat.ref } }])
    const saved = await send('/v1/saved-replies', {
      ...{ method: 'POST', headers: { ...bearer, ...json } },
      body: JSON.stringify({ title: 'Hours', text: 'At 9.' }),
    })
    const { id } = (await saved.json()) as { id: string }
    expect((await send(`/v1/saved-replies/${id}`, { method: 'DELETE', headers: bearer, framing })).status).toBe(204)
    const cookie = await harness.signIn('ann')
    const own = { cookie, origin: 'http://localhost' }
    expect((await send('/v1/session', { method: 'DELETE', headers: own, framing })).status).toBe(204)
    expect((await send('/v1/session', { headers: own })).status).toBe(401)
    expect(harness.errors).toEqual([])
  })

  it.each(['length', 'chunked'] as const)('reads a body of some chunks (%s)', async (framing) => {
    const text = `Grüße ${'é'.repeat(5000)}`
    const headers = { ...bearer, ...json }
    const noted = await send(command('note'), { method: 'POST', headers, body: JSON.stringify({ text }), framing })
    expect([noted.status, await noted.json()]).toMatchObject([200, { text }])
    const empty = await send(command('note'), { method: 'POST', headers, framing })
    expect([empty.status, await empty.json()]).toMatchObject([400, { fields: [{ path: 'body' }] }])
  })

  it.each(['length', 'chunked'] as const)('takes the delivery of a webhook (%s)', async (framing) => {
    const { body, headers } = await signed({ ...payload, id: framing, account: 'one' })
    const sent = { method: 'POST', headers, body, framing }
    expect((await send(`/webhooks/${path(one)}`, sent)).status).toBe(200)
  })
})

const body = Buffer.alloc(50_000_000, ' ')
/** What a socket and its parser hold, at most. */
const slack = 500_000

describe('a body of 50 MB', () => {
  const headers = { ...json }
  const cases = [
    ['a reply without a token', command('note'), headers, 401, 0],
    ['a reply of a reader', command('note'), { ...headers, authorization: `Bearer ${secrets.reader}` }, 403, 0],
    [
      'a note of another account',
      command('note'),
      { ...headers, authorization: `Bearer ${secrets.elsewhere}` },
      404,
      0,
    ],
    ['a note', command('note'), { ...headers, ...bearer }, 413, 4 * 1024 * 1024],
    ['a saved reply', '/v1/saved-replies', { ...headers, ...bearer }, 413, 256 * 1024],
    ['a command without a body', command('close'), { ...headers, ...bearer }, 200, 0],
    ['a sign-in', '/sign-in/wrong', { ...headers, origin: 'http://localhost' }, 403, 0],
    ['a delivery', `/webhooks/${path(one)}`, { ...headers, 'x-acme': 'AAAA' }, 413, 1024 * 1024],
    ['no route', '/v1/nothing', headers, 404, 0],
  ] as const

  it.each(cases)('is read no further than wanted, for %s', async (_, at, headers, status, limit) => {
    requests.length = 0
    for (const framing of ['length', 'chunked'] as const) {
      const stop = new AbortController()
      const answer = await send(at, { method: 'POST', headers, body, framing, signal: stop.signal })
      expect([framing, answer.status]).toEqual([framing, status])
      // The rest is still on its way.
      stop.abort()
    }
    const [told, chunked] = requests
    expect([told?.isRead, chunked?.isRead]).toEqual([false, limit > 0])
    for (const { bytes } of requests) expect(bytes).toBeLessThan(limit + slack)
  })

  it('is read no further than wanted without a connection', async () => {
    for (const [name, at, headers, status, limit] of cases) {
      let read = 0
      const body = new ReadableStream(
        {
          pull(controller) {
            read += 1000
            controller.enqueue(new Uint8Array(1000))
          },
        },
        { highWaterMark: 0 },
      )
      const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
      expect([name, (await requestOf(server)(at, init)).status]).toEqual([name, status])
      expect(read, name).toBeLessThanOrEqual(limit + 1000)
    }
  })
})

it('refuses a body that ends early', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) })
  const init = { method: 'POST', headers: { ...bearer, ...json }, body, duplex: 'half' } as RequestInit
  const answer = await requestOf(server)(command('note'), init)
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    { fields: [{ path: 'body', problem: 'ended early' }] },
  ])
  expect(harness.errors).toEqual([])
})
