import { createStore, type Store } from './data.ts'
import { type Answer, type Input, refuse } from './route.ts'
import { routes } from './routes.ts'
import { fileHost } from './routes-files.ts'
import { start } from './start.ts'
import { usual, type Vendor } from './vendor.ts'

export const token = 'planted-reference-token'

export interface Server {
  fetch: typeof fetch
  store: Store
  readonly vendor: Vendor
  reset(): void
}

/** A whole vendor behind a function: no port, no time, nothing to clean up. */
export function createServer({
  empty = false,
  now = () => start * 1000,
}: {
  empty?: boolean
  now?: () => number
} = {}): Server {
  const vendor: Vendor = { ...usual, now }
  const filled = (): Store =>
    empty ? { ...createStore(vendor), chats: [], lines: [], contacts: [] } : createStore(vendor)
  const server: Server = {
    store: filled(),
    vendor,
    reset() {
      server.store = filled()
    },
    fetch: async (input, init) => {
      const request = new Request(input, init)
      request.signal.throwIfAborted()
      if (request.url.startsWith(fileHost)) return kept(server.store, request)
      const text = await request.text()
      const { status = 200, body, stream } = answer(server.store, request, text === '' ? {} : JSON.parse(text))
      if (stream) return new Response(streamOf(stream), { headers: { 'content-type': 'application/x-ndjson' } })
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
    if (!match) continue
    const { part, ...query } = Object.fromEntries(searchParams)
    const { id, ...groups } = match.pathname.groups
    // Of a row that is a question and its answer, the part says which.
    return run(store, { id: part === undefined ? id : `${id}#${part}`, ...groups, ...query, ...body } as Input)
  }
  return refuse(404)
}

/** The storage believes the key in the address. */
function kept(store: Store, request: Request): Response {
  const { pathname, searchParams } = new URL(request.url)
  const file = store.files.find(({ id }) => pathname === `/kept/${id}`)
  if (!file || searchParams.get('key') !== 'open') return new Response('', { status: 403 })
  const bytes = Uint8Array.from(atob(file.bytes), (letter) => letter.charCodeAt(0))
  return new Response(bytes, { headers: { 'content-type': file.type } })
}

function streamOf(parts: readonly string[]): ReadableStream<Uint8Array> {
  const left = parts.map((part) => new TextEncoder().encode(part))
  return new ReadableStream({
    pull(controller) {
      const part = left.shift()
      if (part) controller.enqueue(part)
      else controller.close()
    },
  })
}
