import { Agent, type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'

/**
 * How a request states the length of its body: `length` with `Content-Length`, `chunked` with `Transfer-Encoding`, and `none` not at
 * all, so that it can have no body. Clients differ in this, and servers get another kind of stream for each.
 */
export type Framing = 'length' | 'chunked' | 'none'

export interface WireInit {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  signal?: AbortSignal
  framing?: Framing
}

/** Sends requests over a connection, exactly as they are told. `fetch` decides about the length by itself. */
export function wireTo(url: string): {
  send: (at: string, init?: WireInit) => Promise<Response>
  close: () => void
} {
  const agent = new Agent({ keepAlive: true })
  const send = (at: string, init: WireInit = {}) =>
    new Promise<Response>((resolve, reject) => {
      const { method = 'GET', headers = {}, signal, framing = 'length' } = init
      const { body: given = '' } = init
      const body = typeof given === 'string' ? Buffer.from(given) : given
      const sent = request(new URL(at, url), { method, agent, headers, ...(signal && { signal }) }, (answer) =>
        resolve(responseOf(answer)),
      )
      sent.on('error', reject)
      if (framing !== 'chunked') sent.removeHeader('transfer-encoding')
      if (framing === 'none') sent.removeHeader('content-length')
      else if (framing === 'chunked') sent.setHeader('transfer-encoding', 'chunked')
      else sent.setHeader('content-length', body.length)
      Readable.from(piecesOf(body)).pipe(sent)
    })
  return { send, close: () => agent.destroy() }
}

function* piecesOf(body: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < body.length; at += 10_000) yield body.subarray(at, at + 10_000)
}

function responseOf(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 0
  const headers = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  const isEmpty = status === 204 || status === 304
  if (isEmpty) answer.resume()
  return new Response(isEmpty ? null : (Readable.toWeb(answer) as unknown as ReadableStream), { status, headers })
}
