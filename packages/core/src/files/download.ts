import type { FileContent } from '../contract/results.ts'
import { compact } from '../read/compact.ts'
import type { Call, VendorReply } from '../transport/call.ts'

/**
 * The file at an address that the vendor handed out, without the account's credential, at most `maxResponseBytes` of it.
 *
 * @throws InvalidRequestError for an address that is not public HTTPS.
 */
export const download = async (call: Call, url: string): Promise<FileContent> =>
  fileIn(await call.requestElsewhere(url, { expect: 'bytes' }))

/** The file that an answer is, where it was asked for as bytes. */
export const fileIn = ({ body, headers }: VendorReply): FileContent =>
  compact<FileContent>({
    bytes: body as Uint8Array,
    contentType: headers.get('content-type') ?? undefined,
    fileName: nameIn(headers.get('content-disposition') ?? ''),
  })

/** The name that the storage gives the file. The encoded form wins, because the other one may be a stand-in for it. */
function nameIn(disposition: string): string | undefined {
  const [, encoded] = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition) ?? []
  const [, quoted, plain] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? []
  try {
    if (encoded) return decodeURIComponent(encoded.trim())
  } catch {}
  return quoted?.replace(/\\(.)/g, '$1') || plain || undefined
}
