import nock from 'nock'

/** What arrived at the storage, which is no part of the API. */
export interface Stored {
  method: string
  path: string
  headers: Record<string, string>
  bytes: Uint8Array
}

export const storage = 'https://storage.example'

const ours = ['content-type', 'agent-secret-key', 'authorization']

/** Serves one request to a signed URL. */
export function serveStorage(method: 'PUT' | 'GET', path: string, status = 200, body?: Buffer, headers = {}): Stored[] {
  const seen: Stored[] = []
  nock(storage)
    .intercept(path, method)
    .reply(async (request: Request) => {
      const kept = ours.flatMap((name) => (request.headers.has(name) ? [[name, request.headers.get(name)]] : []))
      const { pathname, search } = new URL(request.url)
      const bytes = new Uint8Array(await request.arrayBuffer())
      seen.push({ method: request.method, path: pathname + search, headers: Object.fromEntries(kept), bytes })
      return [status, body ?? '', headers]
    })
  return seen
}
