import { type Call, checkInput, checkText, invalid } from '@parley/core'
import type { LeadConnectorOAuthConfig } from './leadconnector-oauth-config.ts'

export interface LeadConnectorAuthorizeInput {
  /** Such as `conversations.readonly`; each has to be one that the app was given at the vendor. */
  scopes: readonly string[]
  /**
   * Unguessable, new for every visit, and remembered in the visitor's session: the answer counts only if it brings it
   * back. The vendor was seen to drop it; then a cookie of the visit has to take its place.
   */
  state: string
  /** One that is registered with the app. Default: the option of the same name. */
  redirectUri?: string
  /** The app's version, needed while it is a draft or in review. */
  versionId?: string
  /** `true`: the vendor's login stays in the same tab. */
  sameTab?: boolean
}

/** "OAuth 2.0": the page on which an owner chooses the location or the company, and agrees. */
export function authorizeUrl(call: Call, config: LeadConnectorOAuthConfig, given: LeadConnectorAuthorizeInput): string {
  const { scopes, state, redirectUri = config.redirectUri, versionId, sameTab } = checkInput(call, given)
  if (!Array.isArray(scopes) || scopes.length === 0) throw invalid(call, 'scopes', 'must be a list that is not empty')
  for (const [index, scope] of scopes.entries()) {
    if (typeof scope !== 'string' || !/^\S+$/.test(scope)) throw invalid(call, `scopes[${index}]`, 'must be a scope')
  }
  const url = new URL(config.authorizePage)
  url.searchParams.set('response_type', 'code')
  url.searchParams.set('client_id', config.clientId)
  url.searchParams.set('redirect_uri', checkText(call, redirectUri, 'redirectUri'))
  url.searchParams.set('scope', scopes.join(' '))
  url.searchParams.set('state', checkText(call, state, 'state'))
  if (versionId !== undefined) url.searchParams.set('version_id', checkText(call, versionId, 'versionId'))
  if (sameTab) url.searchParams.set('loginWindowOpenMode', 'self')
  return url.href
}
