import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
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
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), grace)
      // A connection that becomes idle later is kept alive by its client.
      const idle = setInterval(() => server.closeIdleConnections(), 100)
      await closed
      clearTimeout(timer)
      clearInterval(idle)
    },
  }
}
