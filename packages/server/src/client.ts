import createFetchClient, { type Client } from 'openapi-fetch'
import type { paths } from './generated/paths.ts'

export interface InboxClientOptions {
  /** The address of the server, such as `https://desk.example`. */
  url: string
  /** The secret of a program. Without it, a browser sends the cookie of its session. */
  token?: string
  /** Default: the platform's. */
  fetch?: (request: Request) => Promise<Response>
}

/** A client of the server, typed by its OpenAPI description: `client.GET('/v1/conversations', …)`. */
export type InboxClient = Client<paths>

/**
 * A typed client of a server. A call resolves to `{ data }`, or to `{ error }` with the problem that the server states. It
 * rejects only if there is no answer.
 *
 * ```ts
 * const client = createClient({ url: 'https://desk.example', token })
 * const { data, error } = await client.GET('/v1/conversations', { params: { query: { status: ['open'] } } })
 * ```
 */
export function createClient({ url, token, fetch }: InboxClientOptions): InboxClient {
  return createFetchClient<paths>({
    baseUrl: url,
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    ...(fetch && { fetch }),
  })
}

export type { components, operations, paths } from './generated/paths.ts'
