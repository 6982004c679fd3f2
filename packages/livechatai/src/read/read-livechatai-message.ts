import type { Author, Message, Raw, Reading } from '@parley/core'
import { mapMessageType } from '../map/map-livechatai-message-type.ts'
import { directionOf, mapRole } from '../map/map-livechatai-role.ts'
import type { LiveChatAIRawMessage } from '../wire/index.ts'
import { readContent } from './read-livechatai-content.ts'
import { readCitation } from './read-livechatai-source.ts'

/**
 * A message of "conversations/retrieve". Threads come whole and may be long, so the fields are assigned one by one:
 * nothing is made that is not kept.
 */
export function readMessage(raw: Raw, reading: Reading, conversationId: string): Message<LiveChatAIRawMessage> {
  const id = reading.id(raw)
  const author = readAuthor(raw, reading)
  const message: Message<LiveChatAIRawMessage> = {
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
  if (reading.keepRaw) message.raw = raw as LiveChatAIRawMessage & Raw
  readContent(message, reading.text(raw, 'content'), reading)
  if (raw['source'] !== undefined && raw['source'] !== null) readCitations(message, raw, reading)
  const createdAt = reading.time(raw, 'createdAt')
  if (createdAt !== undefined) message.createdAt = createdAt
  return message
}

/**
 * The role decides. Only below an assistant's does a nested teammate mean that a person wrote: the page's own example
 * has one on a customer's message ("conversations/retrieve").
 */
function readAuthor(raw: Raw, reading: Reading): Author {
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

/** Adds what is known of the teammate who wrote. */
export function readOperator(teammate: Raw, reading: Reading, author: Author): Author {
  const name = reading.text(teammate, 'name')
  if (name !== undefined) author.name = name
  const email = reading.text(teammate, 'email')
  if (email !== undefined) author.email = email
  const avatarUrl = reading.text(teammate, 'avatar')
  if (avatarUrl !== undefined) author.avatarUrl = avatarUrl
  return author
}

function readCitations(message: Message, raw: Raw, reading: Reading): void {
  const sources = reading.list(raw, 'source', (item, index) => readCitation(item, reading, message.id, index))
  if (sources === undefined) return
  message.sources = sources
  message.sourcesState = 'inline'
}
