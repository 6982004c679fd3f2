export type { LeadConnectorOAuthOptions, LeadConnectorOAuthOwnConfig, LeadConnectorTokenOwner } from './oauth/config.ts'
export type { LeadConnectorInstalledLocation, LeadConnectorInstalledLocationQuery } from './oauth/locations.ts'
export { type LeadConnectorAuthorizeInput, type LeadConnectorOAuth, leadConnectorOAuth } from './oauth/oauth.ts'
export type { LeadConnectorInstallation } from './oauth/token.ts'
