import type { MessageStatus, TermMap } from '@parley/core'
import { words } from '@parley/core/read'

/** What the vendor's mail service says about an email, in the words of the service behind it. */
export const mapLeadConnectorEmailEvent: TermMap<MessageStatus> = words({
  accepted: 'sent',
  delivered: 'delivered',
  opened: 'read',
  clicked: 'clicked',
  failed: 'failed',
  bounced: 'failed',
  rejected: 'failed',
  unsubscribed: 'opted-out',
  complained: 'opted-out',
})
