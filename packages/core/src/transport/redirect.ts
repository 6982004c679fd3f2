import { ResponseError } from '../errors/kinds.ts'
import type { Call } from './call.ts'
import { at } from './failure.ts'
import type { Received } from './http.ts'

const most = 5

/**
 * Where a redirected read goes on: only on the same origin, because the credential was given for that one.
 *
 * @throws ResponseError for another origin, a write, a loop, or a redirect to nowhere.
 */
export function redirectOf(call: Call, received: Received, from: string, write: boolean, count: number): string {
  const location = received.headers.get('location')
  const to = location === null || !URL.canParse(location, from) ? undefined : new URL(location, from)
  if (to && to.origin === new URL(from).origin && !write && count <= most) return to.href
  const reason = !to
    ? 'to no readable address'
    : write
      ? 'a write, which is not repeated'
      : count > most
        ? `more than ${most} times`
        : `to another origin (${to.origin}), which gets no credential`
  throw new ResponseError({
    vendor: call.vendor,
    account: call.account,
    operation: call.operation,
    status: received.status,
    outcome: write ? 'not-done' : undefined,
    message: `${at(call)}: the vendor redirected ${reason}. Check baseUrl.`,
  })
}
