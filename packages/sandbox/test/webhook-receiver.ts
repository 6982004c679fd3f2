import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach } from 'vitest'

interface Heard {
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  // biome-ignore lint/suspicious/noExplicitAny: the wire has no type
  readonly body: any
}

/** A program that hears webhooks on this machine: keeps what it hears and answers what it is told to. */
export function webhookReceiver() {
  const heard: Heard[] = []
  const answers: number[] = []
  let server: Server
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const bytes = Buffer.concat(chunks)
      heard.push({ headers: request.headers, bytes, body: JSON.parse(bytes.toString()) })
      response.writeHead(answers.shift() ?? 200).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  beforeEach(() => {
    heard.length = 0
    answers.length = 0
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    heard,
    /** The first that it heard. */
    get first() {
      const [first] = heard
      if (!first) throw new Error('It has heard nothing')
      return first
    },
    /** What it answers next, one after the other; then 200. */
    answers,
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    },
  }
}
