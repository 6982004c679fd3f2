import { createHmac } from 'node:crypto'
import type { Context } from 'hono'
import { type AgentCall, agentRoute, conversationOf, type Desk } from './call.ts'
import { badRequest, type Fields, fieldsOf, notFound } from './errors.ts'
import type { AgentConversationSettings } from './settings.ts'
import { iso, type StoredAgentFile, type StoredConversation, type StoredMessageFile, type Upload } from './state.ts'

type Verb = 'PUT' | 'GET'

interface Signer {
  readonly origin: string
  readonly settings: AgentConversationSettings
  readonly context: { now(): number }
}

/** A URL that works without a credential, for one method and one object, until it expires. */
function signedUrl({ origin, settings, context }: Signer, verb: Verb, storagePath: string): string {
  const expires = context.now() + settings.signedUrlLifetime
  const query = new URLSearchParams({ expires: String(expires), signature: sign(verb, storagePath, String(expires)) })
  return `${origin}/storage/${storagePath}?${query}`
}

const sign = (verb: string, storagePath: string, expires: string): string =>
  createHmac('sha256', 'sandbox').update(`${verb}\n${storagePath}\n${expires}`).digest('hex')

/** The object storage beside the API. It is another system, and must never receive an agent's key. */
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

export function messageFileEndpoints(desk: Desk): void {
  agentRoute(desk, 'POST', '/conversations/:id/message-files/upload-url', async (call) => {
    const { id } = conversationOf(call)
    return call.c.json(await prepareUpload(call, `message-files/${id}`))
  })
  agentRoute(desk, 'GET', '/conversations/:id/message-files/:fileId/signed-url', (call) => {
    const conversation = conversationOf(call)
    const file = call.state.messageFiles.get(call.path('fileId'))
    if (file?.conversationId !== conversation.id) throw notFound()
    return call.c.json({ signedUrl: signedUrl(call, 'GET', file.storagePath), fileId: file.id })
  })
}

/** Creates the storage entry and the upload URL of one file. */
export async function prepareUpload(call: AgentCall, folder: string): Promise<object> {
  const fields = fieldsOf(await call.body())
  const fileName = fields.text('fileName', { required: true }) ?? ''
  const contentType = fields.text('contentType', { required: true }) ?? ''
  fields.check()
  const storagePath = `${folder}/${call.state.newId()}/${fileName.replace(/[^\w.-]/g, '_')}`
  call.state.uploads.set(storagePath, { contentType, bytes: null })
  return { signedUrl: signedUrl(call, 'PUT', storagePath), storagePath }
}

/** Checks the files that a message refers to. The returned function stores them, once the whole body is valid. */
export function attachFiles(
  fields: Fields,
  { state }: AgentCall,
  { id: conversationId }: StoredConversation,
): () => StoredMessageFile[] {
  const named = fields.records('files', ['fileName', 'storagePath'])
  for (const { storagePath } of named) {
    if (!state.uploads.has(storagePath)) fields.refuse(`storagePath ${storagePath} does not exist`)
  }
  return () =>
    named.map(({ fileName, storagePath }) => {
      const file: StoredMessageFile = {
        id: state.newId(),
        conversationId,
        fileName,
        openAIFileId: `file-${state.newId().replaceAll('-', '').slice(0, 22)}`,
        storagePath,
        size: state.uploads.get(storagePath)?.bytes?.length ?? null,
        createdAt: state.tick(),
      }
      state.messageFiles.set(file.id, file)
      return file
    })
}

/** The files of the agent's knowledge. */
export function agentFileEndpoints(desk: Desk): void {
  agentRoute(desk, 'POST', '/agent-files/upload', upload)
  agentRoute(desk, 'GET', '/agent-files/by-api-key', list)
  agentRoute(desk, 'DELETE', '/agent-files', removeMany)
  agentRoute(desk, 'DELETE', '/agent-files/:id/delete', (call) => {
    const file = fileOf(call)
    call.state.agentFiles.delete(file.id)
    return call.c.json(show(call, file))
  })
  agentRoute(desk, 'DELETE', '/agent-files/:id/delete-from-vector-store', (call) => {
    const file = fileOf(call)
    file.vectorStoreFileId = null
    file.status = null
    file.uploadedToVectorStoreAt = null
    return call.c.json(show(call, file))
  })
  agentRoute(desk, 'PUT', '/agent-files/:id/add-to-vector-store', (call) => {
    const file = fileOf(call)
    addToVectorStore(call, file)
    return call.c.json(show(call, file))
  })
  agentRoute(desk, 'PUT', '/agent-files/:id/add-to-vector-store/async', (call) => {
    const file = fileOf(call)
    file.status = 'processing'
    return call.c.json(show(call, file))
  })
}

async function upload(call: AgentCall): Promise<Response> {
  const form = await call.c.req.parseBody()
  const given = form['file']
  if (!(given instanceof File)) throw badRequest('file should not be empty')
  const id = call.state.newId()
  const file: StoredAgentFile = {
    id,
    agentId: call.agent.id,
    fileName: given.name,
    url: null,
    storagePath: `agent-files/${id}`,
    vectorStoreFileId: null,
    status: null,
    uploadedToVectorStoreAt: null,
    createdAt: call.state.tick(),
  }
  call.state.uploads.set(file.storagePath, {
    contentType: given.type || 'application/octet-stream',
    bytes: new Uint8Array(await given.arrayBuffer()),
  })
  call.state.agentFiles.set(id, file)
  if (form['autoAddToVectorStore'] === 'true') addToVectorStore(call, file)
  return call.c.json(show(call, file))
}

function list(call: AgentCall): Response {
  const files = [...call.state.agentFiles.values()].filter(({ agentId }) => agentId === call.agent.id)
  const shown = files.map((file) => show(call, file))
  // The status in this response is still `processing`. The next list shows the file as processed.
  for (const file of files) if (file.status === 'processing') addToVectorStore(call, file)
  if (call.settings.agentFilesShape === 'envelope') return call.c.json({ data: shown })
  return call.c.json(call.settings.agentFilesShape === 'object' ? (shown.at(-1) ?? null) : shown)
}

async function removeMany(call: AgentCall): Promise<Response> {
  const { fileIds } = await call.body()
  if (!Array.isArray(fileIds)) throw badRequest('fileIds must be an array')
  for (const id of fileIds) {
    if (call.state.agentFiles.get(id)?.agentId === call.agent.id) call.state.agentFiles.delete(id)
  }
  return call.c.json({ fileIds })
}

function fileOf({ state, agent, path }: AgentCall): StoredAgentFile {
  const file = state.agentFiles.get(path('id'))
  if (file?.agentId !== agent.id) throw notFound()
  return file
}

function addToVectorStore({ state }: AgentCall, file: StoredAgentFile): void {
  file.vectorStoreFileId ??= `file-${state.newId().replaceAll('-', '').slice(0, 22)}`
  file.status = 'done'
  file.uploadedToVectorStoreAt = state.tick()
}

const show = (call: AgentCall, file: StoredAgentFile): object => ({
  id: file.id,
  fileName: file.fileName,
  url: file.url ?? signedUrl(call, 'GET', file.storagePath),
  createdAt: iso(file.createdAt),
  vectorStoreFileId: file.vectorStoreFileId ?? undefined,
  isUploadedToVectorStore: file.status === null ? null : file.status === 'done',
  vectorStoreUploadStatus: file.status,
  uploadedToVectorStoreAt: file.uploadedToVectorStoreAt === null ? undefined : iso(file.uploadedToVectorStoreAt),
})
