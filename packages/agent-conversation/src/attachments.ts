import {
  type Attachment,
  type AttachmentInput,
  type AttachmentOperations,
  amended,
  type Call,
  checkId,
  checkInput,
  checkText,
  DecodeError,
  invalid,
  isParleyError,
  isRecord,
  pathOf,
  vendorOptions,
} from '@parley/core'
import { checkFile, checkFileName, cleanFileName, download, type GivenFile } from '@parley/core/operations'
import type { Context } from './protocol.ts'

export const createAttachments = (context: Context): AttachmentOperations => ({
  upload: async (target, input, options) => {
    const call = context.begin('attachments.upload', options)
    const conversationId = checkId(call, target, 'conversation')
    vendorOptions(call, checkInput(call, input).vendor, {})
    const file = checkFile(call, input)
    const { fileName, storagePath } = await uploadFile(call, conversationId, file)
    return { fileName, contentType: file.contentType, uploadId: storagePath }
  },

  url: async (attachment, options) => ({
    url: await addressOf(context.begin('attachments.url', options), attachment),
  }),

  read: async (attachment, options) => {
    const call = context.begin('attachments.read', options)
    const { fileName, ...file } = await download(call, await addressOf(call, attachment))
    // The message calls it what it was sent as; the storage may call it by its place.
    const name = cleanFileName(attachment.fileName ?? '') ?? fileName
    return name === undefined ? file : { ...file, fileName: name }
  },
})

/** A new signed URL each time, because URLs expire after an undocumented time. */
async function addressOf(call: Call, given: Attachment): Promise<string> {
  const attachment = checkInput(call, given, 'attachment')
  const id = checkId(call, attachment, 'attachment')
  const conversationId = checkText(call, attachment.conversationId, 'attachment.conversationId')
  const path = pathOf`/conversations/${conversationId}/message-files/${id}/signed-url`
  return call.read({ path }, (body) => {
    const url = isRecord(body) ? body['signedUrl'] : undefined
    if (typeof url !== 'string') throw new DecodeError('signedUrl')
    return url
  })
}

/** A file as a message names it ("Message files"). */
interface UploadedFile {
  fileName: string
  storagePath: string
}

/** The files of an input: already uploaded, or to be uploaded. This vendor fetches no URL. */
export function checkFiles(
  call: Call,
  attachments: readonly AttachmentInput[] | undefined,
): (UploadedFile | GivenFile)[] {
  if (attachments === undefined || attachments === null) return []
  if (!Array.isArray(attachments)) throw invalid(call, 'attachments', 'must be a list')
  return attachments.map((attachment: AttachmentInput | null, index) => {
    const path = `attachments[${index}]`
    const { content, fileName, uploadId, url } = attachment ?? {}
    if (content !== undefined && uploadId === undefined) return checkFile(call, attachment ?? {}, path)
    if (uploadId === undefined && url !== undefined)
      throw invalid(call, `${path}.url`, 'cannot be sent: this vendor accepts only uploads (content, or an uploadId)')
    return {
      fileName: checkFileName(call, fileName, `${path}.fileName`),
      storagePath: checkText(call, uploadId, `${path}.uploadId`),
    }
  })
}

/**
 * Uploads the files that are not uploaded yet. `undefined`: there are none.
 *
 * @throws an error with the outcome `not-done`, if the operation has not written anything else, because a file without
 * a message is visible to nobody.
 */
export async function uploadFiles(
  call: Call,
  conversationId: string,
  files: readonly (UploadedFile | GivenFile)[],
): Promise<UploadedFile[] | undefined> {
  const uploaded: UploadedFile[] = []
  try {
    for (const file of files) uploaded.push('storagePath' in file ? file : await uploadFile(call, conversationId, file))
  } catch (error) {
    if (!isParleyError(error) || error.outcome !== undefined) throw error
    throw amended(error, { outcome: 'not-done', message: `${error.message} A file could not be uploaded.` })
  }
  return uploaded.length > 0 ? uploaded : undefined
}

/**
 * Requests an upload URL and uploads the file to it. The storage is not the API, so it gets no key. Both requests are
 * retried like reads, because a file without a message is visible to nobody.
 */
async function uploadFile(
  call: Call,
  conversationId: string,
  { fileName, contentType, content }: GivenFile,
): Promise<UploadedFile> {
  const path = pathOf`/conversations/${conversationId}/message-files/upload-url`
  const { url, storagePath } = await call.read(
    { method: 'POST', path, body: { fileName, contentType }, safe: true },
    (body) => {
      const { signedUrl, storagePath } = isRecord(body) ? body : {}
      if (typeof signedUrl !== 'string') throw new DecodeError('signedUrl')
      if (typeof storagePath !== 'string') throw new DecodeError('storagePath')
      return { url: signedUrl, storagePath }
    },
  )
  const headers = { 'content-type': contentType }
  await call.requestElsewhere(url, { method: 'PUT', body: content, headers, expect: 'none', safe: true })
  return { fileName, storagePath }
}
