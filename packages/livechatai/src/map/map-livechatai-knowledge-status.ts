import { type KnowledgeStatus, type TermMap, words } from '@parley/core'

const known = words<KnowledgeStatus>({
  COMPLETED: 'ready',
  PROCESSING: 'processing',
  IN_PROGRESS: 'processing',
  PENDING: 'processing',
  QUEUED: 'processing',
  WAITING: 'processing',
  TRAINING: 'processing',
})

/** A data source's `status`. Only `COMPLETED` is documented; the others are what such lists use to say. */
export const mapKnowledgeStatus: TermMap<KnowledgeStatus> = (native) =>
  /fail|error/i.test(String(native)) ? 'failed' : known(native)
