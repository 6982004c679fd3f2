import type { FileContent } from '../contract/results.ts'
import { checkText, invalid } from '../input/check.ts'
import { compact } from '../read/text.ts'
import type { Call, VendorReply } from '../transport/protocol.ts'
import { cleanFileName, dispositionName } from './file-name.ts'

/** A file that is ready to be sent. */
export interface GivenFile {
  fileName: string
  contentType: string
  content: Blob | Uint8Array
}

/**
 * The file of an input, under a clean name. Its media type is the given one, or else the blob's, or else
 * `application/octet-stream`.
 *
 * @param path the path in the input, such as `attachments[0]`. Empty: the input itself.
 * @param largest in bytes, where the vendor documents a limit.
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
 * The name that a file is sent under, cleaned with `cleanFileName`. A warning reports a change.
 *
 * @throws InvalidRequestError when no name is left, as for `..`.
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
 * Downloads a file from an address that the vendor returned, without the account's credential. The file may have at
 * most `maxResponseBytes`. Redirects to other hosts are followed if each is a public HTTPS address.
 *
 * @throws InvalidRequestError for an address that is not public HTTPS or has expired.
 */
export const download = async (call: Call, url: string): Promise<FileContent> =>
  fileIn(await call.requestElsewhere(url, { expect: 'bytes' }))

/** The file in a response that was requested as bytes. */
export const fileIn = ({ body, headers }: VendorReply): FileContent =>
  compact<FileContent>({
    bytes: body as Uint8Array,
    contentType: headers.get('content-type') ?? undefined,
    fileName: dispositionName(headers.get('content-disposition') ?? ''),
  })
