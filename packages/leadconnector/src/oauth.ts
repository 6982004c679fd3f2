export { type LeadConnectorOAuth, leadConnectorOAuth } from './oauth/leadconnector-oauth.ts'
export type { LeadConnectorAuthorizeInput } from './oauth/leadconnector-oauth-authorize.ts'
export type { LeadConnectorOAuthOptions, LeadConnectorOAuthOwnConfig } from './oauth/leadconnector-oauth-config.ts'
export type {
  LeadConnectorInstalledLocation,
  LeadConnectorInstalledLocationQuery,
} from './oauth/leadconnector-oauth-locations.ts'
export type { LeadConnectorTokenOwner } from './oauth/leadconnector-oauth-target.ts'
export type { LeadConnectorInstallation } from './oauth/leadconnector-oauth-token.ts'
