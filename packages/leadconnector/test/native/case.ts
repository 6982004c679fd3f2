import type { NativeInput } from '@parley/core'
import type { LeadConnector, LeadConnectorEndpoints } from '@parley/leadconnector'

/** One endpoint with what it takes, as it goes over the wire, and what the vendor's reference requires of it. */
export interface Case {
  route: keyof LeadConnectorEndpoints
  /** The path and the query that are expected. */
  uri: string
  input: { path?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }
  /** `body.name`; of two that are told apart by a bar, one is enough. */
  requires: string[]
  version: string
}

/** Rows of one family, with its version. */
export const family =
  (version: string) =>
  <Route extends keyof LeadConnectorEndpoints>(
    route: Route,
    uri: string,
    input: NativeInput<Route, LeadConnectorEndpoints[Route]>,
    requires = '',
  ): Case =>
    ({ route, uri, input, requires: requires.split(', ').filter(Boolean), version }) as Case

export const methodOf = ({ route }: Case): string => route.split(' ')[0] as string

/** Calls it as JavaScript does, where no compiler looks. */
export const request = (account: LeadConnector, route: unknown, ...rest: unknown[]): Promise<unknown> =>
  account.native.request(...([route, ...rest] as Parameters<typeof account.native.request>))

/** The input without what a place such as `body.details.enabled` names; or with something else there. */
export function changed(input: Case['input'], place: string, value?: unknown): Case['input'] {
  const [part, ...names] = place.split('.') as ['query' | 'body', ...string[]]
  return { ...input, [part]: put(input[part], names, value) }
}

function put(given: unknown, [name, ...rest]: string[], value: unknown): unknown {
  if (name === undefined) return value
  if (given instanceof FormData) {
    const form = new FormData()
    for (const [key, entry] of given) if (key !== name) form.append(key, entry)
    if (value !== undefined) form.append(name, String(value))
    return form
  }
  const { [name]: old, ...others } = (given ?? {}) as Record<string, unknown>
  const now = put(old, rest, value)
  return now === undefined ? others : { ...others, [name]: now }
}
