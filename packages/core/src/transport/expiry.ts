import { readTimestamp } from '../read/timestamp.ts'
import { codeOfStatus } from './failure.ts'
import type { Problem, VendorAnswer } from './protocol.ts'

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
export function storageProblem(
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

const freshAddress =
  'Get a fresh one from attachments.url; where that gives the same one, read the message again before.'
const freshUpload = 'Upload the file once more, which asks the vendor for a fresh one.'
