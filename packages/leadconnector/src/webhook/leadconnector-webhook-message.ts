import type { Message, Raw, Reading } from '@parley/core'
import { Unreadable } from '@parley/core/read'
import type { EventFields } from '@parley/core/webhook'
import { mapLeadConnectorMessageType } from '../map/map-leadconnector-message-type.ts'
import { addEmail } from '../read/read-leadconnector-email.ts'
import { readMessage } from '../read/read-leadconnector-message.ts'
import { contactOf } from './leadconnector-webhook-others.ts'

/**
 * An inbound or outbound message. Its id was missing in some: without it, only that the conversation has something new
 * can be said, because the id of the email beside it is another one.
 */
export function readMessageEvent(fields: Raw, reading: Reading): EventFields {
  const conversation = reading.ref('conversation', reading.id(fields, 'conversationId'))
  const contact = contactOf(fields, reading)
  const id = reading.text(fields, 'messageId')
  if (!id) return { kind: 'conversation.updated', conversation, contact }
  return {
    kind: 'message.created',
    message: reading.ref('message', id),
    conversation,
    contact,
    snapshot: readSnapshot(id, fields, reading),
  }
}

/** The message as its event tells it. What cannot be read leaves the event as it is: it is only a hint. */
function readSnapshot(id: string, fields: Raw, reading: Reading): Message | undefined {
  try {
    const raw = asMessage(id, fields)
    const message = readMessage(raw, reading)
    if (message.type.value !== 'email') return message
    addEmail(message, raw, reading)
    return message
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/** The payload in the form that lists and the get have. */
function asMessage(id: string, fields: Raw): Raw {
  const messageType = fields['messageTypeString'] ?? fields['messageType']
  return {
    ...fields,
    id,
    body: fields['body'] ?? fields['plainText'],
    messageType,
    // The name of the event, in a webhook.
    type: fields['messageTypeId'],
    direction: directionOf(fields, messageType),
    meta: {
      callDuration: fields['callDuration'],
      callStatus: fields['callStatus'],
      ...(typeof fields['emailMessageId'] === 'string' && { email: { messageIds: [fields['emailMessageId']] } }),
    },
    cc: fields['ccList'] ?? (fields['cc'] || undefined),
    bcc: fields['bccList'] ?? (fields['bcc'] || undefined),
  }
}

/**
 * The name of the event says which way a message went, since a documented example of an outbound one says `inbound`; of a
 * call its own field does, since a documented inbound call is called `OutboundMessage`.
 */
function directionOf(fields: Raw, messageType: unknown): unknown {
  const { direction } = fields
  const isCall = typeof messageType === 'string' && mapLeadConnectorMessageType(messageType) === 'call'
  if (isCall && (direction === 'inbound' || direction === 'outbound')) return direction
  return fields['type'] === 'InboundMessage' ? 'inbound' : 'outbound'
}
