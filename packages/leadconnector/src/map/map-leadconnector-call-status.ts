import { type CallStatus, type TermMap, words } from '@parley/core'

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
