/** Every page, of conversations and of users ("List conversations"). Where pages begin is undocumented; 1 works. */
export interface AgentConversationPage<Item> {
  data: Item[]
  currentPage: number
  /** The one that was applied, which may be smaller than the one that was asked for. */
  pageSize: number
  totalItems: number
  totalPages: number
  hasNextPage: boolean
  hasPreviousPage: boolean
}

/** The default and the largest `pageSize` are undocumented. */
export interface AgentConversationPageQuery {
  page?: number
  pageSize?: number
  /** The default is undocumented. */
  orderDirection?: AgentConversationDirection
}

export type AgentConversationDirection = 'ASC' | 'DESC'

/** The specification declares one object where the operation is a list, so any of these may come. */
export type AgentConversationList<Item> = Item[] | Item | { data: Item[] }

/** A file that was put to a signed URL before. */
export interface AgentConversationUploadedFile {
  fileName: string
  /** What the upload-url call answered. */
  storagePath: string
}

/** What is going to be put to a signed URL. */
export interface AgentConversationUploadRequest {
  fileName: string
  contentType: string
}

/**
 * Where to put the bytes, with the same content type and without any key: it is other storage. How long it works is
 * undocumented.
 */
export interface AgentConversationUploadUrl {
  signedUrl: string
  storagePath: string
}

/** How far an answer is; an early release note has other words. */
export type AgentConversationProgress = 'pending' | 'completed' | 'failed' | 'running' | 'error' | (string & {})
