import { type TermMap, words } from '@parley/core'

export type ResponseStatus = 'pending' | 'completed' | 'failed'

/** How far an answer is. Editions name it differently: the current one with the first word of each kind. */
export const mapResponseStatus: TermMap<ResponseStatus> = words<ResponseStatus>({
  pending: 'pending',
  running: 'pending',
  processing: 'pending',
  in_progress: 'pending',
  queued: 'pending',
  completed: 'completed',
  complete: 'completed',
  done: 'completed',
  success: 'completed',
  failed: 'failed',
  error: 'failed',
  cancelled: 'failed',
  expired: 'failed',
})
