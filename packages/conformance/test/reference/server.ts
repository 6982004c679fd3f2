import { createStore, type Store } from './data.ts'
import { type Answer, refuse, routes } from './routes.ts'

export const token = 'planted-reference-token'

export interface Server {
  fetch: typeof fetch
  store: Store
  reset(): void
}

/** A whole vendor behind a function: no port, no time, nothing to clean up. */
export function createServer({ empty = false }: { empty?: boolean } = {}): Server {
  const filled = (): Store => (empty ? { ...createStore(), chats: [], lines: [], contacts: [] } : createStore())
  const server: Server = {
    store: filled(),
    reset() {
      server.store = filled()
    },
    fetch: async (input, init) => {
      const request = new Request(input, init)
      request.signal.throwIfAborted()
      const text = await request.text()
      const { status = 200, body } = answer(server.store, request, text === '' ? {} : JSON.parse(text))
      return new Response(JSON.stringify(body ?? {}), { status, headers: { 'content-type': 'application/json' } })
    },
  }
  return server
}

function answer(store: Store, request: Request, body: Record<string, unknown>): Answer {
  if (request.headers.get('authorization') !== `Bearer ${token}`) return refuse(401)
  const { pathname, searchParams } = new URL(request.url)
  for (const { method, pattern, run } of routes) {
    const match = method === request.method ? new URLPattern({ pathname: pattern }).exec({ pathname }) : null
    const query = Object.fromEntries(searchParams)
    if (match) return run(store, { ...match.pathname.groups, ...query, ...body } as Parameters<typeof run>[1])
  }
  return refuse(404)
}
