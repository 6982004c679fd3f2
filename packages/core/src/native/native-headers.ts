import { checkInput } from '../input/check.ts'
import { invalid } from '../input/invalid.ts'
import type { Call } from '../transport/call.ts'

export type Headers = Readonly<Record<string, string>>

/** The caller's own headers. @throws InvalidRequestError for one that is no text; the platform would make one of it. */
export function checkHeaders(call: Call, headers: Headers | undefined): Headers {
  if (headers === undefined) return {}
  for (const [name, value] of Object.entries(checkInput(call, headers, 'headers')))
    if (typeof value !== 'string') throw invalid(call, `headers.${name}`, 'must be a string')
  return headers
}

/** The later one of a name wins, however either is spelled. */
export const mergeHeaders = (...all: readonly (Headers | undefined)[]): Headers =>
  Object.fromEntries(
    all.flatMap((headers) => Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
  )
