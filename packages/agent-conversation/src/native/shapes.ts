/** A page of conversations or users ("List conversations"). The number of the first page is undocumented; 1 works. */
export interface AgentConversationPage<Item> {
  data: Item[]
  currentPage: number
  /** The applied page size, which may be smaller than the requested one. */
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

/** The operation is a list, but the specification declares one object. All of these forms are possible. */
export type AgentConversationList<Item> = Item[] | Item | { data: Item[] }

/** A file that was uploaded to a signed URL. */
export interface AgentConversationUploadedFile {
  fileName: string
  /** The `storagePath` of the upload-url response. */
  storagePath: string
}

/** A file that will be uploaded to a signed URL. */
export interface AgentConversationUploadRequest {
  fileName: string
  contentType: string
}

/**
 * Where to upload the bytes, with the same content type and without a key, because the storage is another system. How
 * long the URL works is undocumented.
 */
export interface AgentConversationUploadUrl {
  signedUrl: string
  storagePath: string
}

/** The progress of an answer. An early release note uses other words. */
export type AgentConversationProgress = 'pending' | 'completed' | 'failed' | 'running' | 'error' | (string & {})
