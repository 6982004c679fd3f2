import type { Raw, Reading } from '@parley/core'
import type { EventFields } from '@parley/core/webhook'
import { contactOf } from './leadconnector-webhook-others.ts'

/**
 * What goes to the delivery URL of a conversation provider has no envelope: its `type` is a kind of message (`SMS`,
 * `Email`, `Custom`), and it is known by what it has.
 */
export const isDeliveryRequest = (fields: Raw): boolean =>
  typeof fields['messageId'] === 'string' &&
  typeof fields['contactId'] === 'string' &&
  ['message', 'html', 'phone', 'emailTo', 'attachments'].some((field) => fields[field] !== undefined)

export const readDeliveryRequest = (fields: Raw, reading: Reading): EventFields => ({
  kind: 'message.delivery-requested',
  message: reading.ref('message', reading.id(fields, 'messageId')),
  contact: contactOf(fields, reading),
})
