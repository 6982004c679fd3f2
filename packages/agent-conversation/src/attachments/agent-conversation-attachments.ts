import {
  type Attachment,
  type AttachmentOperations,
  type Call,
  checkFile,
  checkId,
  checkInput,
  checkText,
  cleanFileName,
  download,
  isRaw,
  pathOf,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import { type AgentConversationContext, begin } from '../agent-conversation-context.ts'
import { uploadFile } from './agent-conversation-upload.ts'

export const createAttachments = (context: AgentConversationContext): AttachmentOperations => ({
  upload: async (target, input, options) => {
    const call = begin(context, 'attachments.upload', options)
    const conversationId = checkId(call, target, 'conversation')
    vendorOptions(call, checkInput(call, input).vendor, {})
    const file = checkFile(call, input)
    const { fileName, storagePath } = await uploadFile(call, conversationId, file)
    return { fileName, contentType: file.contentType, uploadId: storagePath }
  },

  url: async (attachment, options) => ({
    url: await addressOf(begin(context, 'attachments.url', options), attachment),
  }),

  read: async (attachment, options) => {
    const call = begin(context, 'attachments.read', options)
    const { fileName, ...file } = await download(call, await addressOf(call, attachment))
    // The message calls it what it was sent as; the storage may call it by its place.
    const name = cleanFileName(attachment.fileName ?? '') ?? fileName
    return name === undefined ? file : { ...file, fileName: name }
  },
})

/** A signed URL, which ends after a while that is not documented: a new one each time. */
async function addressOf(call: Call, given: Attachment): Promise<string> {
  const attachment = checkInput(call, given, 'attachment')
  const id = checkId(call, attachment, 'attachment')
  const conversationId = checkText(call, attachment.conversationId, 'attachment.conversationId')
  const path = pathOf`/conversations/${conversationId}/message-files/${id}/signed-url`
  return call.read({ path }, (body) => {
    const url = isRaw(body) ? body['signedUrl'] : undefined
    if (typeof url !== 'string') throw new Unreadable('signedUrl')
    return url
  })
}
