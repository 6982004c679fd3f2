import {
  type Attachment,
  type AttachmentInput,
  type AttachmentOperations,
  type Call,
  checkId,
  checkInput,
  checkText,
  checkUrl,
  DecodeError,
  errorOf,
  type FileAddress,
  type FileContent,
  flag,
  invalid,
  isRecord,
  type OptionRules,
  type ParleyError,
  type Payload,
  type PayloadReader,
  pathOf,
  vendorOptions,
} from '@parley/core'
import { checkFile, checkFileName, download, fileIn, type GivenFile } from '@parley/core/operations'
import type { LeadConnectorUploadOptions } from './options.ts'
import type { Context } from './protocol.ts'
import { recordingEnd, secureFile } from './read/message.ts'

export interface LeadConnectorAttachments extends AttachmentOperations {
  /**
   * A file has at most 5 MB and one of the vendor's types. An upload can be retried, because an unused file does no
   * harm.
   *
   * @throws InvalidRequestError for a file that is too large or of another type, before anything is sent.
   */
  upload: AttachmentOperations['upload']
  /**
   * An `open` file can currently be fetched from its `url`. A `fetchable` one (`…/files/d/…`) is private: the API signs
   * a short-lived address, which needs the scope `files.readonly`.
   *
   * @throws UnsupportedError for the recording of a call, which has no address; `read` returns it.
   */
  url: AttachmentOperations['url']
  /**
   * The file, fetched without the account's token. The recording of a call comes from the API itself, as
   * `audio/x-wav`.
   *
   * @throws NotFoundError for a call that was not recorded.
   */
  read: AttachmentOperations['read']
}

const ownOptions: OptionRules<LeadConnectorUploadOptions> = {
  isSecureAttachment: flag,
  chatServiceSid: checkText,
  isGroupSms: flag,
}

export const createAttachments = (context: Context): LeadConnectorAttachments => ({
  async upload(conversation, input, options) {
    const call = context.begin('attachments.upload', options)
    const conversationId = checkId(call, conversation, 'conversation')
    const own = vendorOptions(call, checkInput(call, input).vendor, ownOptions)
    return uploadFile(context, call, checkUpload(call, input), { conversationId }, own)
  },

  async url(attachment, options) {
    const call = context.begin('attachments.url', options)
    return addressOf(context, call, checkAttachment(call, attachment))
  },

  async read(attachment, options) {
    const call = context.begin('attachments.read', options)
    return readFile(context, call, checkAttachment(call, attachment))
  },
})

function checkAttachment(call: Call, attachment: Attachment): Attachment {
  checkId(call, checkInput(call, attachment, 'attachment'), 'attachment')
  return attachment
}

/** The message of which an attachment is the recording. */
const recordedMessage = ({ id, url }: Attachment): string | undefined =>
  url == null && id.endsWith(recordingEnd) ? id.slice(0, -recordingEnd.length) : undefined

/** An address that needs no token: the file's own, or a short-lived one that the API signs. */
async function addressOf(context: Context, call: Call, attachment: Attachment): Promise<FileAddress> {
  if (recordedMessage(attachment) !== undefined) throw noAddress(call)
  const url = checkText(call, attachment.url, 'attachment.url')
  const slug = secureFile.exec(url)?.[1]
  if (slug === undefined) return { url }
  // The request goes to the API, whatever host the address names, because the token must go nowhere else.
  return call.read(context.spec('conversations', { path: pathOf`/files/d/${slug}` }), readAddress)
}

/** The vendor's page declares no field of the response; the vendor's own client reads `url`. */
function readAddress(body: unknown, reading: PayloadReader): FileAddress {
  const raw: Payload = isRecord(body) ? (isRecord(body['data']) ? body['data'] : body) : { url: body }
  const url = raw['url'] ?? raw['signedUrl']
  if (typeof url !== 'string' || url === '') throw new DecodeError('url')
  const expiresAt = reading.time(raw, 'expiresAt')
  return expiresAt ? { url, expiresAt } : { url }
}

async function readFile(context: Context, call: Call, attachment: Attachment): Promise<FileContent> {
  const messageId = recordedMessage(attachment)
  if (messageId === undefined) return download(call, (await addressOf(context, call, attachment)).url)
  const path = pathOf`/conversations/messages/${messageId}/locations/${context.locationId}/recording`
  return fileIn(await call.request(context.spec('conversations', { path, expect: 'bytes' })))
}

const noAddress = (call: Call): ParleyError =>
  errorOf(call, 'unsupported', 'a recording has no address of its own; read it with attachments.read.', {
    fields: [{ path: 'attachment', problem: 'has no address' }],
    outcome: undefined,
  })

/** The file's owner. The vendor declares both ids as required but accepts one. */
interface UploadTarget {
  conversationId?: string | undefined
  contactId?: string | undefined
}

type Uploaded = AttachmentInput & { url: string }

/**
 * `POST /conversations/messages/upload`, one file at a time, because the response identifies files by name and two
 * files can have the same name. Uploading a file twice does no harm, so this is retried like a read.
 */
function uploadFile(
  context: Context,
  call: Call,
  { content, contentType, fileName }: GivenFile,
  target: UploadTarget,
  own: Partial<LeadConnectorUploadOptions> = {},
): Promise<Uploaded> {
  const form = new FormData()
  for (const [key, value] of Object.entries({ locationId: context.locationId, ...target, ...own })) {
    if (value !== undefined) form.append(key, String(value))
  }
  form.append('fileAttachment', new Blob([content as BlobPart], { type: contentType }), fileName)
  const path = '/conversations/messages/upload'
  // A file without a message has no effect.
  const spec = context.spec('conversations', { method: 'POST', path, body: form, safe: true })
  return call.read(spec, (body, reading): Uploaded => {
    if (!isRecord(body)) throw new DecodeError('')
    const urls = body['uploadedFiles']
    const url = isRecord(urls) ? (urls[fileName] ?? Object.values(urls)[0]) : undefined
    if (typeof url !== 'string' || url === '') throw new DecodeError('uploadedFiles')
    const uploaded: Uploaded = { url, fileName, contentType }
    const [mediaId] = reading.texts(body, 'twilioMediaSids') ?? []
    if (mediaId !== undefined) uploaded.uploadId = mediaId
    return uploaded
  })
}

/** The addresses of a message's files. Files given as bytes are uploaded. */
export async function withAddresses(
  context: Context,
  call: Call,
  attachments: readonly GivenAttachment[],
  target: UploadTarget,
): Promise<Uploaded[]> {
  const uploaded: Uploaded[] = []
  for (const attachment of attachments) {
    uploaded.push(attachment.url === undefined ? await uploadFile(context, call, attachment, target) : attachment)
  }
  return uploaded
}

/** "Upload file attachments": five files of 5 MB each, with one of these endings. */
const mostFiles = 5
const mostBytes = 5 * 1024 * 1024
const endings =
  /\.(?:jpe?g|png|gif|svg|heic|ai|mp4|mpeg|3gp|mp3|wave?|aif[fc]?|gsm|ulaw|ogg|aac|m4a|amr|pdf|docx?|txt|csv|xlsx?|pptx?|odt|zip|rar|vcf|vcard|ics)$/i

/** A file of a message: one that has an address, or one to be uploaded first. */
export type GivenAttachment = (AttachmentInput & { url: string }) | (GivenFile & { url?: undefined })

/** @throws InvalidRequestError */
export function checkAttachments(call: Call, given: readonly AttachmentInput[] | undefined): GivenAttachment[] {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) throw invalid(call, 'attachments', 'must be a list')
  const attachments = given.map((attachment: AttachmentInput, index): GivenAttachment => {
    const path = `attachments[${index}]`
    const { url, content, fileName } = checkInput(call, attachment, path)
    if (url === undefined && content !== undefined) return checkUpload(call, attachment, path)
    const named = fileName == null ? {} : { fileName: checkFileName(call, fileName, `${path}.fileName`) }
    return { ...attachment, ...named, url: checkUrl(call, url, `${path}.url`) }
  })
  if (attachments.filter(({ url }) => url === undefined).length > mostFiles)
    throw invalid(call, 'attachments', `must have at most ${mostFiles} files`)
  return attachments
}

/** @throws InvalidRequestError */
function checkUpload(call: Call, input: AttachmentInput, path = ''): GivenFile {
  const file = checkFile(call, input, path, mostBytes)
  if (!endings.test(file.fileName))
    throw invalid(call, path ? `${path}.fileName` : 'fileName', 'must have a file extension that the vendor accepts')
  return file
}
