import { type AgentCall, agentRoute, type Desk } from './agent-conversation-call.ts'
import { badRequest, notFound } from './agent-conversation-errors.ts'
import type { StoredAgentFile } from './agent-conversation-state.ts'
import { signedUrl } from './agent-conversation-storage.ts'
import { iso } from './agent-conversation-time.ts'

/** The agent's knowledge. */
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
  // Whoever looks again finds that the processing has ended.
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
