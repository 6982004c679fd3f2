import { ResponseError } from '../errors/kinds.ts'
import { readTimestamp } from '../read/reading.ts'
import { aborted } from './clock.ts'
import type { Received } from './exchange.ts'
import { at, codeOfStatus, decided } from './failure.ts'
import type { Call, Problem, RequestSpec, VendorAnswer } from './protocol.ts'
import { addressProblem, systemLookup } from './public-address.ts'
import { createRateLimiter } from './rate-limiter.ts'
import type { Sending, TransportSettings } from './settings.ts'

/** So many redirects of one request are followed. */
const most = 5

/**
 * Where a redirected request goes on, and as what.
 *
 * A request to the API stays on its origin, because the credential was given for that one, and is only followed when it
 * reads. The bytes of a file, and a file that is uploaded, may go on elsewhere: without the credential and the vendor's
 * headers from then on, and only to addresses that are public HTTPS (`addressProblem`), each of them looked at. What
 * becomes of an upload is what HTTP says: 307 and 308 repeat it, 303 asks with GET for what became of it, and so do 301
 * and 302 after a POST (RFC 9110, section 15.4).
 *
 * @throws ResponseError for another origin, a write, a loop, or a redirect to nowhere.
 */
export async function redirected(
  sending: Sending,
  received: Received,
  from: string,
  count: number,
): Promise<{ url: string; sending: Sending }> {
  const { call, spec, context, settings } = sending
  const { status } = received
  const isFile = sending.away || isAboutFile(spec)
  const to = addressOf(received.headers.get('location'), from)
  if (!to) throw refused('to an address that cannot be read')
  if (count > most) throw refused(`more than ${most} times`)
  if (!isFile && !reads(spec)) throw refused('a write, which is not repeated')
  const isSameOrigin = to.origin === new URL(from).origin
  const next = nextOf(spec, status)
  if (isSameOrigin && !sending.away) return { url: to.href, sending: { ...sending, spec: next } }
  if (!isFile) throw refused(`to another origin (${to.origin}), which gets no credential`)
  const problem = await problemOf(settings, call, to.href)
  if (problem) throw refused('a file to an address that is not public HTTPS')
  const bare = sending.away ? next : { ...next, headers: typeOnly(next.headers) }
  return {
    url: to.href,
    sending: { ...sending, spec: bare, settings: withoutCredential(settings, to.href, bare), away: true },
  }

  function refused(reason: string): ResponseError {
    // 307 and 308 ask for the same request elsewhere; the others may answer one that was carried out.
    const isUndone = status === 307 || status === 308
    return new ResponseError({
      ...context,
      status,
      ...decided(sending, isUndone ? 'not-done' : 'unknown'),
      message: `${at(call)}: the vendor redirected ${reason}.${isFile ? '' : ' Check baseUrl.'}`,
    })
  }
}

const reads = ({ method = 'GET' }: RequestSpec): boolean => method === 'GET'

/** Whether a request fetches the bytes of a file or sends them, so that it may go on without a credential. */
const isAboutFile = ({ expect, body }: RequestSpec): boolean =>
  expect === 'bytes' || body instanceof FormData || body instanceof Blob || body instanceof Uint8Array

/** Every body that a request can have is there to be sent again. */
function nextOf(spec: RequestSpec, status: number): RequestSpec {
  const { method = 'GET' } = spec
  const isRepeated = status === 307 || status === 308 || (status !== 303 && method !== 'POST')
  if (isRepeated || method === 'GET') return spec
  const { body: _, headers, ...rest } = spec
  const kept = Object.entries(headers ?? {}).filter(([name]) => !/^content-/i.test(name))
  return { ...rest, method: 'GET', headers: Object.fromEntries(kept) }
}

/** What the file is called may go with it; a vendor's own headers are for the vendor. */
const typeOnly = (headers: RequestSpec['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() === 'content-type'))

/** An address with credentials of its own is none: no request can be made of it. */
function addressOf(location: string | null, from: string): URL | undefined {
  if (location === null || !URL.canParse(location, from)) return undefined
  const to = new URL(location, from)
  return to.username || to.password ? undefined : to
}

/**
 * When a signed address ends, in milliseconds since the epoch, as it says itself: the parameters of Amazon's and Google's
 * signatures (`X-Amz-Date` and `X-Amz-Expires`, `X-Goog-…`, `Expires`), of Azure's (`se`), and a token's `exp`.
 *
 * @returns `undefined` when it does not say.
 */
export function expiryOf(url: string): number | undefined {
  if (!URL.canParse(url)) return undefined
  const of: Record<string, string> = {}
  for (const [name, value] of new URL(url).searchParams) of[name.toLowerCase()] ??= value
  for (const vendor of ['amz', 'goog']) {
    const life = of[`x-${vendor}-expires`]
    const signed = of[`x-${vendor}-date`]?.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
    const from = instantOf(signed)
    if (from !== undefined && life !== undefined && /^\d{1,9}$/.test(life)) return from + Number(life) * 1000
  }
  return instantOf(of['expires']) ?? instantOf(of['se']) ?? instantOf(of['exp']) ?? endOfToken(of['token'])
}

/** A number below this is no instant but a duration, and from when it counts is not known. */
const firstInstant = 1e9

function instantOf(text: string | undefined): number | undefined {
  if (text === undefined || Number(text) < firstInstant) return undefined
  const instant = readTimestamp(text)
  return instant === undefined ? undefined : Date.parse(instant)
}

/** A JSON Web Token says so between its dots; nothing else of it is used, so that its signature does not matter. */
function endOfToken(token: string | undefined): number | undefined {
  const [, claims] = token?.split('.') ?? []
  if (claims === undefined) return undefined
  try {
    const { exp } = JSON.parse(atob(claims.replace(/-/g, '+').replace(/_/g, '/'))) as { exp?: unknown }
    return typeof exp === 'number' ? instantOf(String(exp)) : undefined
  } catch {
    return undefined
  }
}

/** What storages say of an address whose time is over, each in its way. */
const saysExpired =
  /\bexpired\b|ExpiredToken|RequestExpired|ExpiredRequest|"?exp\\?"? claim|not valid in the specified time frame/i

/** Enough to find the words in; a storage's whole page is not searched. */
const searched = 4_000

/**
 * What it means that a storage refuses an address that was asked without a credential: that the address has expired, or
 * something else, but nothing about the account's credential.
 *
 * An expired address is an invalid request: the file is still there, so it is not `not-found`, which would make a program
 * forget it; and no right is missing, so it is not `permission`.
 *
 * @param isUpload decides what to do about it.
 */
function storageProblem(
  { status, body }: Pick<VendorAnswer, 'status' | 'body'>,
  { url, isUpload, now }: { url: string; isUpload: boolean; now: number },
): Problem | undefined {
  if (status < 300) return undefined
  const said = (typeof body === 'string' ? body : (JSON.stringify(body) ?? '')).slice(0, searched)
  const [, code] = /<Code>\s*(\w{1,60})\s*<\/Code>/.exec(said) ?? []
  // A storage answers in XML or with a page; a file that is gone is gone all the same.
  const problem: Problem = { code: codeOfStatus(status), ...(code !== undefined && { vendorCode: code }) }
  const end = expiryOf(url)
  // A storage looks for the file only after it has looked at the signature.
  const byTime = end !== undefined && status !== 404 && (end <= now || status === 410)
  if (mayMeanExpired.has(status) && (byTime || saysExpired.test(said)))
    return {
      ...problem,
      code: 'invalid-request',
      reason: 'the address of the file has expired',
      advice: isUpload ? freshUpload : freshAddress,
      fields: [{ path: 'url', problem: 'has expired' }],
    }
  if (status !== 401 && status !== 403) return problem
  return { ...problem, code: 'permission', reason: 'the address of the file was refused; no credential was sent there' }
}

const mayMeanExpired: ReadonlySet<number> = new Set([400, 401, 403, 404, 410])

const freshAddress = 'Get a fresh one from attachments.url. If it returns the same one, read the message again first.'
const freshUpload = 'Upload the file again to get a fresh one.'

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
    rateLimiter: createRateLimiter(settings.clock, null),
  }
}

/** Why an address must not be asked; `undefined`: it may. @throws the caller's own reason when it gives up. */
export const problemOf = (settings: TransportSettings, call: Call, url: string): Promise<string | undefined> => {
  const problem = addressProblem(url, settings.protocol.baseUrl, settings.lookup ?? systemLookup)
  return call.signal ? Promise.race([problem, aborted(call.signal)]) : problem
}
