import { average, changes, type Figures, humanJoined, isHuman } from './livechatai-analytics-figures.ts'
import { type Period, type Report, reportOf } from './livechatai-analytics-period.ts'
import type { Call } from './livechatai-endpoint.ts'
import { teammateById } from './livechatai-find.ts'
import type { StoredConversation } from './livechatai-state.ts'

/** `analytics/agent`: the people, all of them or the one with `userId`. */
export function teamAnalytics(call: Call): object {
  const report = reportOf(call)
  const userId = call.query('userId')
  if (userId !== undefined) teammateById(call, userId)
  const current = figures(report, report.current, userId)
  const previous = figures(report, report.previous, userId)
  return {
    status: 'success',
    data: { currentPeriod: { ...current, changes: changes(current, previous) }, previousPeriod: previous },
  }
}

function figures(report: Report, period: Period, userId: string | undefined): Figures {
  const joined = report.conversations(period).filter((each) => humanJoined(each) && concerns(each, userId))
  const scores = joined.flatMap(({ survey }) => survey?.score ?? [])
  return {
    totalConversationCount: joined.length,
    closedConversationCount: joined.filter((each) => each.isResolved).length,
    agentResponseTime: average(joined.flatMap((each) => responseTimes(each, userId))),
    // The vendor's spelling.
    avarageMessagesPerConversation: average(joined.map((each) => each.messages.length)),
    averageAgentCSATScore: average(scores),
    totalAgentCSATResponses: scores.length,
  }
}

const concerns = (conversation: StoredConversation, userId: string | undefined): boolean =>
  userId === undefined || conversation.messages.some((message) => isHuman(message) && message.agent?.id === userId)

/** Seconds from each customer's message to the human's answer right after it. The page leaves the unit open. */
function responseTimes({ messages }: StoredConversation, userId: string | undefined): number[] {
  return messages.flatMap((message, index) => {
    const asked = messages[index - 1]
    if (asked?.role !== 'user' || !isHuman(message)) return []
    if (userId !== undefined && message.agent?.id !== userId) return []
    return [(message.createdAt - asked.createdAt) / 1000]
  })
}
