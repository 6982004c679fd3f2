import { storedText } from '../kit/sending.ts'
import { type Call, type Desk, endpoint } from './livechatai-endpoint.ts'
import { conversationById, teammateById } from './livechatai-find.ts'
import { withOddities } from './livechatai-odd.ts'
import { overQuota } from './livechatai-quota.ts'
import { optionalText, optionalWord, requiredText } from './livechatai-read.ts'
import { type StoredMessage, storeMessage } from './livechatai-state.ts'
import { isoMilliseconds } from './livechatai-time.ts'

/** What human teammates do. */
export function teamRoutes(desk: Desk): void {
  endpoint(desk, '/conversations/:conversationId/reply', { POST: reply })
  endpoint(desk, '/conversations/:conversationId/end', { POST: end })
}

/** `conversations/reply`: the page says that the status follows; here the human takes over and the conversation opens. */
async function reply(call: Call): Promise<object> {
  const body = await call.body()
  const conversation = conversationById(call, call.path('conversationId'))
  const content = requiredText('message', body['message'])
  const teammate = teammateById(call, requiredText('userId', body['userId']))
  const type = optionalWord('messageType', body['messageType'], ['TEXT', 'IMAGE']) ?? 'TEXT'
  const refused = overQuota(call.settings)
  if (refused) return refused

  const message: StoredMessage = {
    id: call.state.newId(),
    content: storedText(call.settings, content),
    role: 'assistant',
    type,
    source: [],
    agent: teammate,
    rating: null,
    createdAt: call.state.tick(),
  }
  if (call.settings.sends === 'stored') {
    storeMessage(call.state, conversation, message, call.settings.hideSentMs)
    conversation.isAgent = true
    conversation.isResolved = false
    conversation.agent ??= teammate
    conversation.updatedAt = message.createdAt
  }
  return {
    status: 'success',
    message: 'Reply sent successfully',
    data: { messageId: message.id, conversationId: conversation.id, message: repliedMessage(call, message) },
  }
}

/** The third shape of a message: `text` for `content`, `sender` for `role`, and no `source`. */
const repliedMessage = (call: Call, { id, content, type, createdAt, agent }: StoredMessage): object =>
  withOddities(
    call.settings,
    { id, text: content, sender: 'AGENT', type, createdAt: isoMilliseconds(createdAt), agent },
    'reply',
  )

/** `conversations/end`: in the name of the user given, else the assigned teammate, else the workspace's owner. */
async function end(call: Call): Promise<object> {
  const body = await call.body()
  const conversation = conversationById(call, call.path('conversationId'))
  const userId = optionalText('userId', body['userId'])
  const endedBy = userId === undefined ? (conversation.agent?.id ?? call.state.ownerId) : teammateById(call, userId).id
  if (!conversation.isResolved) conversation.updatedAt = call.state.tick()
  conversation.isResolved = true
  return {
    status: 'success',
    message: 'Conversation ended successfully',
    data: { conversationId: conversation.id, userId: endedBy, contactId: conversation.contactId },
  }
}
