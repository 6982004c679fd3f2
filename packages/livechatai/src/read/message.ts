import type {
  Attachment,
  Author,
  Entity,
  Message,
  Payload,
  PayloadReader,
  Source,
  SourceKind,
  Term,
} from '@parley/core'
import { directionOf, mapMessageType, mapRole, mapSender, mapSourceKind } from '../vocabulary.ts'
import type {
  LiveChatAIAnswerPayload,
  LiveChatAICitationPayload,
  LiveChatAILinkPayload,
  LiveChatAIMessagePayload,
  LiveChatAIReplyPayload,
} from '../wire.ts'

/**
 * A message of "conversations/retrieve". Threads are read whole and can be long, so the fields are assigned one by one,
 * without temporary objects.
 */
export function readMessage(
  raw: Payload,
  reading: PayloadReader,
  conversationId: string,
): Message<LiveChatAIMessagePayload> {
  const id = reading.id(raw)
  const author = readAuthor(raw, reading)
  const message: Message<LiveChatAIMessagePayload> = {
    ref: reading.ref('message', id),
    vendor: reading.vendor,
    account: reading.account,
    id,
    conversationId,
    type: reading.term(raw, 'type', mapMessageType) ?? { value: 'unknown', native: null },
    direction: directionOf(author.kind),
    author,
    sourcesState: 'unavailable',
  }
  if (reading.keepRaw) message.raw = raw as LiveChatAIMessagePayload & Payload
  readContent(message, reading.text(raw, 'content'), reading)
  if (raw['source'] !== undefined && raw['source'] !== null) readCitations(message, raw, reading)
  const createdAt = reading.time(raw, 'createdAt')
  if (createdAt !== undefined) message.createdAt = createdAt
  return message
}

/**
 * The author, by the role. A teammate (`agent`) in a message with the role of the assistant means that this person wrote
 * it. With any other role, the teammate means nothing: the vendor's own example has one in a customer's message
 * ("conversations/retrieve").
 */
function readAuthor(raw: Payload, reading: PayloadReader): Author {
  const role = raw['role']
  if (typeof role !== 'string') {
    if (role !== undefined && role !== null) reading.text(raw, 'role')
    return { kind: 'unknown', basis: 'inferred' }
  }
  const kind = mapRole(role)
  if (kind === 'unknown') reading.word(role, 'role', mapRole)
  const teammate = kind === 'agent' ? reading.object(raw, 'agent') : undefined
  if (!teammate) return { kind, basis: 'vendor', native: role }
  const id = reading.text(teammate, 'id')
  if (!id) return { kind, basis: 'vendor', native: role }
  return readOperator(teammate, reading, { kind: 'operator', basis: 'inferred', id, native: role })
}

/** Adds the name, email and avatar of the teammate. */
function readOperator(teammate: Payload, reading: PayloadReader, author: Author): Author {
  const name = reading.text(teammate, 'name')
  if (name !== undefined) author.name = name
  const email = reading.text(teammate, 'email')
  if (email !== undefined) author.email = email
  const avatarUrl = reading.text(teammate, 'avatar')
  if (avatarUrl !== undefined) author.avatarUrl = avatarUrl
  return author
}

function readCitations(message: Message, raw: Payload, reading: PayloadReader): void {
  const sources = reading.list(raw, 'source', (item, index) => readCitation(item, reading, message.id, index))
  if (sources === undefined) return
  message.sources = sources
  message.sourcesState = 'inline'
}

/**
 * Sets the text of a message. The documentation does not say what the content of an image message is. If it is an address,
 * it becomes an attachment, and the message has no text.
 */
function readContent(message: Message, content: string | null | undefined, reading: PayloadReader): void {
  if (content === undefined) return
  message.text = content
  if (message.type.value !== 'image' || content === null || !isAddress(content)) return
  message.text = null
  const entity: Entity = reading.entity('attachment', `${message.id}#0`, content)
  message.attachments = [{ ...entity, url: content, access: 'open' } satisfies Attachment]
}

const isAddress = (content: string): boolean => /^https?:\/\/\S+$/i.test(content) && URL.canParse(content)

/** Reads the answer of "conversations/reply", with `text` and `sender` in place of `content` and `role`. */
export function readReply(
  raw: Payload,
  reading: PayloadReader,
  conversationId: string,
): Message<LiveChatAIReplyPayload> {
  const id = reading.id(raw)
  const author = readReplyAuthor(raw, reading)
  const message: Message<LiveChatAIReplyPayload> = {
    ...(reading.entity('message', id, raw) as Message<LiveChatAIReplyPayload>),
    conversationId,
    type: reading.term(raw, 'type', mapMessageType) ?? { value: 'unknown', native: null },
    direction: directionOf(author.kind),
    author,
    sourcesState: 'unavailable',
  }
  readContent(message, reading.text(raw, 'text'), reading)
  const createdAt = reading.time(raw, 'createdAt')
  if (createdAt !== undefined) message.createdAt = createdAt
  return message
}

function readReplyAuthor(raw: Payload, reading: PayloadReader): Author {
  const sender = reading.term(raw, 'sender', mapSender)
  const author: Author = { kind: sender?.value ?? 'unknown', basis: sender ? 'vendor' : 'inferred' }
  if (sender) author.native = sender.native === null ? null : String(sender.native)
  const teammate = author.kind === 'operator' ? reading.object(raw, 'agent') : undefined
  if (!teammate) return author
  const id = reading.text(teammate, 'id')
  if (id) author.id = id
  return readOperator(teammate, reading, author)
}

/** The answer to a question. */
export interface AnswerReading {
  conversationId: string | null
  contactId: string | null
  /** The question's id. */
  messageId: string | null
  /** `null`: there is no answer. */
  text: string | null
  /** `null`: there is no answer, or it has no id. */
  message: Message<LiveChatAIAnswerPayload> | null
}

/** Reads the `data` of "conversations/send-message". After a person takes over, `response` may be empty or missing. */
export function readAnswer(
  raw: Payload,
  reading: PayloadReader,
  asked: { conversationId: string | null },
): AnswerReading {
  const conversationId = reading.text(raw, 'conversationId') || asked.conversationId
  const messageId = reading.text(raw, 'messageId') || null
  const text = reading.text(raw, 'response') || null
  const id = reading.text(raw, 'responseMessageId')
  const found: AnswerReading = {
    conversationId,
    contactId: reading.text(raw, 'contactId') || null,
    messageId,
    text,
    message: null,
  }
  if (!id || text === null || conversationId === null) return found
  const message: Message<LiveChatAIAnswerPayload> = {
    ...(reading.entity('message', id, raw) as Message<LiveChatAIAnswerPayload>),
    conversationId,
    type: { value: 'text', native: null },
    direction: 'outbound',
    author: { kind: 'agent', basis: 'vendor' },
    text,
    sourcesState: 'unavailable',
  }
  if (found.contactId !== null) message.contactId = found.contactId
  if (messageId !== null) message.inReplyTo = messageId
  const links = reading.list(raw, 'links', (link, index) => readLink(link, reading, id, index))
  if (links !== undefined) {
    message.sources = links
    message.sourcesState = 'inline'
  }
  found.message = message
  return found
}

const unknownKind = (): Term<SourceKind> => ({ value: 'unknown', native: null })

/** A citation of a stored message ("conversations/retrieve"). */
function readCitation(
  raw: Payload,
  reading: PayloadReader,
  messageId: string,
  index: number,
): Source<LiveChatAICitationPayload> {
  const source: Source<LiveChatAICitationPayload> = readLinked(
    raw,
    reading,
    reading.text(raw, 'id') || `${messageId}#${index}`,
  )
  const distance = reading.number(raw, 'distance')
  // The number is kept unchanged, because neither its metric nor its direction is documented.
  if (typeof distance === 'number') source.score = { value: distance, metric: 'distance', higherIsBetter: null }
  return source
}

/** A link of a new answer ("conversations/send-message"). It has neither an id nor a distance. */
const readLink = (
  raw: Payload,
  reading: PayloadReader,
  messageId: string,
  index: number,
): Source<LiveChatAILinkPayload> => readLinked(raw, reading, `${messageId}#${index}`)

/** The fields that citations and links share. */
function readLinked(raw: Payload, reading: PayloadReader, id: string): Source<Payload> {
  const source: Source<Payload> = {
    ref: reading.ref('source', id),
    vendor: reading.vendor,
    account: reading.account,
    id,
    kind: reading.term(raw, 'type', mapSourceKind) ?? unknownKind(),
  }
  if (reading.keepRaw) source.raw = raw
  const url = reading.text(raw, 'link')
  if (url !== undefined) source.url = url
  return source
}
