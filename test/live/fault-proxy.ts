import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { listen } from './ports.ts'

/**
 * - `delay`: forwards late.
 * - `reset-before`: closes the connection without forwarding.
 * - `reset-during`: forwards, and closes the connection before the answer comes.
 * - `reset-after`: closes the connection when the whole answer has come.
 * - `truncated`: sends half of the answer, and closes the connection.
 * - `cut`: sends half of the answer as if it were all.
 * - `repeated`: sends the answer twice, one after the other.
 * - `sent-twice`: forwards the request twice, one after the other, as a proxy does that repeats requests.
 * - `limited`: answers 429 with `Retry-After` without forwarding.
 * - `gateway-before`, `gateway-after`: answers 502 with HTML, without forwarding, or after it.
 */
const faults = [
  'delay',
  'reset-before',
  'reset-during',
  'reset-after',
  'truncated',
  'cut',
  'repeated',
  'sent-twice',
  'limited',
  'gateway-before',
  'gateway-after',
] as const
type Fault = (typeof faults)[number]

export interface FaultProxy {
  /** The base URL of a lane. The nth request of a lane always meets the same fault. */
  lane(number: number): string
  /** How often each fault happened. */
  readonly counts: Record<Fault | 'none', number>
  stop(): Promise<void>
}

/** @param rate the share of requests that meet a fault, from 0 to 1. */
export async function startFaultProxy(
  target: string,
  { seed, rate }: { seed: number; rate: number },
): Promise<FaultProxy> {
  const lanes = new Map<number, () => number>()
  const counts = Object.fromEntries(['none', ...faults].map((fault) => [fault, 0])) as FaultProxy['counts']

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  })

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, lane = '0', path = ''] = /^\/lane-(\d+)(\/.*)$/.exec(request.url ?? '') ?? []
    const number = Number(lane)
    const random = lanes.get(number) ?? randomOf(seed * 1_000 + number)
    lanes.set(number, random)
    // Both numbers are drawn for every request, so that the next one does not depend on this one.
    const [isFaulty, place] = [random() < rate, random()]
    const fault = isFaulty ? (faults[Math.floor(place * faults.length)] ?? 'delay') : 'none'
    counts[fault]++

    const body = await buffer(request)
    const reset = () => void request.socket.destroy()
    if (fault === 'reset-before') return reset()
    if (fault === 'limited') return say(response, 429, { 'retry-after': '1' }, 'Too many requests')
    if (fault === 'gateway-before') return say(response, 502, { 'content-type': 'text/html' }, gateway)
    if (fault === 'delay') await sleep(20 + (Math.floor(place * 1_000) % 100))
    const forward = async () => {
      const headers = { 'content-type': request.headers['content-type'] ?? 'application/json' }
      const method = request.method ?? 'GET'
      const answer = await fetch(target + path, { method, headers, ...(body.length > 0 && { body }) })
      return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
    }
    if (fault === 'reset-during') {
      // The request reaches the server, whatever becomes of the connection.
      const forwarded = forward()
      setTimeout(reset, 5)
      return void (await forwarded)
    }
    if (fault === 'sent-twice') await forward()
    const { status, headers, bytes } = await forward()
    if (fault === 'reset-after') return reset()
    if (fault === 'gateway-after') return say(response, 502, { 'content-type': 'text/html' }, gateway)
    const type = headers.get('content-type')
    const kept = { ...(type !== null && { 'content-type': type }) }
    const half = bytes.subarray(0, Math.floor(bytes.length / 2))
    if (fault === 'cut') return say(response, status, kept, half)
    if (fault === 'repeated') return say(response, status, kept, Buffer.concat([bytes, bytes]))
    if (fault !== 'truncated') return say(response, status, kept, bytes)
    response.writeHead(status, { ...kept, 'content-length': bytes.length })
    response.write(half, reset)
  }

  const port = await listen(server)
  return {
    lane: (number) => `http://127.0.0.1:${port}/lane-${number}`,
    counts,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const gateway = '<html><body><h1>502 Bad Gateway</h1></body></html>'

function say(response: ServerResponse, status: number, headers: Record<string, string>, body: string | Buffer): void {
  response.writeHead(status, status === 204 ? {} : headers)
  response.end(status === 204 ? undefined : body)
}

/** mulberry32: numbers from 0 to 1 that depend only on the seed. */
export function randomOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
