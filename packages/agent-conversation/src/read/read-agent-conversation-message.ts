import { type Attachment, type Author, isRaw, type Message, type Raw, type Reading } from '@parley/core'
import { mapChannel } from '../map/map-agent-conversation-channel.ts'
import { directionOf, mapSenderRole } from '../map/map-agent-conversation-sender-role.ts'
import type { AgentConversationRawMessage, AgentConversationRawMessageFile } from '../wire/index.ts'
import { readAIResponse } from './read-agent-conversation-ai-response.ts'
import { readFeedback } from './read-agent-conversation-feedback.ts'

/**
 * A message. Threads come whole and may be long, so the fields are assigned one by one: nothing is made that is not kept.
 *
 * @param conversationId for a payload that does not name its own.
 */
export function readMessage(raw: Raw, reading: Reading, conversationId: string): Message<AgentConversationRawMessage> {
  const id = reading.id(raw)
  const author = readAuthor(raw, reading)
  const source = raw['source']
  const message: Message<AgentConversationRawMessage> = {
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
  if (reading.keepRaw) message.raw = raw as AgentConversationRawMessage & Raw
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

/** The role says what spoke, not who; only a sub-agent is named. */
function readAuthor(raw: Raw, reading: Reading): Author {
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

/** `message` is what is shown; the others stand in for an empty one, as with anonymised or unprocessed messages. */
function readText(raw: Raw, reading: Reading): string | null {
  const text = reading.text(raw, 'message')
  if (text) return text
  const unprocessed = reading.text(raw, 'rawMessage')
  if (unprocessed) return unprocessed
  const response = raw['fullAIResponse']
  return (isRaw(response) && reading.text(response, 'outputText')) || null
}

function readFiles(message: Message, raw: Raw, reading: Reading): void {
  const attachments = reading.list(raw, 'files', (file) => readAttachment(file, reading, message.conversationId))
  if (attachments !== undefined) message.attachments = attachments
}

/** Without a URL: a signed one takes a call of its own ("Message files"). */
function readAttachment(
  raw: Raw,
  reading: Reading,
  conversationId: string,
): Attachment<AgentConversationRawMessageFile> {
  const id = reading.id(raw)
  const entity = reading.entity('attachment', id, raw) as Attachment<AgentConversationRawMessageFile>
  entity.access = 'fetchable'
  entity.conversationId = conversationId
  const fileName = reading.fileName(raw, 'fileName')
  if (fileName !== undefined) entity.fileName = fileName
  const size = reading.number(raw, 'size')
  if (size !== undefined) entity.size = size
  return entity
}
