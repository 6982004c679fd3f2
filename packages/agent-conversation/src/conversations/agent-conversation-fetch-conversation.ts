import { type Call, type Conversation, isRaw, pathOf, type RequestSpec, Unreadable } from '@parley/core'
import type { AgentConversationContext } from '../agent-conversation-context.ts'
import { readConversation } from '../read/read-agent-conversation-conversation.ts'
import type { AgentConversationRawConversation } from '../wire/index.ts'
import { stateNames } from './agent-conversation-states.ts'

/**
 * A request that is answered with one conversation.
 *
 * @param asked the id that it was asked for by, for an answer that leaves it out.
 */
export async function requestConversation(
  context: AgentConversationContext,
  call: Call,
  spec: RequestSpec,
  asked?: string,
): Promise<Conversation<AgentConversationRawConversation>> {
  // Read first: once a write has happened, nothing that follows may fail it.
  const names = await stateNames(context, call)
  return call.read(spec, (body, reading) => {
    if (!isRaw(body)) throw new Unreadable('')
    reading.asked(body, asked, 'conversationUserId', 'user', 'title', 'createdAt')
    return readConversation(body, reading, { agentId: context.known.agentId, stateNames: names })
  })
}

export const fetchConversation = (
  context: AgentConversationContext,
  call: Call,
  id: string,
): Promise<Conversation<AgentConversationRawConversation>> =>
  requestConversation(context, call, { path: pathOf`/conversations/${id}` }, id)
