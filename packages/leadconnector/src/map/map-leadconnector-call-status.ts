import type { CallStatus, TermMap } from '@parley/core'
import { words } from '@parley/core/read'

export const mapLeadConnectorCallStatus: TermMap<CallStatus> = words({
  pending: 'pending',
  completed: 'completed',
  answered: 'answered',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  canceled: 'canceled',
  voicemail: 'voicemail',
})
