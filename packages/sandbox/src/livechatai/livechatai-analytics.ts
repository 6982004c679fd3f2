import { csatAnalytics } from './livechatai-analytics-csat.ts'
import {
  average,
  changes,
  duration,
  type Figures,
  humanized,
  humanJoined,
  percent,
} from './livechatai-analytics-figures.ts'
import { functionAnalytics } from './livechatai-analytics-functions.ts'
import { daysOf, isWithin, type Period, type Report, reportOf } from './livechatai-analytics-period.ts'
import { teamAnalytics } from './livechatai-analytics-team.ts'
import { sentimentAnalytics, topicAnalytics } from './livechatai-analytics-trends.ts'
import { type Call, type Desk, endpoint } from './livechatai-endpoint.ts'
import type { StoredConversation } from './livechatai-state.ts'
import { dayIn } from './livechatai-time.ts'

export function analyticsRoutes(desk: Desk): void {
  endpoint(desk, '/analytics', { GET: mainAnalytics })
  endpoint(desk, '/analytics/agent', { GET: teamAnalytics })
  endpoint(desk, '/analytics/ai-functions', { GET: functionAnalytics })
  endpoint(desk, '/analytics/csat', { GET: csatAnalytics })
  endpoint(desk, '/analytics/topics', { GET: topicAnalytics })
  endpoint(desk, '/analytics/sentiments', { GET: sentimentAnalytics })
}

/** `analytics/main`: the changes stand inside the current period. */
function mainAnalytics(call: Call): object {
  const report = reportOf(call)
  const current = figures(call, report, report.current)
  const previous = figures(call, report, report.previous)
  return {
    status: 'success',
    data: {
      currentPeriod: {
        ...withDuration(current),
        dailyData: dailyData(report.current, report.conversations(report.current)),
        changes: changes(current, previous),
      },
      previousPeriod: withDuration(previous),
    },
  }
}

function figures(call: Call, report: Report, period: Period): Figures {
  const conversations = report.conversations(period)
  const closed = conversations.filter((each) => each.isResolved)
  const ratings = conversations.flatMap((each) => each.messages.flatMap(({ rating }) => rating ?? []))
  const good = ratings.filter((rating) => rating === 'good').length
  const scores = conversations.flatMap((each) => (each.survey && !humanJoined(each) ? [each.survey.score] : []))
  const reachable = [...call.state.contacts.values()].filter(
    (each) =>
      each.agentId === report.agent.id && (each.email ?? each.phone) !== null && isWithin(period, each.createdAt),
  )
  return {
    totalConversationCount: conversations.length,
    openConversationCount: conversations.length - closed.length,
    closedConversationCount: closed.length,
    totalResolutionCount: closed.filter((each) => !humanJoined(each)).length,
    agentJoinedConversationRate: percent(conversations.filter(humanJoined).length, conversations.length),
    averageResolutionRate: percent(closed.length, conversations.length),
    totalGoodResponse: good,
    totalBadResponse: ratings.length - good,
    goodResponseRate: percent(good, ratings.length),
    badResponseRate: percent(ratings.length - good, ratings.length),
    totalContactsCapture: reachable.length,
    averageChatDuration: average(conversations.filter((each) => each.messages.length > 0).map(duration)),
    averageAIAgentCSATScore: average(scores),
    totalAIAgentCSATResponses: scores.length,
  }
}

const withDuration = (all: Figures): object => ({
  ...all,
  humanizedAverageChatDuration: humanized(all['averageChatDuration'] ?? 0),
})

function dailyData(period: Period, conversations: readonly StoredConversation[]): object[] {
  return daysOf(period).map((date) => {
    const begun = conversations.filter((each) => dayIn(period.timezone, each.createdAt) === date)
    return {
      date,
      total: begun.length,
      aiResolved: begun.filter((each) => each.isResolved && !humanJoined(each)).length,
      humanInvolved: begun.filter(humanJoined).length,
    }
  })
}
