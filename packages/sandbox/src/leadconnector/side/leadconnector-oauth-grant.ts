import type { Json } from '../leadconnector-json.ts'
import { companyScopes, locationScopes } from '../leadconnector-scopes.ts'
import { accessTokenLifeMs, jwt } from '../seed/leadconnector-seed-credentials.ts'
import { newId } from '../state/leadconnector-new-id.ts'
import type { Grant, State } from '../state/leadconnector-state.ts'

interface Pair {
  readonly accessToken: string
  readonly refreshToken: string
}

/** A new pair, both halves of it known from now on. */
export function grantTokens(state: State, { tenant, locationId }: Grant): Pair {
  const accessToken = jwt(newId(state, 'access', 40))
  const refreshToken = jwt(newId(state, 'refresh', 40))
  state.tokens.set(accessToken, {
    application: state.oauth.clientId,
    tenant,
    locationId,
    scopes: new Set(tenant === 'company' ? companyScopes : locationScopes),
    expiresAt: state.context.now() + accessTokenLifeMs,
    providers: [state.conversationProviderId],
  })
  state.oauth.refreshTokens.set(refreshToken, { tenant, locationId, usedAt: null, successor: null })
  return { accessToken, refreshToken }
}

/** The two dialects differ in the four names that OAuth itself defines. */
export function showTokens(
  state: State,
  { tenant, locationId, accessToken, refreshToken }: Grant & Pair,
  camel: boolean,
): Json {
  const expiresIn = Math.floor(accessTokenLifeMs / 1000)
  const names = camel
    ? { accessToken, tokenType: 'Bearer', expiresIn, refreshToken }
    : { access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn, refresh_token: refreshToken }
  const company = { approvedLocations: [...state.locations.keys()], installToFutureLocations: false }
  return {
    ...names,
    refreshTokenId: refreshToken.slice(-16),
    scope: (tenant === 'company' ? companyScopes : locationScopes).join(' '),
    userType: tenant === 'company' ? 'Company' : 'Location',
    companyId: state.companyId,
    userId: state.userId,
    isBulkInstallation: tenant === 'company',
    ...(tenant === 'company' ? company : { locationId }),
  }
}
