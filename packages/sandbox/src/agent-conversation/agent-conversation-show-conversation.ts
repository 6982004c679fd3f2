import { optional, type Show } from './agent-conversation-show.ts'
import { showAssignedUser, showUser } from './agent-conversation-show-user.ts'
import type { StoredConversation, StoredFeedback } from './agent-conversation-state.ts'
import { iso } from './agent-conversation-time.ts'

/** `feedbacks` are shown by the list and by a single get only. */
export function showConversation(show: Show, stored: StoredConversation, withFeedbacks = false): object {
  const { settings, state } = show
  const maybe = optional(settings, stored.id)
  const common = {
    id: stored.id,
    conversationUserId: stored.userId,
    title: maybe(stored.title),
    score: maybe(stored.score),
    summary: maybe(stored.summary),
    metadata: maybe(stored.customData && { customData: stored.customData }),
    aiCallId: maybe(stored.aiCallId),
    ...(withFeedbacks && { feedbacks: feedbacksOf(stored).map((feedback) => showFeedback(feedback, true)) }),
  }
  if (settings.edition === 'older') return { ...common, threadId: `thread_${stored.aiConversationId.slice(5)}` }
  const user = state.users.get(stored.userId)
  const assignee = state.staff.find(({ id }) => id === stored.assignedTo)
  return {
    ...common,
    aiConversationId: stored.aiConversationId,
    mode: stored.mode,
    conversationStateId: maybe(stored.stateId),
    user: user && showUser(show, user),
    createdAt: iso(stored.createdAt),
    updatedAt: iso(stored.updatedAt),
    assignedUser: maybe(assignee ? showAssignedUser(assignee) : null),
    isAnonymized: stored.isAnonymized,
  }
}

export const feedbacksOf = ({ messages }: StoredConversation): StoredFeedback[] =>
  messages.flatMap(({ feedbacks }) => feedbacks)

/** Dates are told on a conversation's feedbacks, not on a message's. */
export function showFeedback(feedback: StoredFeedback, withDates: boolean): object {
  const { id, voteType, question, answer, comment, userEmail } = feedback
  const dates = { createdAt: iso(feedback.createdAt), updatedAt: iso(feedback.updatedAt) }
  return { id, voteType, question, answer, comment, userEmail, ...(withDates && dates) }
}
