import { type AgentCall, agentRoute, conversationOf, type Desk } from './agent-conversation-call.ts'
import { notFound } from './agent-conversation-errors.ts'
import { type Fields, fieldsOf } from './agent-conversation-fields.ts'
import { findConversations } from './agent-conversation-find.ts'
import { pageOf } from './agent-conversation-page.ts'
import { showConversation } from './agent-conversation-show-conversation.ts'
import type { Mode, StoredConversation, WorkflowState } from './agent-conversation-state.ts'
import { iso } from './agent-conversation-time.ts'

const contextMax = 256_000

export function conversationEndpoints(desk: Desk): void {
  agentRoute(desk, 'GET', '/conversations', (call) =>
    call.c.json(pageOf(call, findConversations(call), (found) => showConversation(call, found, true))),
  )
  agentRoute(desk, 'POST', '/conversations', create)
  agentRoute(desk, 'DELETE', '/conversations', deleteAllOfUser)
  agentRoute(desk, 'GET', '/conversations/states', listStates)
  agentRoute(desk, 'GET', '/conversations/:id', (call) =>
    call.c.json(showConversation(call, conversationOf(call), true)),
  )
  agentRoute(desk, 'PUT', '/conversations/:id', update)
  agentRoute(desk, 'PUT', '/conversations/:id/mode', setMode)
}

async function create(call: AgentCall): Promise<Response> {
  const { state, agent, c } = call
  const fields = fieldsOf(await call.body())
  const userId = fields.text('conversationUserId', { required: true })
  const title = fields.text('title', { max: 255 })
  const context = fields.text('context', { max: contextMax })
  const customData = fields.object('customData')
  const stateId = stateIdFrom(fields, call)
  fields.check()
  const user = state.users.get(userId ?? '')
  if (!user) throw notFound()
  const conversation = newConversation(call, user.id, 'api', { title, context, customData, stateId })
  user.agentIds.add(agent.id)
  return c.json(showConversation(call, conversation), 201)
}

/** Opens a conversation that nobody has written in yet. */
export function newConversation(
  { state, agent }: Pick<AgentCall, 'state' | 'agent'>,
  userId: string,
  source: string,
  values: Pick<StoredConversation, 'title' | 'context' | 'customData' | 'stateId'>,
): StoredConversation {
  const at = state.tick()
  const conversation: StoredConversation = {
    ...values,
    id: state.newId(),
    agentId: agent.id,
    userId,
    score: null,
    summary: null,
    aiConversationId: `conv_${state.newId().replaceAll('-', '')}`,
    aiCallId: source === 'voice' ? state.newId() : null,
    mode: 'ai',
    status: 'active',
    assignedTo: null,
    source,
    isAnonymized: false,
    createdAt: at,
    updatedAt: at,
    messages: [],
  }
  state.conversations.set(conversation.id, conversation)
  return conversation
}

/** Only this agent's; and no word about a user whom nobody knows, for none is documented. */
async function deleteAllOfUser({ state, agent, c, body }: AgentCall): Promise<Response> {
  const fields = fieldsOf(await body())
  const userId = fields.text('conversationUserId', { required: true })
  fields.check()
  for (const [id, conversation] of state.conversations) {
    if (conversation.userId === userId && conversation.agentId === agent.id) state.conversations.delete(id)
  }
  return c.body(null, 204)
}

function listStates({ state, settings, c }: AgentCall): Response {
  const states = state.workflowStates.map(showState)
  if (settings.statesShape === 'envelope') return c.json({ data: states })
  return c.json(settings.statesShape === 'object' ? (states[0] ?? null) : states)
}

const showState = ({ createdAt, updatedAt, ...rest }: WorkflowState): object => ({
  ...rest,
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
})

async function update(call: AgentCall): Promise<Response> {
  const conversation = conversationOf(call)
  const fields = fieldsOf(await call.body())
  const title = fields.text('title', { max: 255 })
  const context = fields.text('context', { max: contextMax })
  const status = fields.choice('status', ['active', 'inactive', 'archived'])
  const stateId = stateIdFrom(fields, call)
  fields.check()
  conversation.title = title ?? conversation.title
  conversation.context = context ?? conversation.context
  conversation.status = status ?? conversation.status
  conversation.stateId = stateId ?? conversation.stateId
  conversation.updatedAt = call.state.tick()
  return call.c.json(showConversation(call, conversation))
}

async function setMode(call: AgentCall): Promise<Response> {
  const conversation = conversationOf(call)
  const fields = fieldsOf(await call.body())
  const modes: readonly Mode[] = ['manual', 'ai']
  const mode = fields.choice('mode', modes)
  fields.check()
  if (mode) {
    conversation.mode = mode
    conversation.updatedAt = call.state.tick()
  }
  return call.c.json(showConversation(call, conversation))
}

export function stateIdFrom(fields: Fields, { state }: AgentCall): string | null {
  const stateId = fields.text('conversationStateId')
  const isKnown = stateId === null || state.workflowStates.some(({ id }) => id === stateId)
  if (!isKnown) fields.refuse('conversationStateId does not exist')
  return stateId
}
