import { type AgentCall, agentRoute, conversationOf, type Desk } from './agent-conversation-call.ts'
import { notFound } from './agent-conversation-errors.ts'
import { type Fields, fieldsOf } from './agent-conversation-fields.ts'
import type { StoredConversation, StoredMessageFile } from './agent-conversation-state.ts'
import { signedUrl } from './agent-conversation-storage.ts'

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

/** Reserves a place in the storage for one file. */
export async function prepareUpload(call: AgentCall, folder: string): Promise<object> {
  const fields = fieldsOf(await call.body())
  const fileName = fields.text('fileName', { required: true }) ?? ''
  const contentType = fields.text('contentType', { required: true }) ?? ''
  fields.check()
  const storagePath = `${folder}/${call.state.newId()}/${fileName.replace(/[^\w.-]/g, '_')}`
  call.state.uploads.set(storagePath, { contentType, bytes: null })
  return { signedUrl: signedUrl(call, 'PUT', storagePath), storagePath }
}

/** Checks the files that a message names; what it returns stores them, once the whole body is known to be good. */
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
