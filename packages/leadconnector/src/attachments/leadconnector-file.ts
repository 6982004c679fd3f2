import {
  type Attachment,
  type Call,
  checkId,
  checkInput,
  checkText,
  download,
  type FileAddress,
  type FileContent,
  fileIn,
  isRaw,
  pathOf,
  type Raw,
  type Reading,
  Unreadable,
  UnsupportedError,
} from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import { recordingEnd, secureFile } from '../read/read-leadconnector-attachment.ts'

export function checkAttachment(call: Call, attachment: Attachment): Attachment {
  checkId(call, checkInput(call, attachment, 'attachment'), 'attachment')
  return attachment
}

/** The message of which an attachment is the recording. */
const recordedMessage = ({ id, url }: Attachment): string | undefined =>
  url == null && id.endsWith(recordingEnd) ? id.slice(0, -recordingEnd.length) : undefined

/** Where a file can be fetched without the account's token: its own address, or one that the API signs for a while. */
export async function addressOf(client: LeadConnectorClient, call: Call, attachment: Attachment): Promise<FileAddress> {
  if (recordedMessage(attachment) !== undefined) throw noAddress(call)
  const url = checkText(call, attachment.url, 'attachment.url')
  const slug = secureFile.exec(url)?.[1]
  if (slug === undefined) return { url }
  // Asked of the API itself, whatever host the address names: the token goes nowhere else.
  return call.read(client.spec('conversations', { path: pathOf`/files/d/${slug}` }), readAddress)
}

/** The page describes the answer and declares no field of it; the vendor's own client has `url`. */
function readAddress(body: unknown, reading: Reading): FileAddress {
  const raw: Raw = isRaw(body) ? (isRaw(body['data']) ? body['data'] : body) : { url: body }
  const url = raw['url'] ?? raw['signedUrl']
  if (typeof url !== 'string' || url === '') throw new Unreadable('url')
  const expiresAt = reading.time(raw, 'expiresAt')
  return expiresAt ? { url, expiresAt } : { url }
}

export async function readFile(client: LeadConnectorClient, call: Call, attachment: Attachment): Promise<FileContent> {
  const messageId = recordedMessage(attachment)
  if (messageId === undefined) return download(call, (await addressOf(client, call, attachment)).url)
  const path = pathOf`/conversations/messages/${messageId}/locations/${client.locationId}/recording`
  return fileIn(await call.request(client.spec('conversations', { path, expect: 'bytes' })))
}

const noAddress = (call: Call): UnsupportedError =>
  new UnsupportedError({
    vendor: call.vendor,
    account: call.account,
    operation: call.operation,
    message: `${call.vendor} "${call.account}", ${call.operation}: a recording has no address of its own; attachments.read gives it.`,
    fields: [{ path: 'attachment', problem: 'has no address' }],
  })
