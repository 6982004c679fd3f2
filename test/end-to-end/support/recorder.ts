import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** One request as it was on the wire. */
export interface Recorded {
  readonly method: string
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface Recorder {
  readonly url: string
  readonly requests: Recorded[]
  stop(): Promise<void>
}

/** A proxy in front of an emulator that records the bytes of each request, including headers. */
export async function record(target: string): Promise<Recorder> {
  const requests: Recorded[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', target)
    const bytes = await buffer(request)
    const { method = 'GET', headers } = request
    requests.push({ method, path: url.pathname, query: [...url.searchParams], headers, body: bytes.toString('latin1') })
    const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...passed } = headers
    const answer = await fetch(url, {
      method,
      headers: passed as Record<string, string>,
      redirect: 'manual',
      ...(bytes.length > 0 && { body: new Uint8Array(bytes) }),
    })
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
