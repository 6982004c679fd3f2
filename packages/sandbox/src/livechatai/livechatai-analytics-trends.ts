import { daysOf, type Period, reportOf } from './livechatai-analytics-period.ts'
import type { Call } from './livechatai-endpoint.ts'
import type { StoredConversation } from './livechatai-state.ts'
import { dayIn } from './livechatai-time.ts'

/** How many topics are shown unless all are asked for. */
const topTopics = 6

/** `analytics/topics`: `data` is the rows themselves, one column per topic, with `keys` naming the columns. */
export function topicAnalytics(call: Call): object {
  const report = reportOf(call)
  const conversations = report.conversations(report.current).filter(({ topic }) => topic !== null)
  const allTopics = counts(conversations, ({ topic }) => topic ?? '')
  const shown = call.query('showAllTopics') === 'true' ? allTopics : allTopics.slice(0, topTopics)
  const keys = shown.map(({ name }) => name)
  return {
    status: 'success',
    data: rows(report.current, conversations, keys, ({ topic }) => topic ?? ''),
    keys,
    allTopics,
    areAllTopicsVisible: keys.length === allTopics.length,
  }
}

/** `analytics/sentiments`: the same with four fixed columns. */
export function sentimentAnalytics(call: Call): object {
  const report = reportOf(call)
  const conversations = report.conversations(report.current)
  const keys = ['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'UNSPECIFIED']
  const found = counts(conversations, ({ sentiment }) => sentiment)
  return {
    status: 'success',
    data: rows(report.current, conversations, keys, ({ sentiment }) => sentiment),
    keys,
    allSentimentsCounts: keys.map((name) => ({ name, count: found.find((each) => each.name === name)?.count ?? 0 })),
  }
}

type Column = (conversation: StoredConversation) => string

/** Most frequent first. */
function counts(conversations: readonly StoredConversation[], column: Column): { name: string; count: number }[] {
  const found = new Map<string, number>()
  for (const each of conversations) found.set(column(each), (found.get(column(each)) ?? 0) + 1)
  return [...found].map(([name, count]) => ({ name, count })).sort((left, right) => right.count - left.count)
}

function rows(
  period: Period,
  conversations: readonly StoredConversation[],
  keys: readonly string[],
  column: Column,
): object[] {
  return daysOf(period).map((date) => {
    const begun = conversations.filter((each) => dayIn(period.timezone, each.createdAt) === date)
    return {
      date,
      ...Object.fromEntries(keys.map((key) => [key, begun.filter((each) => column(each) === key).length])),
    }
  })
}
