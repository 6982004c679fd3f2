import type {
  LeadConnectorCrawlPayload,
  LeadConnectorFaqPayload,
  LeadConnectorKnowledgeBasePayload,
  LeadConnectorPagePayload,
} from '../wire/knowledge.ts'
import type { LeadConnectorWord } from './leadconnector-native-word.ts'

export interface LeadConnectorKnowledgeBaseListQuery {
  locationId: string
  query?: string
  /** Default 20. */
  limit?: number
  /** The last one of the page before. */
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
  /** The last one of the page before. */
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

/** Which found pages an operation is about. */
export interface LeadConnectorPagesBody {
  knowledgeBaseId: string
  locationId: string
  urlIds: string[]
}

/** Why a page could not be read, where one could not. */
export interface LeadConnectorCrawlError {
  stack?: string
  response?: string
  /** The HTTP status. */
  status?: number
  options?: Record<string, unknown> | null
  message?: string
  name?: string
}

/** How far a search for pages is. */
export interface LeadConnectorCrawlStatus {
  /** The pages found so far, by their status. */
  aggregate: {
    /** The status that these pages have. */
    _id: string
    records: {
      url: string
      /** What `urlIds` takes. */
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
    /** This page, everything below it, or the whole domain. */
    mode: LeadConnectorWord<'Exact' | 'Path' | 'Domain'>
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

/** "Knowledge Base". The list and the writes of rich texts, files and tables are in no public API. */
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
    /** Documents differ on whether an update needs the name and the location. */
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
      /** This page, everything below it, or the whole domain. */
      option: LeadConnectorWord<'Exact' | 'Path' | 'Domain'>
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
    /** Only newer editions count what went. */
    answer: Done & { deletedCount?: number; message?: string }
  }
}
