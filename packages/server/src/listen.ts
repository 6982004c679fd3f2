import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { ConfigurationError } from '@parley/core'
import { isLoopback } from './guard.ts'

export interface ListenOptions {
  /** The address to listen on. Default `127.0.0.1`. Any other than loopback needs the option `publicUrl` of the server. */
  host?: string
  /** Default 8642. 0: any free one. */
  port?: number
}

export interface Listening {
  url: string
  close(): Promise<void>
}

/** How long requests may run on after `close`, in milliseconds. */
const grace = 10_000

export async function listenOn(
  fetch: (request: Request, env: object) => Promise<Response> | Response,
  { host = '127.0.0.1', port = 8642 }: ListenOptions,
  publicUrl: string | undefined,
): Promise<Listening> {
  if (publicUrl === undefined && !isLoopback(host)) {
    const problem =
      'needs the option "publicUrl" of createServer, so that the server knows its own name, and whether TLS protects it'
    throw new ConfigurationError({ message: `listen: the host ${problem}.`, fields: [{ path: 'host', problem }] })
  }
  const server = createAdaptorServer({
    fetch: fetch as never,
    overrideGlobalObjects: false,
    serverOptions: { requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 10_000 },
  }) as Server
  let isClosing = false
  /** Each connection, and whether it has a request to answer. Node.js does not count one that never had a request as idle. */
  const connections = new Map<Socket, boolean>()
  server.on('connection', (socket: Socket) => {
    connections.set(socket, false)
    socket.once('close', () => connections.delete(socket))
  })
  server.on('request', ({ socket }: IncomingMessage, answer: ServerResponse) => {
    connections.set(socket, true)
    answer.once('close', () => {
      if (connections.has(socket)) connections.set(socket, false)
      if (isClosing) socket.destroySoon()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port: taken } = server.address() as AddressInfo
  const name = host.includes(':') ? `[${host}]` : host
  return {
    url: `http://${name}:${taken}`,
    async close() {
      isClosing = true
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const [socket, isBusy] of connections) if (!isBusy) socket.destroySoon()
      const timer = setTimeout(() => server.closeAllConnections(), grace)
      await closed
      clearTimeout(timer)
    },
  }
}
