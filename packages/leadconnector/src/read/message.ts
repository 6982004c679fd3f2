import type {
  Attachment,
  Author,
  AuthorKind,
  CallDetails,
  Direction,
  EmailDetails,
  Message,
  MessageType,
  Payload,
  PayloadReader,
  SourcesState,
  Term,
} from '@parley/core'
import { isHtml, readHtml } from '@parley/core/html'
import { DecodeError } from '@parley/core/read'
import { mapCallStatus, mapChannel, mapDirection, mapMessageStatus, mapMessageType } from '../vocabulary.ts'
import type { LeadConnectorEmailPayload, LeadConnectorMessagePayload } from '../wire.ts'

/**
 * Reads a message of a list or a get.
 *
 * @param conversationId the conversation that was requested, for a message that does not name its own.
 */
export function readMessage(
  raw: Payload,
  reading: PayloadReader,
  conversationId?: string,
): Message<LeadConnectorMessagePayload> {
  const id = reading.id(raw)
  const typeKey = raw['messageType'] != null ? 'messageType' : 'type'
  const type = readType(raw, typeKey, reading)
  const author = readAuthor(raw, type.value, reading)
  const conversation = reading.text(raw, 'conversationId') || conversationId
  if (!conversation) throw new DecodeError(reading.at('conversationId'))

  const message = reading.entity('message', id, raw) as Message<LeadConnectorMessagePayload>
  const contactId = reading.text(raw, 'contactId')
  if (contactId) message.contactId = contactId
  message.conversationId = conversation
  message.type = type
  message.direction = readDirection(raw, type.value, reading)
  message.author = author
  message.sourcesState = sourcesStateOf(author)
  if (type.native !== null) {
    message.channel = { value: mapChannel(type.native), native: type.native }
  }
  readBody(message, raw, type.value, reading)
  const status = raw['status'] == null ? undefined : reading.term(raw, 'status', mapMessageStatus)
  if (status !== undefined) message.status = status
  const failure = reading.text(raw, 'error')
  if (failure !== undefined) message.failure = failure
  const attachments = readAttachments(raw, id, reading)
  if (attachments !== undefined) message.attachments = attachments
  const externalId = reading.text(raw, 'altId')
  if (externalId !== undefined) message.externalId = externalId
  if (raw['meta'] != null) readMeta(message, raw, type.value, reading)
  if (message.call && !attachments?.length && wasSpoken(message.call)) {
    message.attachments = [recordingOf(id, reading)]
  }
  const createdAt = reading.time(raw, 'dateAdded')
  if (createdAt !== undefined) message.createdAt = createdAt
  const updatedAt = reading.time(raw, 'dateUpdated')
  if (updatedAt !== undefined) message.updatedAt = updatedAt
  return message
}

function readType(raw: Payload, key: string, reading: PayloadReader): Term<MessageType> {
  return raw[key] == null
    ? { value: 'unknown', native: null }
    : (reading.term(raw, key, mapMessageType) ?? { value: 'unknown', native: null })
}

function readDirection(raw: Payload, type: MessageType | 'unknown', reading: PayloadReader): Direction {
  if (type === 'note') return 'internal'
  // Activities are lines in the timeline for staff. Only a live chat's info lines are also shown to the visitor.
  if (type === 'activity' && !/info/i.test(String(raw['messageType']))) return 'internal'
  const native = raw['direction']
  if (native === 'inbound' || native === 'outbound') return native
  return native == null ? 'unknown' : (reading.term(raw, 'direction', mapDirection)?.value ?? 'unknown')
}

/** A message of the agent has a generation. A workflow's message has one if an agent wrote it inside the workflow. */
const sourcesStateOf = (author: Author): SourcesState =>
  author.kind === 'agent' || author.native === 'workflow' ? 'fetchable' : 'unavailable'

/** Lists omit the body of an email. A call or an activity has no body. */
function readBody(message: Message, raw: Payload, type: MessageType | 'unknown', reading: PayloadReader): void {
  const body = reading.text(raw, 'body')
  if (typeof body === 'string') setBody(message, body, raw, reading, type === 'email')
  else if (type !== 'email') message.text = type === 'activity' ? readActivityTitle(raw, reading) : null
}

/**
 * Sets the text of a message, and its HTML if the body is HTML. The vendor declares HTML in `contentType`, but declares
 * some HTML emails as `text/plain`. The body of an email is therefore checked for HTML as well.
 */
export function setBody(message: Message, body: string, raw: Payload, reading: PayloadReader, isEmail: boolean): void {
  const { contentType } = raw
  const isDeclared = typeof contentType === 'string' && /^\s*text\/html\b/i.test(contentType)
  if (!isDeclared && !(isEmail && isHtml(body))) {
    message.text = body
    return
  }
  message.html = body
  const own = reading.text(raw, 'plainText')
  // In webhooks, the vendor sends its own plain text of the HTML, which is better than ours.
  if (own) message.text = own
  else
    readHtml(reading, body, (text) => {
      message.text = text
    })
}

const readActivityTitle = (raw: Payload, reading: PayloadReader): string | null =>
  reading.nested(raw, 'activity', (activity) => reading.text(activity, 'title')) ?? null

function readMeta(message: Message, raw: Payload, type: MessageType | 'unknown', reading: PayloadReader): void {
  reading.nested(raw, 'meta', (meta) => {
    const ids = readEmailIds(meta, reading)
    if (ids) message.email = { ids }
    const call = type === 'call' ? readCall(meta, reading) : undefined
    if (call) message.call = call
  })
}

/** Documented as `email.email.messageIds`, sent as `email.messageIds`. */
const readEmailIds = (meta: Payload, reading: PayloadReader): string[] | undefined =>
  reading.nested(
    meta,
    'email',
    (email) =>
      reading.texts(email, 'messageIds') ??
      reading.nested(email, 'email', (inner) => reading.texts(inner, 'messageIds')),
  ) ?? undefined

/** Documented as `callDuration` and `callStatus`, sent as `call.duration` and `call.status`. */
function readCall(meta: Payload, reading: PayloadReader): CallDetails | undefined {
  const nested = reading.nested(meta, 'call', (call) => callOf(call, '', reading))
  const call = nested ?? callOf(meta, 'call', reading)
  return call.duration === undefined && call.status === undefined ? undefined : call
}

/** Whether anything was said in a call. Otherwise there is no recording. */
const wasSpoken = ({ duration, status }: CallDetails): boolean => !!duration || status?.value === 'voicemail'

function callOf(raw: Payload, prefix: '' | 'call', reading: PayloadReader): CallDetails {
  const call: CallDetails = {}
  const duration = reading.number(raw, prefix ? 'callDuration' : 'duration')
  if (duration !== undefined) call.duration = duration
  const statusKey = prefix ? 'callStatus' : 'status'
  const status = raw[statusKey] == null ? undefined : reading.term(raw, statusKey, mapCallStatus)
  if (status !== undefined) call.status = status
  return call
}

/**
 * The author of a message. The vendor does not mark the agent's messages, so an outbound message from its app without a
 * user is inferred to be the agent's. Only a generation of the message (`generations.get`) proves it.
 */
export function readAuthor(raw: Payload, type: MessageType | 'unknown', reading: PayloadReader): Author {
  if (type === 'activity') return { kind: 'system', basis: 'vendor' }
  if (type === 'note') return withId({ kind: 'operator', basis: 'vendor' }, reading.text(raw, 'userId'))
  const direction = raw['direction']
  if (direction === 'inbound') return withId({ kind: 'contact', basis: 'vendor' }, reading.text(raw, 'contactId'))
  if (direction !== 'outbound') return { kind: 'unknown', basis: 'inferred' }
  const word = reading.text(raw, 'source') ?? null
  const userId = reading.text(raw, 'userId')
  if (userId) return withId(withNative({ kind: 'operator', basis: 'vendor' }, word), userId)
  return withNative(authorOfSource(word, reading), word)
}

const kinds: ReadonlyMap<string, { kind: AuthorKind; basis: Author['basis'] }> = new Map([
  ['app', { kind: 'agent', basis: 'inferred' }],
  // An agent may have written inside the workflow. `sources.list` and `generations.get` show whether it did.
  ['workflow', { kind: 'automation', basis: 'inferred' }],
  ['campaign', { kind: 'automation', basis: 'vendor' }],
  ['bulk_actions', { kind: 'automation', basis: 'vendor' }],
  // Sent by another program. The vendor does not say whether a person wrote it.
  ['api', { kind: 'automation', basis: 'inferred' }],
])

function authorOfSource(source: string | null, reading: PayloadReader): Author {
  if (source === null) return { kind: 'unknown', basis: 'inferred' }
  const known = kinds.get(source)
  if (known) return { kind: known.kind, basis: known.basis }
  reading.warn('unknown-term', `${reading.vendor} sent a value for source that this version of Parley does not know.`, {
    path: reading.at('source'),
    raw: source,
  })
  return { kind: 'unknown', basis: 'inferred' }
}

function withId(author: Author, id: string | null | undefined): Author {
  if (id) author.id = id
  return author
}

function withNative(author: Author, native: string | null): Author {
  if (native !== null) author.native = native
  return author
}

/** Files at such an address become private an hour after the upload. The API then returns a signed, temporary address. */
export const secureFile: RegExp = /\/files\/d\/([^/?#]+)/

/** The end of the id of a call's recording. The id of the call's message comes before it. */
export const recordingEnd = '#recording'

/** Attachments are bare URLs: no name, size or type. */
function readAttachments(raw: Payload, messageId: string, reading: PayloadReader): Attachment<string>[] | undefined {
  const urls = reading.texts(raw, 'attachments')
  if (urls === undefined) return undefined
  const attachments: Attachment<string>[] = []
  for (let index = 0; index < urls.length; index++) {
    const url = urls[index] as string
    const attachment = reading.entity('attachment', `${messageId}#${index}`, url) as Attachment<string>
    attachment.url = url
    attachment.access = secureFile.test(url) ? 'fetchable' : 'open'
    attachments.push(attachment)
  }
  return attachments
}

/**
 * The recording of a call. The vendor omits it from `attachments` and has an endpoint for it. Only that endpoint shows
 * whether the call was recorded. The recording has no payload, so it has no `raw`.
 */
function recordingOf(messageId: string, reading: PayloadReader): Attachment<string> {
  const id = messageId + recordingEnd
  return {
    ref: reading.ref('attachment', id),
    vendor: reading.vendor,
    account: reading.account,
    id,
    access: 'fetchable',
    contentType: 'audio/x-wav',
  }
}

/** Reads a single email as a message. Its id is not the id of the message that it belongs to. */
export function readEmail(raw: Payload, reading: PayloadReader): Message<LeadConnectorEmailPayload> {
  const id = reading.id(raw)
  const conversationId = reading.text(raw, 'conversationId')
  if (!conversationId) throw new DecodeError(reading.at('conversationId'))
  const direction = raw['direction'] == null ? undefined : reading.term(raw, 'direction', mapDirection)
  const message = reading.entity('message', id, raw) as Message<LeadConnectorEmailPayload>
  const contactId = reading.text(raw, 'contactId')
  if (contactId) message.contactId = contactId
  message.conversationId = conversationId
  message.type = { value: 'email', native: null }
  message.direction = direction?.value ?? 'unknown'
  message.author = readAuthor(raw, 'email', reading)
  message.sourcesState = 'unavailable'
  message.channel = { value: 'email', native: null }
  const status = raw['status'] == null ? undefined : reading.term(raw, 'status', mapMessageStatus)
  if (status !== undefined) message.status = status
  addEmail(message, raw, reading)
  const externalId = reading.text(raw, 'altId')
  if (externalId !== undefined) message.externalId = externalId
  const createdAt = reading.time(raw, 'dateAdded')
  if (createdAt !== undefined) message.createdAt = createdAt
  return message
}

/** Adds what only the email has to its message: body, subject, addresses. */
export function addEmail(
  message: Message<LeadConnectorMessagePayload | LeadConnectorEmailPayload>,
  raw: Payload,
  reading: PayloadReader,
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

/** Reads a list of addresses, which may also be a single string. */
const readAddresses = (raw: Payload, key: string, reading: PayloadReader): string[] | undefined =>
  typeof raw[key] === 'string' ? [raw[key]] : reading.texts(raw, key)
