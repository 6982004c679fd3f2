import { type AttachmentInput, checkInput, isRecord } from '@parley/core'
import { placeOf, wrongArgument } from '../ref-parts.ts'
import { isText } from '../store/cursor-parts.ts'
import type { DeskNoteInput, DeskReplyInput } from './desk.ts'
import type { StoredAttachment, StoredInput } from './outbox.ts'

/** The most bytes of all files of a send. */
const mostBytes = 50 * 2 ** 20

/** Checks the fields of the desk, and those of the operation. @throws InvalidRequestError */
export function checkDeskInput(kind: 'reply' | 'note', given: DeskReplyInput | DeskNoteInput): DeskReplyInput {
  if (!isRecord(given)) throw wrongArgument(kind, 'input', 'must be an object')
  const { expectLastMessage: expected, key, takeOver, ...input } = { ...given } as DeskReplyInput
  checkExpected(kind, expected)
  if (key !== undefined && !(typeof key === 'string' && key !== '' && key.length <= 200 && isText(key)))
    throw wrongArgument(kind, 'key', 'must be a string of 1 to 200 characters')
  if (takeOver !== undefined && (kind === 'note' || takeOver !== 'if-needed'))
    throw wrongArgument(kind, 'takeOver', kind === 'note' ? 'is not a field of a note' : 'must be "if-needed"')
  for (const name of ['operatorId', 'sendAt', 'after'])
    if (Object.hasOwn(input, name)) throw wrongArgument(kind, name, 'is not a field of this command')
  const checked = checkInput(placeOf(`messages.${kind}`), input)
  if (!isJson(checked.vendor)) throw wrongArgument(kind, 'vendor', 'must be an object of JSON')
  if (typeof checked.text !== 'string' || (checked.text === '' && !checked.attachments?.length))
    throw wrongArgument(kind, 'text', 'must be a non-empty string')
  return {
    ...checked,
    ...(expected !== undefined && { expectLastMessage: expected }),
    ...(key !== undefined && { key }),
    ...(takeOver !== undefined && { takeOver }),
  }
}

function isJson(value: unknown): boolean {
  try {
    return value === undefined || JSON.stringify(value) !== undefined
  } catch {
    return false
  }
}

export function checkExpected(operation: string, expected: unknown): void {
  if (expected === undefined || expected === null || typeof expected === 'string') return
  throw wrongArgument(operation, 'expectLastMessage', 'must be null, the ref of a message, or the id of a send')
}

/** The attachments as they are stored, and the bytes of those that have some. */
export async function filesIn(
  kind: string,
  given: readonly AttachmentInput[] = [],
): Promise<{ attachments: StoredAttachment[]; files: (Uint8Array | undefined)[] }> {
  const files: (Uint8Array | undefined)[] = []
  let total = 0
  const attachments: StoredAttachment[] = []
  for (const { content, ...rest } of given) {
    const bytes = content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content
    total += bytes?.byteLength ?? 0
    if (total > mostBytes) throw wrongArgument(kind, 'attachments', `must have at most ${mostBytes} bytes together`)
    files.push(bytes)
    attachments.push({ ...rest, ...(bytes && { size: bytes.byteLength, digest: await digestOf(bytes) }) })
  }
  return { attachments, files }
}

const digestOf = async (bytes: Uint8Array): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes as BufferSource)).toString('hex')

/** What the contact or the colleagues get, as a text that is the same for the same content. */
export function contentOf({
  text,
  html,
  subject,
  channel,
  inReplyTo,
  vendor,
  mentions,
  attachments,
}: StoredInput): string {
  const files = attachments?.map(({ url, uploadId, fileName, contentType, digest }) => [
    url,
    uploadId,
    fileName,
    contentType,
    digest,
  ])
  return JSON.stringify([text, html, subject, channel, inReplyTo, vendor, mentions, files])
}
