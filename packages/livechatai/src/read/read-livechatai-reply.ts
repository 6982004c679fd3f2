import type { Author, Message, Raw, Reading } from '@parley/core'
import { mapMessageType } from '../map/map-livechatai-message-type.ts'
import { directionOf, mapSender } from '../map/map-livechatai-role.ts'
import type { LiveChatAIRawReply } from '../wire/index.ts'
import { readContent } from './read-livechatai-content.ts'
import { readOperator } from './read-livechatai-message.ts'

/** The message that "conversations/reply" answers: `text` and `sender` where a retrieve has `content` and `role`. */
export function readReply(raw: Raw, reading: Reading, conversationId: string): Message<LiveChatAIRawReply> {
  const id = reading.id(raw)
  const author = readAuthor(raw, reading)
  const message: Message<LiveChatAIRawReply> = {
    ...(reading.entity('message', id, raw) as Message<LiveChatAIRawReply>),
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

function readAuthor(raw: Raw, reading: Reading): Author {
  const sender = reading.term(raw, 'sender', mapSender)
  const author: Author = { kind: sender?.value ?? 'unknown', basis: sender ? 'vendor' : 'inferred' }
  if (sender) author.native = sender.native === null ? null : String(sender.native)
  const teammate = author.kind === 'operator' ? reading.object(raw, 'agent') : undefined
  if (!teammate) return author
  const id = reading.text(teammate, 'id')
  if (id) author.id = id
  return readOperator(teammate, reading, author)
}
