import {
  type Attachment,
  type AttachmentInput,
  type Call,
  checkId,
  checkText,
  type FileAddress,
  invalid,
  type Operations,
  pathOf,
  type Transport,
} from '@parley/core'
import { checkFile, download } from '@parley/core/operations'
import { object } from './read.ts'

export function filesOf(transport: Transport): Pick<Operations, 'attachments'> {
  return {
    attachments: {
      upload: async (conversation, input, options) => {
        const call = transport.begin('attachments.upload', options)
        const { fileName, contentType } = checkFile(call, input)
        const uploadId = await upload(call, checkId(call, conversation, 'conversation'), input)
        return { uploadId, fileName, contentType }
      },
      url: async (attachment, options) => addressOf(transport.begin('attachments.url', options), attachment),
      read: async (attachment, options) => {
        const call = transport.begin('attachments.read', options)
        return download(call, (await addressOf(call, attachment)).url)
      },
    },
  }
}

const addressOf = async (call: Call, attachment: Attachment): Promise<FileAddress> =>
  call.read({ path: `${pathOf`/files/${checkId(call, attachment, 'attachment')}`}/address` }, (body, reading) => {
    const expiresAt = reading.time(object(body), 'until')
    return { url: String(object(body)['address']), ...(expiresAt && { expiresAt }) }
  })

async function upload(call: Call, conversationId: string, input: AttachmentInput, path = ''): Promise<string> {
  const { fileName, contentType, content } = checkFile(call, input, path)
  const bytes = new Uint8Array(content instanceof Blob ? await content.arrayBuffer() : content)
  const body = { name: fileName, type: contentType, bytes: btoa(String.fromCharCode(...bytes)) }
  return call.read(
    { method: 'POST', path: `${pathOf`/chats/${conversationId}`}/files`, body, idempotent: true },
    (answer, reading) => reading.id(object(answer)),
  )
}

/** The ids of the files of a message; what is given by its bytes is uploaded. */
export async function fileIds(call: Call, id: string, given: readonly AttachmentInput[] = []): Promise<string[]> {
  const ids: string[] = []
  for (const [index, file] of given.entries()) {
    const path = `attachments[${index}]`
    if (file.url !== undefined) throw invalid(call, `${path}.url`, 'cannot be sent: only uploads')
    if (file.content === undefined) ids.push(checkText(call, file.uploadId, `${path}.uploadId`))
    else ids.push(await upload(call, id, file, path))
  }
  return ids
}
