import type { FileContent } from '../contract/results.ts'
import { checkText, invalid } from '../input/check.ts'
import { compact } from '../read/text.ts'
import type { Call, VendorReply } from '../transport/protocol.ts'
import { cleanFileName, dispositionName } from './file-name.ts'

/** A file that is there to be sent. */
export interface GivenFile {
  fileName: string
  contentType: string
  content: Blob | Uint8Array
}

/**
 * The file of an input, under a clean name, with the media type that is said, the blob's own, or the one that says nothing.
 *
 * @param path where it is in the input, `attachments[0]`; empty: it is the input itself.
 * @param largest in bytes, where the vendor documents it.
 * @throws InvalidRequestError
 */
export function checkFile(
  call: Call,
  { fileName, contentType, content }: { fileName?: unknown; contentType?: unknown; content?: unknown },
  path = '',
  largest: number = Number.POSITIVE_INFINITY,
): GivenFile {
  const at = (name: string) => (path ? `${path}.${name}` : name)
  const isBlob = content instanceof Blob
  if (!isBlob && !(content instanceof Uint8Array)) throw invalid(call, at('content'), 'must be a Blob or a Uint8Array')
  if ((isBlob ? content.size : content.byteLength) > largest)
    throw invalid(call, at('content'), `must have at most ${largest} bytes`)
  const type = contentType ?? ((isBlob && content.type) || 'application/octet-stream')
  if (typeof type !== 'string' || !mediaType.test(type))
    throw invalid(call, at('contentType'), 'must be a media type such as image/png')
  return { fileName: checkFileName(call, fileName, at('fileName')), contentType: type, content }
}

/**
 * The name that a file is sent under: what is given, made nothing but a name (`cleanFileName`). A warning says when that
 * changes it.
 *
 * @throws InvalidRequestError for what is no name at all, such as `..`.
 */
export function checkFileName(call: Call, given: unknown, path: string): string {
  const text = checkText(call, given, path)
  const name = cleanFileName(text)
  if (name === undefined) throw invalid(call, path, 'must be the name of a file')
  if (name !== text)
    call.reading.warn('degraded', 'The path, control characters and invisible characters were removed from fileName.', {
      path,
    })
  return name
}

const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[\t\x20-\x7e]*)?$/

/**
 * The file at an address that the vendor handed out, without the account's credential, at most `maxResponseBytes` of it.
 *
 * It follows redirects to other hosts, each of which has to be public HTTPS.
 *
 * @throws InvalidRequestError for an address that is not public HTTPS, or has expired.
 */
export const download = async (call: Call, url: string): Promise<FileContent> =>
  fileIn(await call.requestElsewhere(url, { expect: 'bytes' }))

/** The file that an answer is, where it was asked for as bytes. */
export const fileIn = ({ body, headers }: VendorReply): FileContent =>
  compact<FileContent>({
    bytes: body as Uint8Array,
    contentType: headers.get('content-type') ?? undefined,
    fileName: dispositionName(headers.get('content-disposition') ?? ''),
  })
