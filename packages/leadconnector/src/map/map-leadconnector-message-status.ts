import type { MessageStatus, TermMap } from '@parley/core'
import { words } from '@parley/core/read'

/** `connected`, `completed` and `voicemail` are what calls end in. */
export const mapLeadConnectorMessageStatus: TermMap<MessageStatus> = words({
  scheduled: 'scheduled',
  pending: 'pending',
  queued: 'pending',
  sent: 'sent',
  delivered: 'delivered',
  voicemail: 'delivered',
  read: 'read',
  opened: 'read',
  clicked: 'clicked',
  failed: 'failed',
  undelivered: 'failed',
  opt_out: 'opted-out',
  connected: 'answered',
  completed: 'answered',
})
