import { checkText } from '../input/check.ts'
import { invalid } from '../input/invalid.ts'
import type { Call } from '../transport/call.ts'
import { cleanFileName } from './file-name.ts'

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
    call.reading.warn(
      'degraded',
      'The file is sent under a cleaned name: the path, control characters and invisible characters were removed from fileName.',
      {
        path,
      },
    )
  return name
}

const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[\t\x20-\x7e]*)?$/
