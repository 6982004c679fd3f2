import { isRaw, type MessagePreview, type Raw, Reading, readTimestamp, Unreadable } from '@parley/core'
import { readMessage } from './read-livechatai-message.ts'

/** The newest message, where the conversation comes with its messages. The order they come in is not documented. */
export function readPreview(raw: Raw, reading: Reading, conversationId: string): MessagePreview | null | undefined {
  const messages = raw['messages']
  if (!Array.isArray(messages)) return undefined
  if (messages.length === 0) return null
  let newest: Raw | undefined
  let newestAt = ''
  for (const message of messages) {
    const at = isRaw(message) ? (readTimestamp(message['createdAt']) ?? '') : ''
    if (!isRaw(message) || at < newestAt) continue
    newest = message
    newestAt = at
  }
  return newest && previewOf(newest, reading, conversationId)
}

/** What is odd about the message itself is told by whoever lists the messages. */
function previewOf(raw: Raw, reading: Reading, conversationId: string): MessagePreview | undefined {
  const { vendor, account, operation } = reading
  const quiet = new Reading({ vendor, account, operation, keepRaw: false, onWarning: () => {} })
  try {
    const { text, createdAt, author } = readMessage(raw, quiet, conversationId)
    const preview: MessagePreview = { author: author.kind }
    if (text !== undefined) preview.text = text
    if (createdAt !== undefined) preview.at = createdAt
    return preview
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return undefined
  }
}
