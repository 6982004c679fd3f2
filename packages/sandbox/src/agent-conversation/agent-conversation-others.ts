import { type AgentCall, agentRoute, type Desk, organizationRoute } from './agent-conversation-call.ts'
import { notFound } from './agent-conversation-errors.ts'
import { fieldsOf } from './agent-conversation-fields.ts'
import { choiceQuery } from './agent-conversation-page.ts'
import type { StoredFeedback, StoredMessage } from './agent-conversation-state.ts'
import { iso } from './agent-conversation-time.ts'

const staffRoles = ['owner', 'admin', 'user', 'copilot_user', 'copilot_agent_user', 'copilot_admin'] as const

export function otherEndpoints(desk: Desk): void {
  agentRoute(desk, 'POST', '/conversation-message-feedbacks', upsertFeedback)
  agentRoute(desk, 'POST', '/resource-usage', async (call) => {
    const fields = fieldsOf(await call.body())
    const type = fields.choice('type', ['OPENAI_TOKENS', 'VAPI_SECONDS'], { required: true }) ?? ''
    const amount = fields.amount('amount', { required: true }) ?? 0
    fields.check()
    call.state.usage.push({ agentId: call.agent.id, type, amount, at: call.state.tick() })
    return call.c.body(null, 201)
  })
  organizationRoute(desk, 'GET', '/platform-users', (call) => {
    const role = choiceQuery(call, 'role', staffRoles)
    return call.c.json(
      call.state.staff
        .filter((staff) => role === undefined || staff.role === role)
        .map(({ id, email, phoneNumber, firstName, lastName }) => ({ id, email, phoneNumber, firstName, lastName })),
    )
  })
}

/** One vote per message and voter: the second one replaces the first. */
async function upsertFeedback(call: AgentCall): Promise<Response> {
  const { state } = call
  const fields = fieldsOf(await call.body())
  const messageId = fields.text('conversationMessageId', { required: true }) ?? ''
  const userId = fields.text('userId', { required: true }) ?? ''
  const voteType = fields.choice('voteType', ['up', 'down'], { required: true }) ?? 'up'
  const question = fields.text('question', { required: true })
  const answer = fields.text('answer')
  const comment = fields.text('comment')
  fields.check()
  const message = findMessage(call, messageId)
  const at = state.tick()
  const known = message.feedbacks.find((feedback) => feedback.userId === userId)
  const feedback: StoredFeedback = known ?? {
    id: state.newId(),
    userId,
    voteType,
    question,
    answer,
    comment,
    // Voters are contacts or staff; the vendor does not say which.
    userEmail: (state.users.get(userId) ?? state.staff.find(({ id }) => id === userId))?.email ?? null,
    createdAt: at,
    updatedAt: at,
  }
  if (known) Object.assign(known, { voteType, question, answer, comment, updatedAt: at })
  else message.feedbacks.push(feedback)
  const { id, createdAt, updatedAt } = feedback
  return call.c.json(
    {
      ...{ id, conversationMessageId: messageId, voteType, question, answer, comment },
      ...{ createdAt: iso(createdAt), updatedAt: iso(updatedAt) },
    },
    201,
  )
}

function findMessage({ state, agent }: AgentCall, messageId: string): StoredMessage {
  for (const { agentId, messages } of state.conversations.values()) {
    const found = agentId === agent.id && messages.find(({ id }) => id === messageId)
    if (found) return found
  }
  throw notFound()
}
