import { InvalidRequestError } from '../errors/kinds.ts'
import { createBudget } from './budget.ts'
import type { Call, VendorReply } from './call.ts'
import { at, codeOfStatus } from './failure.ts'
import type { Protocol, RequestSpec } from './protocol.ts'
import { sendWithRetries } from './retry.ts'
import type { TransportSettings } from './transport.ts'

/**
 * A request to an address that the vendor handed out, such as a signed URL for a file. It is not the vendor's API: it
 * gets neither the credential nor the vendor's headers, takes no place in the vendor's limit, and its path, which may
 * be a customer's file name, shows in no trace.
 *
 * @throws InvalidRequestError for an address that is not public HTTPS. Only where the vendor itself is reached without
 * HTTPS (an emulator) may the files be, on the same host.
 */
export function requestElsewhere(
  settings: TransportSettings,
  call: Call,
  url: string,
  spec: Omit<RequestSpec, 'path' | 'query'>,
): Promise<VendorReply> {
  if (!isPublicAddress(url, settings.protocol.baseUrl)) {
    const problem = 'must be an address with HTTPS on a public host'
    throw new InvalidRequestError({
      vendor: call.vendor,
      account: call.account,
      operation: call.operation,
      message: `${at(call)}: url ${problem}.`,
      fields: [{ path: 'url', problem }],
      outcome: 'not-done',
    })
  }
  const protocol: Protocol = { vendor: call.vendor, baseUrl: url, authorize: () => ({}), readProblem }
  const credential = { get: () => 'none', canRefresh: false }
  return sendWithRetries({ ...settings, protocol, credential, budget: createBudget(settings.clock, null) }, call, {
    ...spec,
    path: '',
  })
}

/** A storage answers in XML or with a page; a file that is gone is gone all the same. */
const readProblem: Protocol['readProblem'] = ({ status }) => (status < 300 ? undefined : { code: codeOfStatus(status) })

/** Hosts that only this machine or its network knows, and where a URL from outside has no business. */
const internalHost =
  /^(localhost|.*\.localhost|.*\.local|.*\.internal|0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[(::1?|f[cd].*|fe[89ab].*|::ffff:.*)\])/i

/**
 * Whether an address has HTTPS and a public host. Only where the vendor itself is reached without HTTPS may it be on the
 * same host without.
 */
export function isPublicAddress(url: string, baseUrl: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, username, password } = new URL(url)
  if (username || password) return false
  const base = new URL(baseUrl)
  if (base.protocol === 'http:' && hostname === base.hostname) return protocol === 'http:' || protocol === 'https:'
  return protocol === 'https:' && !internalHost.test(hostname)
}
