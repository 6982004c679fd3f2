import type { NativeInput } from '@parley/core'
import type { LeadConnectorEndpoints } from '@parley/leadconnector'
import type { NativeCase } from '@parley/testkit/native'

/** One endpoint with what it takes, and the `Version` of its family. */
export interface Case extends NativeCase {
  version: string
}

/** Rows of one family, with its version. What is required is separated by commas. */
export const family =
  (version: string) =>
  <Route extends keyof LeadConnectorEndpoints>(
    route: Route,
    uri: string,
    input: NativeInput<Route, LeadConnectorEndpoints[Route]>,
    requires = '',
    answer?: string | Uint8Array,
  ): Case => ({
    ...{ route, uri, input: input as Case['input'], status: 200, version },
    requires: requires.split(', ').filter(Boolean),
    ...(answer !== undefined && { answer }),
  })
