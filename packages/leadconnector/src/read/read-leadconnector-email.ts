import type { EmailDetails, Message, Raw, Reading } from '@parley/core'
import { Unreadable } from '@parley/core/read'
import { mapLeadConnectorDirection } from '../map/map-leadconnector-direction.ts'
import { mapLeadConnectorMessageStatus } from '../map/map-leadconnector-message-status.ts'
import type { LeadConnectorEmailPayload, LeadConnectorMessagePayload } from '../wire/message.ts'
import { readAttachments } from './read-leadconnector-attachment.ts'
import { readAuthor } from './read-leadconnector-author.ts'
import { setBody } from './read-leadconnector-message.ts'

/** Reads a single email as a message of its own. Its id is another one than that of the message it belongs to. */
export function readEmail(raw: Raw, reading: Reading): Message<LeadConnectorEmailPayload> {
  const id = reading.id(raw)
  const conversationId = reading.text(raw, 'conversationId')
  if (!conversationId) throw new Unreadable(reading.at('conversationId'))
  const direction = raw['direction'] == null ? undefined : reading.term(raw, 'direction', mapLeadConnectorDirection)
  const message = reading.entity('message', id, raw) as Message<LeadConnectorEmailPayload>
  const contactId = reading.text(raw, 'contactId')
  if (contactId) message.contactId = contactId
  message.conversationId = conversationId
  message.type = { value: 'email', native: null }
  message.direction = direction?.value ?? 'unknown'
  message.author = readAuthor(raw, 'email', reading)
  message.sourcesState = 'unavailable'
  message.channel = { value: 'email', native: null }
  const status = raw['status'] == null ? undefined : reading.term(raw, 'status', mapLeadConnectorMessageStatus)
  if (status !== undefined) message.status = status
  addEmail(message, raw, reading)
  const externalId = reading.text(raw, 'altId')
  if (externalId !== undefined) message.externalId = externalId
  const createdAt = reading.time(raw, 'dateAdded')
  if (createdAt !== undefined) message.createdAt = createdAt
  return message
}

/** Adds to a message what only its email holds: body, subject, addresses. */
export function addEmail(
  message: Message<LeadConnectorMessagePayload | LeadConnectorEmailPayload>,
  raw: Raw,
  reading: Reading,
): void {
  const body = reading.text(raw, 'body')
  if (typeof body === 'string') setBody(message, body, raw, reading, true)
  else if (body === null) message.text = null
  const details: EmailDetails = { ...message.email }
  const subject = reading.text(raw, 'subject')
  if (subject !== undefined) details.subject = subject
  const from = reading.text(raw, 'from')
  if (from !== undefined) details.from = from
  for (const key of ['to', 'cc', 'bcc'] as const) {
    const addresses = readAddresses(raw, key, reading)
    if (addresses !== undefined) details[key] = addresses
  }
  const threadId = reading.text(raw, 'threadId')
  if (threadId !== undefined) details.threadId = threadId
  message.email = details
  const inReplyTo = reading.text(raw, 'replyToMessageId')
  if (inReplyTo !== undefined) message.inReplyTo = inReplyTo
  const failure = reading.text(raw, 'error')
  if (failure !== undefined) message.failure = failure
  const attachments = readAttachments(raw, message.id, reading)
  if (attachments !== undefined) message.attachments = attachments
}

/** Lists of addresses, which the vendor also writes as a single text. */
const readAddresses = (raw: Raw, key: string, reading: Reading): string[] | undefined =>
  typeof raw[key] === 'string' ? [raw[key]] : reading.texts(raw, key)
