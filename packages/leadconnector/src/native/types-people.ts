import type {
  LeadConnectorContactPayload,
  LeadConnectorCrawlPayload,
  LeadConnectorFaqPayload,
  LeadConnectorKnowledgeBasePayload,
  LeadConnectorPagePayload,
} from '../wire.ts'
import type { Word } from './types-agents.ts'

/** The fields of a contact that can be written. */
export interface LeadConnectorContactFields {
  firstName?: string | null
  lastName?: string | null
  name?: string | null
  email?: string | null
  phone?: string | null
  address1?: string | null
  city?: string | null
  state?: string | null
  postalCode?: string | null
  country?: string | null
  website?: string | null
  timezone?: string | null
  dnd?: boolean
  /** Do-not-disturb settings by channel. */
  dndSettings?: {
    [Channel in 'Call' | 'Email' | 'SMS' | 'WhatsApp' | 'GMB' | 'FB']?: {
      status: Word<'active' | 'inactive' | 'permanent'>
      message?: string
      code?: string
    }
  }
  inboundDndSettings?: { all?: { status: Word<'active' | 'inactive'>; message?: string } }
  /** Replaces all tags. */
  tags?: string[]
  /** The field for the value is `field_value`, in v3 `fieldValue`. */
  customFields?: { id?: string; key?: string; field_value?: unknown; fieldValue?: unknown }[]
  source?: string | null
  dateOfBirth?: string | null
  /** A user id. The contact's conversation is assigned to the same user. */
  assignedTo?: string | null
}

export interface LeadConnectorUpsertContactBody extends LeadConnectorContactFields {
  locationId: string
  gender?: string
  companyName?: string | null
  createNewIfDuplicateAllowed?: boolean
}

/** The schema is empty. These fields are described in the vendor's text or known to work. */
export interface LeadConnectorContactSearchBody {
  locationId: string
  /** From 1. */
  page?: number
  pageLimit?: number
  /** Replaces `page`: the `searchAfter` of the last contact of the previous page. */
  searchAfter?: unknown[]
  query?: string
  filters?: Record<string, unknown>[]
  sort?: { field: string; direction: 'asc' | 'desc' }[]
}

interface ContactAnswer {
  contact: LeadConnectorContactPayload
  traceId?: string
}

/** "Contacts": the endpoints that conversations need. */
export interface LeadConnectorContactEndpoints {
  'GET /contacts/{contactId}': { answer: ContactAnswer }
  /** The location's settings decide which existing contact is updated. */
  'POST /contacts/upsert': { body: LeadConnectorUpsertContactBody; answer: ContactAnswer & { new?: boolean } }
  'POST /contacts/search': {
    body: LeadConnectorContactSearchBody
    answer: { contacts: LeadConnectorContactPayload[]; total?: number; traceId?: string }
  }
  'GET /contacts/search/duplicate': {
    query: { locationId: string; number?: string; email?: string }
    /** `null`: no such contact. */
    answer: { contact?: LeadConnectorContactPayload | null; traceId?: string }
  }
  'PUT /contacts/{contactId}': { body: LeadConnectorContactFields; answer: ContactAnswer & { succeded?: boolean } }
  'GET /contacts/': {
    query: {
      locationId: string
      /** At most 100. */
      limit?: number
      query?: string
      /** Both come from the `meta` of the previous page. */
      startAfter?: number
      startAfterId?: string
    }
    answer: {
      contacts: LeadConnectorContactPayload[]
      count?: number
      meta?: {
        total?: number
        nextPageUrl?: string | null
        startAfter?: number | null
        startAfterId?: string | null
        currentPage?: number | null
        nextPage?: number | null
        prevPage?: number | null
      }
      traceId?: string
    }
  }
}

/** A permission of a user, by the vendor's name. */
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

/** A user of the vendor: a human operator. */
export interface LeadConnectorUserPayload {
  id: string
  name?: string
  firstName?: string
  lastName?: string
  email?: string
  phone?: string
  extension?: string
  roles?: { type?: string; role?: string; locationIds?: string[]; restrictSubAccount?: boolean }
  /** The user's permissions. */
  permissions?: { [Permission in LeadConnectorPermission]?: boolean }
  scopes?: string | string[]
  deleted?: boolean
  /** The content is undocumented. */
  lcPhone?: unknown
  platformLanguage?: string
  traceId?: string
}

export interface LeadConnectorUserSearchQuery {
  /** Required even with the token of a location. */
  companyId: string
  locationId?: string
  query?: string
  /** A number as a string. Default `0`. */
  skip?: string
  /** A number as a string. Default `25`. */
  limit?: string
  /** Separated by commas. */
  ids?: string
  type?: string
  role?: string
  sort?: string
  sortDirection?: Word<'asc' | 'desc'>
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

/** A kind of email or text message that a contact can unsubscribe from. A send takes its id as `customSubtypeId`. */
export interface LeadConnectorCreateCustomSubtypeBody {
  /** At most 100 characters. */
  name: string
  /** At most 100 characters. */
  description?: string
  channel: Word<'email' | 'sms'>
  /** A language code such as `en`. */
  language: string
}

export interface LeadConnectorUpdateCustomSubtypeBody {
  /** At most 100 characters. */
  name?: string
  /** At most 100 characters. */
  description?: string
  archived?: boolean
  resubscription_legal_form_id?: string
}

export interface LeadConnectorUnsubscriptionQuery {
  locationId: string
  contactId: string
  /** Default: all email addresses of the contact. */
  email?: string
}

type SubscriptionStatus = Word<'subscribed' | 'unsubscribed'>

/** The change: a subtype of the vendor, a subtype of the location, or a new subscription to all of them. */
export type LeadConnectorSubscriptionAction =
  | { type: 'default'; subtype_name: Word<'One on One'>; subtype_status: SubscriptionStatus }
  | {
      type: 'custom'
      /** The id of a custom subtype. */
      subtype_id: string
      subtype_status: SubscriptionStatus
    }
  | { type: 'resub_all'; subtype_status: SubscriptionStatus }

export interface LeadConnectorSubscriptionChangeBody {
  locationId: string
  contactId: string
  email: string
  subscription_action: LeadConnectorSubscriptionAction
  /** Documented as required to subscribe a contact again. */
  legal_reason?: string
  legal_description?: string
}

/** "Preference Management". v3 lacks these endpoints. The vendor declares no response for any of them. */
export interface LeadConnectorPreferenceEndpoints {
  /** The only endpoint that lists the ids for `customSubtypeId`. */
  'GET /conversations/preferences/custom-subtypes': { query: { locationId: string }; answer: unknown }
  'POST /conversations/preferences/custom-subtypes': {
    query: { locationId: string }
    body: LeadConnectorCreateCustomSubtypeBody
    answer: unknown
  }
  'PUT /conversations/preferences/custom-subtypes/{id}': {
    query: { locationId: string }
    body: LeadConnectorUpdateCustomSubtypeBody
    answer: unknown
  }
  'GET /conversations/preferences/unsubscriptions/status': {
    query: LeadConnectorUnsubscriptionQuery
    answer: unknown
  }
  'POST /conversations/preferences/unsubscriptions/user-change': {
    body: LeadConnectorSubscriptionChangeBody
    answer: unknown
  }
}

export interface LeadConnectorKnowledgeBaseListQuery {
  locationId: string
  query?: string
  /** Default 20. */
  limit?: number
  /** The last one of the previous page. */
  lastKnowledgeBaseId?: string
}

export interface LeadConnectorKnowledgeBaseListData {
  knowledgeBases: LeadConnectorKnowledgeBasePayload[]
  activeCount?: number
  hasMore?: boolean
  lastKnowledgeBaseId?: string | null
}

export interface LeadConnectorFaqListQuery {
  knowledgeBaseId: string
  locationId: string
  /** Default 10. */
  limit?: number
  /** The last one of the previous page. */
  lastFaqId?: string
}

export interface LeadConnectorPageListQuery {
  knowledgeBaseId: string
  locationId: string
  /** From 1. */
  page?: number
  pageLength?: number
  query?: string
}

/** The pages of a crawl to change. */
export interface LeadConnectorPagesBody {
  knowledgeBaseId: string
  locationId: string
  urlIds: string[]
}

/** Why a page could not be read. */
export interface LeadConnectorCrawlError {
  stack?: string
  response?: string
  /** The HTTP status. */
  status?: number
  options?: Record<string, unknown> | null
  message?: string
  name?: string
}

/** The progress of a crawl. */
export interface LeadConnectorCrawlStatus {
  /** The pages found so far, by their status. */
  aggregate: {
    /** The status of these pages. */
    _id: string
    records: {
      url: string
      /** The id for `urlIds`. */
      id: string
      title?: string
      error?: LeadConnectorCrawlError | null
    }[]
  }[]
  operationDetails: {
    _id: string
    locationId: string
    knowledgeBaseId: string
    status: string
    url: string
    /** This page only, all pages below it, or the whole domain. */
    mode: Word<'Exact' | 'Path' | 'Domain'>
    discoveredUrlsCount: number
    trainedUrlsCount: number
    createdAt: string
    updatedAt: string
    robotsFileData?: string
    __v: number
  }
}

interface Done {
  success?: boolean
  traceId?: string
}

/** "Knowledge Base". No public endpoint lists or writes rich texts, files and tables. */
export interface LeadConnectorKnowledgeEndpoints {
  'GET /knowledge-bases/': {
    query: LeadConnectorKnowledgeBaseListQuery
    answer: Done & { data: LeadConnectorKnowledgeBaseListData }
  }
  'GET /knowledge-bases/{id}': { answer: Done & { data: LeadConnectorKnowledgeBasePayload } }
  'POST /knowledge-bases/': {
    body: { name: string; locationId: string; description?: string }
    answer: Done & { data: LeadConnectorKnowledgeBasePayload }
  }
  'PUT /knowledge-bases/{id}': {
    /** The documents differ on whether an update requires the name and the location. */
    body: { name?: string; locationId?: string; description?: string }
    answer: Done & { data?: LeadConnectorKnowledgeBasePayload }
  }
  'DELETE /knowledge-bases/{id}': { answer: Done }
  'GET /knowledge-bases/faqs': {
    query: LeadConnectorFaqListQuery
    answer: {
      faqs: LeadConnectorFaqPayload[]
      count?: number
      lastFaqId?: string | null
      hasMore?: boolean
      traceId?: string
    }
  }
  'POST /knowledge-bases/faqs': {
    body: { knowledgeBaseId: string; locationId: string; question: string; answer: string }
    answer: Done & { faq?: LeadConnectorFaqPayload }
  }
  'PUT /knowledge-bases/faqs/{id}': {
    body: { question: string; answer: string }
    answer: Done & { faq?: LeadConnectorFaqPayload }
  }
  'DELETE /knowledge-bases/faqs/{id}': { answer: Done }
  'GET /knowledge-bases/crawler': {
    query: LeadConnectorPageListQuery
    answer: { urls: LeadConnectorPagePayload[]; count?: number; traceId?: string }
  }
  'POST /knowledge-bases/crawler': {
    body: {
      locationId: string
      knowledgeBaseId: string
      url: string
      /** This page only, all pages below it, or the whole domain. */
      option: Word<'Exact' | 'Path' | 'Domain'>
    }
    answer: Done & { data: LeadConnectorCrawlPayload }
  }
  'GET /knowledge-bases/crawler/status': {
    query: { operationId: string; locationId: string; knowledgeBaseId: string }
    answer: Done & { data: LeadConnectorCrawlStatus }
  }
  'POST /knowledge-bases/crawler/train': { body: LeadConnectorPagesBody & { operationId: string }; answer: Done }
  'DELETE /knowledge-bases/crawler': {
    body: LeadConnectorPagesBody
    /** Only newer editions return the number of deleted pages. */
    answer: Done & { deletedCount?: number; message?: string }
  }
}
