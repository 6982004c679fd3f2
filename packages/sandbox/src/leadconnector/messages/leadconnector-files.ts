import type { Hono } from 'hono'
import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { notFound, ok, type Reply } from '../http/leadconnector-reply.ts'
import type { State, StoredFile } from '../state/leadconnector-state.ts'

const publicFor = 3_600_000

/** A secure attachment is public for an hour; then its address gives a short-lived one to who may read files. */
export const fileEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'GET',
    path: '/files/d/:slug',
    family: 'files',
    scope: 'files.readonly',
    handle: resolveFile,
  },
]

function resolveFile({ location, params, origin, now }: LocationCall): Reply {
  const slug = params['slug'] ?? ''
  const file = location.files.get(slug)
  if (!file) return notFound('File not found')
  return ok({
    url: `${origin}/files/p/${slug}?expires=${now + 300_000}`,
    asset_id: slug,
    content_type: file.type,
    filename: file.name,
    size: file.bytes.byteLength,
    allow_download: true,
  })
}

function find(state: State, slug: string): StoredFile | undefined {
  return [...state.locations.values()].flatMap(({ files }) => files.get(slug) ?? [])[0]
}

/** What browsers and inboxes load without a token. */
export function serveFiles(app: Hono, currentState: () => State): void {
  const send = ({ bytes, type }: StoredFile) =>
    new Response(bytes, { headers: { 'Content-Type': type || 'application/octet-stream' } })
  app.get('/files/p/:slug', (c) => {
    const file = find(currentState(), c.req.param('slug'))
    const alive = Number(c.req.query('expires') ?? 0) >= currentState().context.now()
    return file && (!file.secure || alive) ? send(file) : c.text('Not found', 404)
  })
  app.get('/files/d/:slug', (c, next) => {
    const file = find(currentState(), c.req.param('slug'))
    const open = file && currentState().context.now() - file.uploadedAt < publicFor
    return open && !c.req.header('authorization') ? Promise.resolve(send(file)) : next()
  })
}
