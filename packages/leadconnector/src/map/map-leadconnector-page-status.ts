import { type KnowledgeStatus, type TermMap, words } from '@parley/core'

/** `Existing`: an earlier crawl has found the page already. */
export const mapLeadConnectorPageStatus: TermMap<KnowledgeStatus> = words({
  Pending: 'processing',
  Processing: 'processing',
  Training: 'processing',
  Successful: 'ready',
  Existing: 'ready',
  Failed: 'failed',
  Restricted: 'failed',
  Cancelled: 'failed',
  Aborted: 'failed',
})
