import { InvalidRequestError } from '../errors/kinds.ts'
import { createBudget } from './budget.ts'
import type { Call, VendorReply } from './call.ts'
import { aborted } from './clock.ts'
import { storageProblem } from './expiry.ts'
import { at } from './failure.ts'
import type { RequestSpec } from './protocol.ts'
import { addressProblem } from './public-address.ts'
import { sendWithRetries } from './retry.ts'
import type { TransportSettings } from './transport.ts'

/**
 * A request to an address that the vendor handed out, such as a signed URL for a file. It is not the vendor's API: it
 * gets neither the credential nor the vendor's headers, takes no place in the vendor's limit, and its path, which may
 * be a customer's file name, shows in no trace.
 *
 * @throws InvalidRequestError for an address that is not public HTTPS (`addressProblem`), or has expired.
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

/**
 * The settings for a request to an address that is not the vendor's API.
 *
 * @param url says whether it has expired, when it is refused.
 */
export function withoutCredential(settings: TransportSettings, url: string, spec: RequestSpec): TransportSettings {
  const { vendor, baseUrl } = settings.protocol
  const isUpload = (spec.method ?? 'GET') !== 'GET'
  return {
    ...settings,
    protocol: {
      vendor,
      baseUrl,
      authorize: () => ({}),
      readProblem: (answer) => storageProblem(answer, { url, isUpload, now: settings.clock.now() }),
    },
    credential: { get: () => 'none', canRefresh: false },
    budget: createBudget(settings.clock, null),
  }
}

/** Why an address must not be asked; `undefined`: it may. @throws the caller's own reason when it gives up. */
export const problemOf = (settings: TransportSettings, call: Call, url: string): Promise<string | undefined> => {
  const problem = addressProblem(url, settings.protocol.baseUrl, settings.lookup)
  return call.signal ? Promise.race([problem, aborted(call.signal)]) : problem
}

/** @throws InvalidRequestError naming `path` for an address that is not public. Nothing was sent. */
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
