import type { LeadConnectorWord } from './leadconnector-native-word.ts'

/** What a user may do, by the vendor's names of it. */
export type LeadConnectorPermission =
  | 'campaignsEnabled'
  | 'campaignsReadOnly'
  | 'contactsEnabled'
  | 'workflowsEnabled'
  | 'workflowsReadOnly'
  | 'triggersEnabled'
  | 'funnelsEnabled'
  | 'websitesEnabled'
  | 'opportunitiesEnabled'
  | 'dashboardStatsEnabled'
  | 'bulkRequestsEnabled'
  | 'appointmentsEnabled'
  | 'reviewsEnabled'
  | 'onlineListingsEnabled'
  | 'phoneCallEnabled'
  | 'conversationsEnabled'
  | 'assignedDataOnly'
  | 'adwordsReportingEnabled'
  | 'membershipEnabled'
  | 'facebookAdsReportingEnabled'
  | 'attributionsReportingEnabled'
  | 'settingsEnabled'
  | 'tagsEnabled'
  | 'leadValueEnabled'
  | 'marketingEnabled'
  | 'agentReportingEnabled'
  | 'botService'
  | 'socialPlanner'
  | 'bloggingEnabled'
  | 'invoiceEnabled'
  | 'affiliateManagerEnabled'
  | 'contentAiEnabled'
  | 'refundsEnabled'
  | 'recordPaymentEnabled'
  | 'cancelSubscriptionEnabled'
  | 'paymentsEnabled'
  | 'communitiesEnabled'
  | 'exportPaymentsEnabled'

/** A human teammate. */
export interface LeadConnectorUserPayload {
  id: string
  name?: string
  firstName?: string
  lastName?: string
  email?: string
  phone?: string
  extension?: string
  roles?: { type?: string; role?: string; locationIds?: string[]; restrictSubAccount?: boolean }
  /** What they may do. */
  permissions?: { [Permission in LeadConnectorPermission]?: boolean }
  scopes?: string | string[]
  deleted?: boolean
  /** The vendor does not say what is in it. */
  lcPhone?: unknown
  platformLanguage?: string
  traceId?: string
}

export interface LeadConnectorUserSearchQuery {
  /** Required even with the token of a location. */
  companyId: string
  locationId?: string
  query?: string
  /** A number as a text; default `0`. */
  skip?: string
  /** A number as a text; default `25`. */
  limit?: string
  /** Separated by commas. */
  ids?: string
  type?: string
  role?: string
  sort?: string
  sortDirection?: LeadConnectorWord<'asc' | 'desc'>
  enabled2waySync?: boolean
}

/** "Users": reading them. */
export interface LeadConnectorUserEndpoints {
  'GET /users/{userId}': { answer: LeadConnectorUserPayload }
  'GET /users/search': {
    query: LeadConnectorUserSearchQuery
    answer: { users: LeadConnectorUserPayload[]; count?: number; traceId?: string }
  }
  'GET /users/': {
    query: { locationId: string }
    answer: { users: LeadConnectorUserPayload[]; traceId?: string }
  }
}
