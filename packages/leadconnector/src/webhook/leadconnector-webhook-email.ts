import type { MessageStatus, Raw, Reading, TermMap } from '@parley/core'
import { isRaw, Unreadable, words } from '@parley/core/read'
import type { EventFields } from '@parley/core/webhook'

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

/** Names neither the message nor the contact, only the address. */
export function readEmailReport(fields: Raw, reading: Reading): EventFields {
  const report = fields['webhookPayload']
  if (!isRaw(report)) throw new Unreadable('webhookPayload')
  return {
    kind: 'email.reported',
    status: reading.term(report, 'event', mapLeadConnectorEmailEvent) ?? { value: 'unknown', native: null },
    recipient: reading.text(report, 'recipient'),
  }
}
