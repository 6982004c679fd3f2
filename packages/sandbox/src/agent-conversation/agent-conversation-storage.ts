import { createHmac } from 'node:crypto'
import type { Context } from 'hono'
import type { Desk } from './agent-conversation-call.ts'
import type { AgentConversationSettings } from './agent-conversation-settings.ts'
import type { Upload } from './agent-conversation-state.ts'

type Verb = 'PUT' | 'GET'

interface Signer {
  readonly origin: string
  readonly settings: AgentConversationSettings
  readonly context: { now(): number }
}

/** A URL that needs no credential and works for one verb, one object and a while. */
export function signedUrl({ origin, settings, context }: Signer, verb: Verb, storagePath: string): string {
  const expires = context.now() + settings.signedUrlLifetime
  const query = new URLSearchParams({ expires: String(expires), signature: sign(verb, storagePath, String(expires)) })
  return `${origin}/storage/${storagePath}?${query}`
}

const sign = (verb: string, storagePath: string, expires: string): string =>
  createHmac('sha256', 'sandbox').update(`${verb}\n${storagePath}\n${expires}`).digest('hex')

/** The object storage beside the API: another system, which must never see an agent's key. */
export function storageEndpoints(desk: Desk): void {
  desk.app.on(['PUT', 'GET'], '/storage/*', async (c) => {
    const storagePath = decodeURIComponent(c.req.path.slice('/storage/'.length))
    const refused = refusal(c, desk, storagePath)
    if (refused) return refused
    const upload = desk.state.uploads.get(storagePath)
    if (!upload) return xml(c, 404, 'NoSuchKey', 'The specified key does not exist.')
    return c.req.method === 'PUT' ? receive(c, upload) : deliver(c, upload)
  })
}

function refusal(c: Context, { settings, context }: Desk, storagePath: string): Response | undefined {
  const credentials = [settings.authHeader, 'Agent-Secret-Key', 'Organization-Secret-Key', 'Authorization']
  if (credentials.some((name) => c.req.header(name) !== undefined)) {
    return xml(c, 400, 'InvalidArgument', 'Only one auth mechanism allowed; the signature is in the query.')
  }
  const { expires = '', signature } = c.req.query()
  if (signature !== sign(c.req.method, storagePath, expires)) {
    return xml(c, 403, 'SignatureDoesNotMatch', 'The request signature does not match.')
  }
  return Number(expires) < context.now() ? xml(c, 403, 'AccessDenied', 'Request has expired') : undefined
}

async function receive(c: Context, upload: Upload): Promise<Response> {
  if (c.req.header('content-type') !== upload.contentType) {
    return xml(c, 403, 'SignatureDoesNotMatch', 'The content type was signed as another.')
  }
  upload.bytes = new Uint8Array(await c.req.arrayBuffer())
  return c.body(null, 200)
}

const deliver = (c: Context, { bytes, contentType }: Upload): Response =>
  bytes ? c.body(bytes, 200, { 'content-type': contentType }) : xml(c, 404, 'NoSuchKey', 'Nothing was uploaded yet.')

const xml = (c: Context, status: 400 | 403 | 404, code: string, message: string): Response =>
  c.body(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`, status, {
    'content-type': 'application/xml',
  })
