import { ResponseError } from '../errors/kinds.ts'
import { at } from './failure.ts'
import type { Received } from './http.ts'
import type { Sending } from './retry.ts'

const most = 5

/** A browser hides the redirects that it does not follow behind the status 0. */
export const isRedirect = (status: number): boolean => status === 0 || (status >= 300 && status < 400)

/**
 * Where a redirected GET goes on: only on the same origin, because the credential was given for that one.
 *
 * @throws ResponseError for another origin, another method, a loop, or a redirect to nowhere.
 */
export function redirectOf(sending: Sending, received: Received, from: string, count: number): string {
  const { call, spec, place, write } = sending
  const reads = (spec.method ?? 'GET') === 'GET'
  const location = received.headers.get('location')
  const to = addressOf(location, from)
  if (to && to.origin === new URL(from).origin && reads && count <= most) return to.href
  const reason = !to
    ? 'to no readable address'
    : !reads
      ? 'a write, which is not repeated'
      : count > most
        ? `more than ${most} times`
        : `to another origin (${to.origin}), which gets no credential`
  // 307 and 308 ask for the same request elsewhere; the others may answer one that was carried out.
  const refused = received.status === 307 || received.status === 308
  throw new ResponseError({
    ...place,
    status: received.status,
    outcome: write ? (refused ? 'not-done' : 'unknown') : undefined,
    message: `${at(call)}: the vendor redirected ${reason}. Check baseUrl.`,
  })
}

/** An address with credentials of its own is none: no request can be made of it. */
function addressOf(location: string | null, from: string): URL | undefined {
  if (location === null || !URL.canParse(location, from)) return undefined
  const to = new URL(location, from)
  return to.username || to.password ? undefined : to
}
