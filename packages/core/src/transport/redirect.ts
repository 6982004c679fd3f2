import { ResponseError } from '../errors/kinds.ts'
import { readTimestamp } from '../read/reading.ts'
import { aborted } from './clock.ts'
import type { Received } from './exchange.ts'
import { at, codeOfStatus, decided } from './failure.ts'
import type { Call, Problem, RequestSpec, VendorAnswer } from './protocol.ts'
import { addressProblem, systemLookup } from './public-address.ts'
import { createRateLimiter } from './rate-limiter.ts'
import type { Sending, TransportSettings } from './settings.ts'

/** The most redirects of one request that are followed. */
const maxRedirects = 5

/**
 * The next request after a redirect.
 *
 * A redirect of a request to the API is followed only for a read, and only on the same origin, because the credential is
 * for this origin. The download or the upload of a file may be redirected to another origin. It is then sent without the
 * credential and the vendor's headers, and only to public HTTPS addresses (`addressProblem`); each address is checked. A
 * redirected upload follows HTTP: 307 and 308 repeat it, 303 continues with a GET, and so do 301 and 302 after a POST
 * (RFC 9110, section 15.4).
 *
 * @throws ResponseError for another origin, a write, too many redirects, or an unreadable address.
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
  if (count > maxRedirects) throw refused(`more than ${maxRedirects} times`)
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
    // 307 and 308 ask for the same request at another address. Other redirects may follow a write that was carried out.
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

/** Whether a request downloads or uploads a file, so that it can continue without the credential. */
const isAboutFile = ({ expect, body }: RequestSpec): boolean =>
  expect === 'bytes' || body instanceof FormData || body instanceof Blob || body instanceof Uint8Array

/** The request after a redirect with this status. Every kind of body can be sent again. */
function nextOf(spec: RequestSpec, status: number): RequestSpec {
  const { method = 'GET' } = spec
  const isRepeated = status === 307 || status === 308 || (status !== 303 && method !== 'POST')
  if (isRepeated || method === 'GET') return spec
  const { body: _, headers, ...rest } = spec
  const kept = Object.entries(headers ?? {}).filter(([name]) => !/^content-/i.test(name))
  return { ...rest, method: 'GET', headers: Object.fromEntries(kept) }
}

/** Only the content type. The vendor's own headers are not sent to other hosts. */
const typeOnly = (headers: RequestSpec['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() === 'content-type'))

/** The address of a redirect. An address with credentials counts as unreadable, because `fetch` refuses it. */
function addressOf(location: string | null, from: string): URL | undefined {
  if (location === null || !URL.canParse(location, from)) return undefined
  const to = new URL(location, from)
  return to.username || to.password ? undefined : to
}

/**
 * When a signed address expires, in milliseconds since the epoch, by its own parameters: those of Amazon's and Google's
 * signatures (`X-Amz-Date` and `X-Amz-Expires`, `X-Goog-…`, `Expires`), Azure's (`se`), and a token's `exp`.
 *
 * @returns `undefined` if the address does not say.
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

/** A number below this is a duration and not an instant, and its start is not known. */
const firstInstant = 1e9

function instantOf(text: string | undefined): number | undefined {
  if (text === undefined || Number(text) < firstInstant) return undefined
  const instant = readTimestamp(text)
  return instant === undefined ? undefined : Date.parse(instant)
}

/** The `exp` of a JSON Web Token. Nothing else of the token is used, so its signature does not matter. */
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

/** What file storages answer for an expired address. */
const saysExpired =
  /\bexpired\b|ExpiredToken|RequestExpired|ExpiredRequest|"?exp\\?"? claim|not valid in the specified time frame/i

/** How many characters of a storage's answer are searched. */
const searched = 4_000

/**
 * The problem of a file storage's answer. The request had no credential, so the answer is never about the account's
 * credential.
 *
 * An expired address is an `invalid-request`. It is not `not-found`, because the file still exists and a program would
 * forget it. It is not `permission`, because no permission is missing.
 *
 * @param isUpload whether the advice is about an upload.
 */
function storageProblem(
  { status, body }: Pick<VendorAnswer, 'status' | 'body'>,
  { url, isUpload, now }: { url: string; isUpload: boolean; now: number },
): Problem | undefined {
  if (status < 300) return undefined
  const said = (typeof body === 'string' ? body : (JSON.stringify(body) ?? '')).slice(0, searched)
  const [, code] = /<Code>\s*(\w{1,60})\s*<\/Code>/.exec(said) ?? []
  // Storages answer in XML or HTML, so the status decides.
  const problem: Problem = { code: codeOfStatus(status), ...(code !== undefined && { vendorCode: code }) }
  const end = expiryOf(url)
  // A storage checks the signature before it looks for the file, so a 404 does not mean that the address has expired.
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
 * @param url the address, which shows whether it has expired if the storage refuses it.
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

/** Why an address must not be called. `undefined`: it may be. @throws the signal's reason if the caller aborts. */
export const problemOf = (settings: TransportSettings, call: Call, url: string): Promise<string | undefined> => {
  const problem = addressProblem(url, settings.protocol.baseUrl, settings.lookup ?? systemLookup)
  return call.signal ? Promise.race([problem, aborted(call.signal)]) : problem
}
