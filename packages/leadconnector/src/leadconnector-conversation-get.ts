import {
  type Call,
  type Conversation,
  checkId,
  type GetConversationOptions,
  isRaw,
  pathOf,
  type Target,
} from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { type LeadConnectorConversation, searchConversations } from './leadconnector-conversation-list.ts'
import { unwrap } from './leadconnector-unwrap.ts'
import { readConversation } from './read/read-leadconnector-conversation.ts'

export async function getConversation(
  client: LeadConnectorClient,
  target: Target<Conversation>,
  options: GetConversationOptions | undefined,
): Promise<LeadConnectorConversation> {
  const call = client.begin('conversations.get', options)
  const conversation = await readOne(client, call, checkId(call, target, 'conversation'))
  return options?.withContact ? withDisplayData(client, call, conversation) : conversation
}

/** `GET /conversations/{conversationId}`: numbers for words, and neither names nor the last text. */
export const readOne = (client: LeadConnectorClient, call: Call, id: string): Promise<LeadConnectorConversation> =>
  call.read(client.spec('conversations', { path: pathOf`/conversations/${id}` }), (body, reading) =>
    readConversation(unwrap(body, 'conversation'), reading, id),
  )

/** What only the search knows is taken from it; what the get says itself stays. */
async function withDisplayData(
  client: LeadConnectorClient,
  call: Call,
  conversation: LeadConnectorConversation,
): Promise<LeadConnectorConversation> {
  const { raws } = await searchConversations(client, call, { id: conversation.id, limit: 1 })
  const raw = raws.find((candidate) => isRaw(candidate) && candidate['id'] === conversation.id)
  if (!isRaw(raw)) {
    call.reading.warn('degraded', 'The search does not show the conversation yet, so its contact has no name here.')
    return conversation
  }
  const found = readConversation(raw, call.reading)
  const merged: LeadConnectorConversation = { ...found, ...conversation }
  if (found.contact) merged.contact = found.contact
  if (found.channel && found.lastMessage) merged.channel = found.channel
  if (found.lastMessage !== undefined) merged.lastMessage = found.lastMessage
  return merged
}
