import {
  type Attachment,
  type Author,
  isRecord,
  type Message,
  type Payload,
  type PayloadReader,
  type Source,
} from '@parley/core'
import { readFileName } from '@parley/core/operations'
import { directionOf, mapChannel, mapResponseStatus, mapSenderRole, type ResponseStatus } from '../vocabulary.ts'
import type { AgentConversationMessageFilePayload, AgentConversationMessagePayload } from '../wire.ts'
import { readFeedback } from './feedback.ts'

/**
 * A message. Threads are read whole and can be long, so the fields are assigned one by one, without temporary objects.
 *
 * @param conversationId the conversation, for a payload that does not name it.
 */
export function readMessage(
  raw: Payload,
  reading: PayloadReader,
  conversationId: string,
): Message<AgentConversationMessagePayload> {
  const id = reading.id(raw)
  const author = readAuthor(raw, reading)
  const source = raw['source']
  const message: Message<AgentConversationMessagePayload> = {
    ref: reading.ref('message', id),
    vendor: reading.vendor,
    account: reading.account,
    id,
    conversationId: reading.text(raw, 'conversationId') || conversationId,
    type: source === 'email' ? { value: 'email', native: source } : { value: 'text', native: null },
    direction: directionOf(author.kind),
    author,
    text: readText(raw, reading),
    sourcesState: 'unavailable',
  }
  if (reading.keepRaw) message.raw = raw as AgentConversationMessagePayload & Payload
  const channel = reading.term(raw, 'source', mapChannel)
  if (channel !== undefined) message.channel = channel
  const answered = reading.text(raw, 'conversationMessageId')
  if (answered && answered !== id && author.kind !== 'contact') message.inReplyTo = answered
  if (raw['files'] !== undefined) readFiles(message, raw, reading)
  if (raw['fullAIResponse'] !== undefined) readAIResponse(message, raw, reading)
  if (raw['conversationMessageFeedbacks'] !== undefined) {
    const feedback = reading.list(raw, 'conversationMessageFeedbacks', (item) => readFeedback(item, reading))
    if (feedback !== undefined) message.feedback = feedback
  }
  const isAnonymized = reading.flag(raw, 'isAnonymized')
  if (isAnonymized !== undefined) message.isAnonymized = isAnonymized
  const createdAt = reading.time(raw, 'createdAt')
  if (createdAt !== undefined) message.createdAt = createdAt
  return message
}

/** The role gives the kind of author. The vendor names no author except a sub-agent. */
function readAuthor(raw: Payload, reading: PayloadReader): Author {
  const role = reading.text(raw, 'senderRole')
  if (role === undefined || role === null) return { kind: 'unknown', basis: 'inferred' }
  const author: Author = { kind: mapSenderRole(role), basis: 'vendor', native: role }
  if (author.kind === 'unknown') reading.word(role, 'senderRole', mapSenderRole)
  const subagent = raw['subagentId']
  if (subagent !== undefined && subagent !== null) {
    const agentId = reading.text(raw, 'subagentId')
    if (agentId && author.kind === 'agent') author.id = agentId
  }
  return author
}

/** The text is in `message`. If that is empty, as in anonymized or unprocessed messages, other fields replace it. */
function readText(raw: Payload, reading: PayloadReader): string | null {
  const text = reading.text(raw, 'message')
  if (text) return text
  const unprocessed = reading.text(raw, 'rawMessage')
  if (unprocessed) return unprocessed
  const response = raw['fullAIResponse']
  return (isRecord(response) && reading.text(response, 'outputText')) || null
}

function readFiles(message: Message, raw: Payload, reading: PayloadReader): void {
  const attachments = reading.list(raw, 'files', (file) => readAttachment(file, reading, message.conversationId))
  if (attachments !== undefined) message.attachments = attachments
}

/** Has no URL, because a signed URL needs its own request ("Message files"). */
function readAttachment(
  raw: Payload,
  reading: PayloadReader,
  conversationId: string,
): Attachment<AgentConversationMessageFilePayload> {
  const id = reading.id(raw)
  const entity = reading.entity('attachment', id, raw) as Attachment<AgentConversationMessageFilePayload>
  entity.access = 'fetchable'
  entity.conversationId = conversationId
  const fileName = readFileName(reading, raw, 'fileName')
  if (fileName !== undefined) entity.fileName = fileName
  const size = reading.number(raw, 'size')
  if (size !== undefined) entity.size = size
  return entity
}

/**
 * Reads the sources (pages before files) and the reasoning of an agent's message. Tracking the path for warnings takes
 * longer than reading, so it is done only for a response with an unexpected value.
 */
export function readAIResponse(message: Message, raw: Payload, reading: PayloadReader): void {
  const response = raw['fullAIResponse']
  if (isRecord(response) && isOrdinary(response)) takeOrdinary(message, response, reading)
  else reading.nested(raw, 'fullAIResponse', (odd) => takeOdd(message, odd, reading))
}

function takeOrdinary(message: Message, response: Payload, reading: PayloadReader): void {
  const sources: Source[] = []
  const pages = (response['urlCitations'] ?? []) as Payload[]
  const files = (response['fileCitations'] ?? []) as Payload[]
  for (let index = 0; index < pages.length; index++)
    sources.push(readUrlCitation(pages[index] as Payload, reading, message.id, index))
  for (let index = 0; index < files.length; index++)
    sources.push(readFileCitation(files[index] as Payload, reading, message.id, pages.length + index))
  message.sourcesState = 'inline'
  message.sources = sources
  if (response['reasoning']) message.reasoning = (response['reasoning'] as string[]).slice()
}

function takeOdd(message: Message, response: Payload, reading: PayloadReader): void {
  const { id } = message
  const pages = response['urlCitations']
  const before = Array.isArray(pages) ? pages.length : 0
  const ofPages = reading.list(response, 'urlCitations', (raw, index) => readUrlCitation(raw, reading, id, index))
  const ofFiles = reading.list(response, 'fileCitations', (raw, index) =>
    readFileCitation(raw, reading, id, before + index),
  )
  message.sourcesState = 'inline'
  message.sources = [...(ofPages ?? []), ...(ofFiles ?? [])]
  const reasoning = reading.texts(response, 'reasoning')
  if (reasoning !== undefined) message.reasoning = reasoning
}

const isOrdinary = (response: Payload): boolean =>
  isCitations(response['urlCitations'], 'url', 'title') &&
  isCitations(response['fileCitations'], 'fileId', 'filename') &&
  isTexts(response['reasoning'])

function isCitations(list: unknown, first: string, second: string): boolean {
  if (list === undefined || list === null) return true
  if (!Array.isArray(list)) return false
  for (const item of list as unknown[])
    if (!isRecord(item) || typeof item[first] !== 'string' || typeof item[second] !== 'string') return false
  return true
}

function isTexts(list: unknown): boolean {
  if (list === undefined || list === null) return true
  if (!Array.isArray(list)) return false
  for (const item of list as unknown[]) if (typeof item !== 'string') return false
  return true
}

/** "FullAIResponse": a page that was cited. */
export function readUrlCitation(raw: Payload, reading: PayloadReader, messageId: string, index: number): Source {
  const source = sourceAt(messageId, index, 'website', raw, reading)
  const title = reading.text(raw, 'title')
  if (title !== undefined) source.title = title
  const url = reading.text(raw, 'url')
  if (url !== undefined) source.url = url
  return source
}

/** "FullAIResponse": a file that was cited. */
export function readFileCitation(raw: Payload, reading: PayloadReader, messageId: string, index: number): Source {
  const source = sourceAt(messageId, index, 'file', raw, reading)
  const fileName = readFileName(reading, raw, 'filename')
  if (fileName !== undefined) source.fileName = fileName
  const fileId = reading.text(raw, 'fileId')
  if (fileId !== undefined) source.fileId = fileId
  return source
}

/**
 * Citations have no id, no score and no passage. Several citations may share the id of a file, so the id of each consists
 * of the message's id and the citation's index.
 */
function sourceAt(
  messageId: string,
  index: number,
  kind: 'website' | 'file',
  raw: Payload,
  reading: PayloadReader,
): Source {
  const id = `${messageId}#${index}`
  const source: Source = {
    ref: reading.partRef('source', messageId, index),
    vendor: reading.vendor,
    account: reading.account,
    id,
    kind: { value: kind, native: null },
  }
  if (reading.keepRaw) source.raw = raw
  return source
}

/** The state of the answer to one question. */
export interface ResponseReading {
  status: ResponseStatus
  message: Message<AgentConversationMessagePayload> | null
  /** The vendor's message about a failure. It may quote a customer. */
  error: string | null
}

/**
 * Reads "Get response for a message" in all its shapes: the current one, an older one with optional keys and other words, a
 * bare message, and an empty body while there is no answer.
 */
export function readResponse(body: unknown, reading: PayloadReader, conversationId: string): ResponseReading {
  if (!isRecord(body)) return { status: 'pending', message: null, error: null }
  if (body['status'] === undefined && body['id'] !== undefined) {
    return { status: 'completed', message: readMessage(body, reading, conversationId), error: null }
  }
  const message = reading.nested(body, 'message', (raw) => readMessage(raw, reading, conversationId)) ?? null
  const known = reading.term(body, 'status', mapResponseStatus)?.value ?? 'unknown'
  // For an unknown status, the message decides: with a message, the answer is complete; without one, it is pending.
  const status = known === 'unknown' ? (message ? 'completed' : 'pending') : known
  return { status, message, error: reading.text(body, 'error') ?? null }
}
