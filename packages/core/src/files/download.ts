import type { FileContent } from '../contract/results.ts'
import { compact } from '../read/compact.ts'
import type { Call, VendorReply } from '../transport/call.ts'
import { dispositionName } from './file-name.ts'

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
