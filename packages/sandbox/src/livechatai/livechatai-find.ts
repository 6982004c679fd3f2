import type { Call } from './livechatai-endpoint.ts'
import { notFound } from './livechatai-errors.ts'
import { requiredText } from './livechatai-read.ts'
import type { StoredAgent, StoredContact, StoredConversation, Teammate } from './livechatai-state.ts'

/** The AI agent that a query or body names in `agentId`: 400 without one, 404 for one of no or another workspace. */
export function agentOf(call: Call, agentId: unknown): StoredAgent {
  const agent = call.state.agents.get(requiredText('agentId', agentId))
  if (!agent) throw notFound('Agent')
  return agent
}

export function contactById(call: Call, id: string, agentId?: string): StoredContact {
  const contact = call.state.contacts.get(id)
  if (!contact || (agentId !== undefined && contact.agentId !== agentId)) throw notFound('Contact')
  return contact
}

export function conversationById(call: Call, id: string, agentId?: string): StoredConversation {
  const conversation = call.state.conversations.get(id)
  if (!conversation || (agentId !== undefined && conversation.agentId !== agentId)) throw notFound('Conversation')
  return conversation
}

export function teammateById(call: Call, id: string): Teammate {
  const teammate = call.state.teammates.get(id)
  if (!teammate) throw notFound('User')
  return teammate
}
