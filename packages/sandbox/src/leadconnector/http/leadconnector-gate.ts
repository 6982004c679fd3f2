import type { State, TokenRecord } from '../state/leadconnector-state.ts'
import type { Endpoint, Family } from './leadconnector-endpoint.ts'
import { notFound, otherLocation, type Reply, serverError, unauthorized } from './leadconnector-reply.ts'

/** Every version that the platform knows. It mixes them across families without complaint. */
const knownVersions = ['v3', '2023-02-21', '2021-07-28', '2021-04-15']

/** What each family's own page lists, and what was seen to work beside it. */
const versionsOf: Readonly<Record<Family, readonly string[]>> = {
  'conversation-ai': ['2021-04-15', '2021-07-28', 'v3'],
  conversations: ['2021-04-15', '2021-07-28', 'v3'],
  'knowledge-bases': ['2021-04-15', 'v3'],
  contacts: ['2021-07-28', 'v3'],
  users: ['2021-07-28', 'v3'],
  oauth: ['2021-07-28', 'v3'],
  files: knownVersions,
}

export function checkVersion(endpoint: Endpoint, version: string | undefined, state: State): Reply | null {
  if (!version) return unauthorized('version header was not found.')
  const accepted = state.settings.strictVersions ? versionsOf[endpoint.family] : knownVersions
  if (!accepted.includes(version)) return unauthorized('version header is invalid.')
  const edition = version === 'v3' ? 'v3' : 'date'
  if (endpoint.only && endpoint.only !== edition) return notFound(`Cannot ${endpoint.method} ${endpoint.path}`)
  return null
}

export function checkToken(
  endpoint: Endpoint,
  authorization: string | undefined,
  state: State,
): { token: TokenRecord } | { refusal: Reply } {
  const token = state.tokens.get(/^bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? '')
  const expired = token !== undefined && token.expiresAt <= state.context.now()
  if (!token || expired) {
    // This one route hides a bad token behind a server fault.
    if (endpoint.path === '/conversations/messages/inbound') return { refusal: serverError('Internal server error') }
    return { refusal: unauthorized(expired ? 'Invalid token: access token is invalid' : 'Invalid JWT') }
  }
  if ((endpoint.tenant ?? 'location') !== token.tenant) {
    const refusal = token.tenant === 'company' ? otherLocation() : missingScope()
    return { refusal }
  }
  if (endpoint.scope !== null && !token.scopes.has(endpoint.scope)) return { refusal: missingScope() }
  return { token }
}

const missingScope = (): Reply => unauthorized('The token is not authorized for this scope.')
