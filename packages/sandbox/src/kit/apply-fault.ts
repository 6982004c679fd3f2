import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, Next } from 'hono'
import type { Clock } from './clock.ts'
import type { Fault } from './fault.ts'
import { hold, holdRequest } from './idle.ts'
import type { Random } from './random.ts'
import { spoilJson } from './spoil-json.ts'

/** Makes one fault happen to one response: does the work through `next`, or not, and changes what is sent. */
export async function applyFault(
  c: Context,
  next: Next,
  fault: Fault,
  { random, clock }: { random: Random; clock: Clock },
): Promise<void> {
  switch (fault.kind) {
    case 'delay':
      await hold(clock, fault.milliseconds, c.req.raw.signal)
      await next()
      return
    case 'duplicate':
    case 'reorder':
    case 'drop':
    case 'unknownValues': {
      await next()
      if (!c.res.headers.get('content-type')?.includes('json')) return
      const spoiled = new Response(spoilJson(await c.res.text(), fault.kind, random), c.res)
      spoiled.headers.delete('content-length')
      send(c, spoiled)
      return
    }
    case 'truncate':
      await next()
      send(c, await truncated(outgoing(c), c.res))
      return
    default:
      if (fault.after) await next()
      send(c, await replaced(c, fault))
  }
}

/** Emptied first, because Hono would otherwise keep the headers of the answer that is replaced. */
function send(c: Context, response: Response): void {
  c.res = undefined
  c.res = response
}

type Replacing = Extract<Fault, { kind: 'status' | 'html' | 'hang' | 'reset' | 'redirect' }>

async function replaced(c: Context, fault: Replacing): Promise<Response> {
  switch (fault.kind) {
    case 'status':
      return statusResponse(fault)
    case 'html':
      return new Response('<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>', {
        status: fault.status ?? 502,
        headers: { 'content-type': 'text/html' },
      })
    case 'redirect':
      return new Response(null, { status: fault.status ?? 302, headers: { location: fault.to } })
    case 'hang':
      await holdUntilClosed(outgoing(c))
      return RESPONSE_ALREADY_SENT
    case 'reset':
      outgoing(c).socket?.resetAndDestroy()
      return RESPONSE_ALREADY_SENT
  }
}

function statusResponse({ status, headers, body }: Extract<Fault, { kind: 'status' }>): Response {
  if (body === undefined) return new Response(null, { status, headers: { ...headers } })
  const isText = typeof body === 'string'
  const contentType = isText ? 'text/plain; charset=utf-8' : 'application/json'
  return new Response(isText ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': contentType, ...headers },
  })
}

/** Announces the whole length and breaks off after half of it, which a client sees as a connection that died. */
async function truncated(response: ServerResponse, whole: Response): Promise<Response> {
  const body = Buffer.from(await whole.arrayBuffer())
  const headers = Object.fromEntries(whole.headers)
  response.writeHead(whole.status, { ...headers, 'content-length': String(Math.max(2, body.length)) })
  await new Promise<void>((resolve) => {
    response.write(body.subarray(0, Math.max(1, Math.floor(body.length / 2))), () => resolve())
  })
  response.socket?.destroy()
  return RESPONSE_ALREADY_SENT
}

const holdUntilClosed = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    if (response.destroyed) return resolve()
    const release = holdRequest()
    response.once('close', () => {
      release()
      resolve()
    })
  })

function outgoing(c: Context): ServerResponse {
  const bindings = c.env as { outgoing?: ServerResponse } | undefined
  if (!bindings?.outgoing) throw new Error('This fault needs a real connection: serve the emulator over HTTP')
  return bindings.outgoing
}
