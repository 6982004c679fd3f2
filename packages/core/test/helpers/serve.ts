import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

interface Served {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

export interface TestServer {
  url: string
  /** What arrived, oldest first. */
  readonly received: Served[]
  /** Resolves once so many requests have arrived. */
  arrived(count: number): Promise<void>
  close(): Promise<void>
}

type Handler = (response: ServerResponse, request: Served, count: number) => void

/** A real HTTP server on a free port of this machine, gone when the test is over. */
export async function serve(handler: Handler): Promise<TestServer> {
  const received: Served[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    try {
      for await (const chunk of request.setEncoding('utf8')) body += chunk
    } catch {
      return
    }
    const served = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body }
    received.push(served)
    for (const { count, resolve } of waiting) if (received.length >= count) resolve()
    handler(response, served, received.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  onTestFinished(close)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    arrived: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve()
        else waiting.push({ count, resolve })
      }),
    close,
  }
}

export const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
