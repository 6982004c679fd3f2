import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDesk, createInbox, createStore, createSync } from '@parley/inbox'
import { liveChatAI } from '@parley/livechatai'
import { createServer } from '@parley/server'

/** What the API answers. `undefined`: that it has no such thing. */
type Answer = { json: unknown } | { file: string | Uint8Array; type: string } | undefined

export interface MadeUpServer {
  url: string
  close(): Promise<void>
}

/** The real page with its real headers, over an API whose answers to a GET are made up. */
export async function serveMadeUp(answer: (path: string, query: URLSearchParams) => Answer): Promise<MadeUpServer> {
  const store = await createStore()
  // It is never asked for anything but the page.
  const parts = { store, accounts: [liveChatAI({ account: 'shop', apiKey: 'unused', agentId: 'a' })] }
  const server = createServer({
    ...{ store, sync: createSync(parts), desk: createDesk(parts), inbox: createInbox(parts) },
    people: [{ id: 'ada', role: 'admin' }],
  })
  const front = createHttpServer(async (request, response) => {
    const { pathname, searchParams, href } = new URL(request.url ?? '/', `http://${request.headers.host}`)
    if (!pathname.startsWith('/v1/')) {
      const page = await server.fetch(new Request(href))
      response.writeHead(page.status, Object.fromEntries(page.headers)).end(new Uint8Array(await page.arrayBuffer()))
      return
    }
    // The stream of changes never begins.
    if (pathname === '/v1/events') return
    const body = request.method === 'GET' ? answer(pathname, searchParams) : undefined
    if (body === undefined) {
      const problem = { type: 'about:blank', title: 'No', status: 404, detail: 'No', code: 'not-found' }
      response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify(problem))
    } else if ('file' in body) response.writeHead(200, { 'content-type': body.type }).end(body.file)
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body.json))
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    async close() {
      front.closeAllConnections()
      await new Promise((resolve) => front.close(resolve))
      await server.close()
      await store.close()
    },
  }
}
