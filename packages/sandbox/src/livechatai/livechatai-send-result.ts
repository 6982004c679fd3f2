import { neverSeen } from './livechatai-odd.ts'
import type { LiveChatAISettings } from './livechatai-settings.ts'
import type { StoredConversation, StoredMessage } from './livechatai-state.ts'

export interface SendResult {
  readonly status: 'success'
  readonly message: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The citations come as `links`, without ids and distances; `messageId` is the customer's message. */
export function answered(
  settings: LiveChatAISettings,
  conversation: StoredConversation,
  messageId: string,
  reply: StoredMessage,
): SendResult {
  return {
    status: 'success',
    message: 'Message sent successfully',
    data: {
      conversationId: conversation.id,
      contactId: conversation.contactId,
      response: reply.content,
      messageId,
      responseMessageId: reply.id,
      links: reply.source.map(({ link, type }) => ({
        link,
        type: settings.oddValues === 'all' ? neverSeen.citation.type : type,
      })),
    },
  }
}

/** A human has taken over: the message is stored, and the fields of an answer are what the setting says. */
export function unanswered(
  settings: LiveChatAISettings,
  conversation: StoredConversation,
  messageId: string,
): SendResult {
  const nothing = { empty: '', null: null, missing: undefined }[settings.unanswered]
  return {
    status: 'success',
    message: 'Message sent successfully',
    data: {
      conversationId: conversation.id,
      contactId: conversation.contactId,
      response: nothing,
      messageId,
      responseMessageId: nothing,
      links: settings.unanswered === 'missing' ? undefined : [],
    },
  }
}
