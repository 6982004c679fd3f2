import type { AgentCall } from './agent-conversation-call.ts'
import { choiceQuery, dateQuery } from './agent-conversation-page.ts'
import { feedbacksOf } from './agent-conversation-show-conversation.ts'
import type { StoredConversation } from './agent-conversation-state.ts'

/** The agent's conversations that the query asks for, in its order. Both date bounds count and compare `updatedAt`. */
export function findConversations(call: AgentCall): StoredConversation[] {
  const { state, agent, settings } = call
  const orderBy = choiceQuery(call, 'orderBy', ['createdAt', 'updatedAt'])
  const direction = choiceQuery(call, 'orderDirection', ['ASC', 'DESC']) ?? settings.defaultDirection
  const from = dateQuery(call, 'startDate') ?? Number.NEGATIVE_INFINITY
  const to = dateQuery(call, 'endDate') ?? Number.POSITIVE_INFINITY
  const userId = call.query('userId')
  const keyword = call.query('searchKeyword')?.toLowerCase()
  const withFeedbacksOnly = call.query('withFeedbacksOnly') === 'true'

  const field = orderBy ?? 'createdAt'
  const sign = direction === 'ASC' ? 1 : -1
  return [...state.conversations.values()]
    .filter(({ agentId }) => agentId === agent.id)
    .filter(({ updatedAt }) => updatedAt >= from && updatedAt <= to)
    .filter((found) => userId === undefined || found.userId === userId)
    .filter((found) => keyword === undefined || searchText(call, found).includes(keyword))
    .filter((found) => !withFeedbacksOnly || feedbacksOf(found).length > 0)
    .filter(({ status }) => settings.archivedConversations === 'listed' || status !== 'archived')
    .sort((a, b) => sign * (a[field] - b[field]))
}

function searchText({ state, agent }: AgentCall, { title, summary, userId }: StoredConversation): string {
  const user = state.users.get(userId)
  const contact = user && !user.isAnonymized ? [user.firstName, user.lastName, user.email, user.phoneNumber] : []
  return [title, summary, agent.name, ...contact].join('\n').toLowerCase()
}
