/** A knowledge base as the list (`id`, `name`, `createdAt`) and the single read send it. */
export interface LeadConnectorKnowledgeBasePayload {
  id: string
  name?: string
  nameLowerCase?: string
  description?: string
  locationId?: string
  isDefault?: boolean
  deleted?: boolean
  /** How much of each kind it holds. Only FAQs and pages can be listed. */
  kbMetadata?: {
    faqs?: number
    urls?: number
    richText?: number
    files?: number
    webSearches?: number
    tables?: number
  }
  createdAt?: string
  updatedAt?: string
}

/** A question and its answer, as `/knowledge-bases/faqs` sends them. */
export interface LeadConnectorFaqPayload {
  id: string
  question?: string
  questionLowerCase?: string
  answer?: string
  knowledgeBaseId?: string
  locationId?: string
  /** The page that it was made from. */
  trainedUrlId?: string | null
  deleted?: boolean
  createdAt?: string
  updatedAt?: string
}

/** A page that was found by the crawler, as `GET /knowledge-bases/crawler` sends it. */
export interface LeadConnectorPagePayload {
  id: string
  url?: string
  title?: string
  /** `Pending`, `Processing`, `Successful`, `Failed`, `Existing`, `Restricted`, `Cancelled`, `Aborted`, `Training`. */
  status?: string
  locationId?: string
  knowledgeBaseId?: string
  /** The address of the page's text, not the text. */
  content?: string
  contentEditedByUser?: boolean
  updatedAt?: string
}

/** A crawl that was begun, as `POST /knowledge-bases/crawler` answers it. */
export interface LeadConnectorCrawlPayload {
  operationId: string
  status?: string
  url?: string
}
