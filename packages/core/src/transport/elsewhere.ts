import { InvalidRequestError } from '../errors/kinds.ts'
import { at } from './failure.ts'
import type { Call, RequestSpec, VendorReply } from './protocol.ts'
import { problemOf, withoutCredential } from './redirect.ts'
import { sendWithRetries } from './retry.ts'
import type { TransportSettings } from './settings.ts'

/**
 * Sends a request to an address that the vendor returned, such as a signed URL of a file. The request carries neither the
 * credential nor the vendor's headers and takes no slot in the vendor's limit. Its path is omitted from traces, because it
 * may be a customer's file name.
 *
 * @throws InvalidRequestError if the address is not public HTTPS (`addressProblem`), or has expired.
 */
export async function requestElsewhere(
  settings: TransportSettings,
  call: Call,
  url: string,
  spec: Omit<RequestSpec, 'path' | 'query'>,
): Promise<VendorReply> {
  await checkAddress(settings, call, url, 'url')
  const whole = { ...spec, path: '' }
  return sendWithRetries(withoutCredential(settings, url, whole), call, whole, url)
}

/** @throws InvalidRequestError that names `path` if the address is not public. Nothing was sent. */
export async function checkAddress(settings: TransportSettings, call: Call, url: string, path: string): Promise<void> {
  const problem = await problemOf(settings, call, url)
  if (problem === undefined) return
  throw new InvalidRequestError({
    ...placeOf(call),
    message: `${at(call)}: ${path} ${problem}.`,
    fields: [{ path, problem }],
  })
}

const placeOf = ({ vendor, account, operation }: Call) => ({ vendor, account, operation, outcome: 'not-done' as const })
