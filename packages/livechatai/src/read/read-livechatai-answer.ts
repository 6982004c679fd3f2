import type { Message, Raw, Reading } from '@parley/core'
import type { LiveChatAIRawAnswer } from '../wire/index.ts'
import { readLink } from './read-livechatai-source.ts'

/** What a send was answered with. */
export interface AnswerReading {
  conversationId: string | null
  contactId: string | null
  /** The question's id. */
  messageId: string | null
  /** `null`: nobody answered. */
  text: string | null
  /** `null` also for an answer that came without an id. */
  message: Message<LiveChatAIRawAnswer> | null
}

/** The `data` of "conversations/send-message". When a person has taken over, its `response` may be empty or missing. */
export function readAnswer(raw: Raw, reading: Reading, asked: { conversationId: string | null }): AnswerReading {
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
  const message: Message<LiveChatAIRawAnswer> = {
    ...(reading.entity('message', id, raw) as Message<LiveChatAIRawAnswer>),
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
