import { type AttachmentInput, type Call, type GivenFile, isRaw, Unreadable } from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import type { LeadConnectorUploadOptions } from '../leadconnector-vendor-options.ts'
import type { GivenAttachment } from './leadconnector-attachment-input.ts'

/** Whose file it is; the vendor declares both as required and takes one. */
export interface UploadTarget {
  conversationId?: string | undefined
  contactId?: string | undefined
}

type Uploaded = AttachmentInput & { url: string }

/**
 * `POST /conversations/messages/upload`, one file at a time: its answer names files by their names, of which two may be
 * alike. A file that is uploaded twice harms nobody, so that this is repeated like a read.
 */
export function uploadFile(
  client: LeadConnectorClient,
  call: Call,
  { content, contentType, fileName }: GivenFile,
  target: UploadTarget,
  own: Partial<LeadConnectorUploadOptions> = {},
): Promise<Uploaded> {
  const form = new FormData()
  for (const [key, value] of Object.entries({ locationId: client.locationId, ...target, ...own })) {
    if (value !== undefined) form.append(key, String(value))
  }
  form.append('fileAttachment', new Blob([content as BlobPart], { type: contentType }), fileName)
  const path = '/conversations/messages/upload'
  // A file that no message names is nothing to anybody.
  const spec = client.spec('conversations', { method: 'POST', path, body: form, safe: true })
  return call.read(spec, (body, reading): Uploaded => {
    if (!isRaw(body)) throw new Unreadable('')
    const urls = body['uploadedFiles']
    const url = isRaw(urls) ? (urls[fileName] ?? Object.values(urls)[0]) : undefined
    if (typeof url !== 'string' || url === '') throw new Unreadable('uploadedFiles')
    const uploaded: Uploaded = { url, fileName, contentType }
    const [mediaId] = reading.texts(body, 'twilioMediaSids') ?? []
    if (mediaId !== undefined) uploaded.uploadId = mediaId
    return uploaded
  })
}

/** The files of a message with their addresses: those that are given as bytes are uploaded. */
export async function withAddresses(
  client: LeadConnectorClient,
  call: Call,
  attachments: readonly GivenAttachment[],
  target: UploadTarget,
): Promise<Uploaded[]> {
  const uploaded: Uploaded[] = []
  for (const attachment of attachments) {
    uploaded.push(attachment.url === undefined ? await uploadFile(client, call, attachment, target) : attachment)
  }
  return uploaded
}
