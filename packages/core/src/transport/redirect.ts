import { ResponseError } from '../errors/kinds.ts'
import { problemOf, withoutCredential } from './elsewhere.ts'
import { at } from './failure.ts'
import type { Received } from './http.ts'
import { decided } from './outcome.ts'
import type { RequestSpec } from './protocol.ts'
import type { Sending } from './retry.ts'

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
  const { call, spec, place, settings } = sending
  const { status } = received
  const isFile = sending.away || isAboutFile(spec)
  const to = addressOf(received.headers.get('location'), from)
  if (!to) throw refused('to no readable address')
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
      ...place,
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
