import type { Raw, Reading } from '@parley/core'
import { isRaw, Unreadable } from '@parley/core/read'
import type { EventFields } from '@parley/core/webhook'
import { mapLeadConnectorEmailEvent } from '../map/map-leadconnector-email-event.ts'

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
