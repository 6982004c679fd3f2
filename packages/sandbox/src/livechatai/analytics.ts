import { agentOf, type Call, type Desk, endpoint, metadata, slice, teammateById } from './endpoint.ts'
import { badRequest, requiredText } from './errors.ts'
import {
  addDays,
  chance,
  dayIn,
  isDay,
  isoMilliseconds,
  lastMessageAt,
  type State,
  type StoredAgent,
  type StoredContact,
  type StoredConversation,
  type StoredMessage,
  type Survey,
} from './state.ts'

export function analyticsRoutes(desk: Desk): void {
  endpoint(desk, '/analytics', { GET: mainAnalytics })
  endpoint(desk, '/analytics/agent', { GET: teamAnalytics })
  endpoint(desk, '/analytics/ai-functions', { GET: functionAnalytics })
  endpoint(desk, '/analytics/csat', { GET: csatAnalytics })
  endpoint(desk, '/analytics/topics', { GET: topicAnalytics })
  endpoint(desk, '/analytics/sentiments', { GET: sentimentAnalytics })
}

/** `analytics/main`: the changes are inside the current period. */
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

interface Response {
  readonly survey: Survey
  readonly contact: StoredContact | undefined
}

/** `analytics/csat`: the current period's scores come in pages, newest first. */
function csatAnalytics(call: Call): object {
  const report = reportOf(call)
  const current = responses(call.state, report, report.current)
  const previous = responses(call.state, report, report.previous)
  const page = slice(call, current, 'pageSize', 10)
  return {
    status: 'success',
    data: {
      currentPeriod: { ...csatFigures(current), scores: page.items.map(shownScore) },
      previousPeriod: { ...csatFigures(previous), scores: previous.slice(0, page.size).map(shownScore) },
      changes: changes(csatFigures(current), csatFigures(previous)),
      metadata: metadata(page),
    },
  }
}

function responses(state: State, { agent }: Report, period: Period): Response[] {
  return [...state.conversations.values()]
    .flatMap(({ survey, agentId, contactId }) =>
      survey && agentId === agent.id && isWithin(period, survey.createdAt)
        ? [{ survey, contact: state.contacts.get(contactId) }]
        : [],
    )
    .sort((left, right) => right.survey.createdAt - left.survey.createdAt)
}

const csatFigures = (all: readonly Response[]): Figures => ({
  averageScore: average(all.map(({ survey }) => survey.score)),
  totalResponses: all.length,
})

const shownScore = ({ survey, contact }: Response): object => ({
  id: survey.id,
  score: survey.score,
  comment: survey.comment,
  email: contact?.email ?? null,
  name: contact?.name ?? null,
  triggerReason: survey.triggerReason,
  createdAt: isoMilliseconds(survey.createdAt),
})

interface AIFunction {
  readonly name: string
  readonly description: string
  readonly type: string
  readonly mcpName: string | null
  readonly mcpProvider: string | null
  /** The average number of calls per conversation. */
  readonly share: number
}

const functions: readonly AIFunction[] = [
  {
    name: 'track_order',
    description: 'Looks up where a parcel is',
    type: 'CUSTOM',
    mcpName: null,
    mcpProvider: null,
    share: 0.22,
  },
  {
    name: 'book_appointment',
    description: 'Books a time in the workshop',
    type: 'CUSTOM',
    mcpName: null,
    mcpProvider: null,
    share: 0.13,
  },
  {
    name: 'create_ticket',
    description: 'Writes a ticket for a colleague',
    type: 'MCP',
    mcpName: 'tickets',
    mcpProvider: 'sandbox',
    share: 0.06,
  },
]

/** `analytics/ai-functions`: the changes are beside the periods. */
function functionAnalytics(call: Call): object {
  const report = reportOf(call)
  const calls = callsIn(report, report.current)
  const current = totals(calls)
  const previous = totals(callsIn(report, report.previous))
  return {
    status: 'success',
    data: {
      currentPeriod: {
        ...current,
        functions: calls.map(({ definition: { share: _, ...shown }, total, totalFailed }) => ({
          ...shown,
          total,
          totalFailed,
        })),
      },
      previousPeriod: previous,
      changes: changes(current, previous),
    },
  }
}

interface Calls {
  readonly definition: AIFunction
  readonly total: number
  readonly totalFailed: number
}

/** The world has no function calls, so each answered conversation draws its own. They are the same in every run. */
function callsIn(report: Report, period: Period): Calls[] {
  const answered = report.conversations(period).filter((each) => each.messages.length > 1)
  return functions.map((definition) => {
    const callers = answered.filter(({ id }) => chance(`${definition.name}:${id}`) < definition.share)
    const failed = callers.filter(({ id }) => chance(`${definition.name}:failed:${id}`) < 0.08)
    return { definition, total: callers.length, totalFailed: failed.length }
  })
}

const totals = (calls: readonly Calls[]): { total: number; totalFailed: number } => ({
  total: calls.reduce((sum, each) => sum + each.total, 0),
  totalFailed: calls.reduce((sum, each) => sum + each.totalFailed, 0),
})

/** `analytics/agent`: all teammates, or the one with `userId`. */
function teamAnalytics(call: Call): object {
  const report = reportOf(call)
  const userId = call.query('userId')
  if (userId !== undefined) teammateById(call, userId)
  const current = teamFigures(report, report.current, userId)
  const previous = teamFigures(report, report.previous, userId)
  return {
    status: 'success',
    data: { currentPeriod: { ...current, changes: changes(current, previous) }, previousPeriod: previous },
  }
}

function teamFigures(report: Report, period: Period, userId: string | undefined): Figures {
  const joined = report.conversations(period).filter((each) => humanJoined(each) && concerns(each, userId))
  const scores = joined.flatMap(({ survey }) => survey?.score ?? [])
  return {
    totalConversationCount: joined.length,
    closedConversationCount: joined.filter((each) => each.isResolved).length,
    agentResponseTime: average(joined.flatMap((each) => responseTimes(each, userId))),
    // The vendor misspells this name.
    avarageMessagesPerConversation: average(joined.map((each) => each.messages.length)),
    averageAgentCSATScore: average(scores),
    totalAgentCSATResponses: scores.length,
  }
}

const concerns = (conversation: StoredConversation, userId: string | undefined): boolean =>
  userId === undefined || conversation.messages.some((message) => isHuman(message) && message.agent?.id === userId)

/** Seconds from each customer's message to a teammate's answer directly after it. The page does not give the unit. */
function responseTimes({ messages }: StoredConversation, userId: string | undefined): number[] {
  return messages.flatMap((message, index) => {
    const asked = messages[index - 1]
    if (asked?.role !== 'user' || !isHuman(message)) return []
    if (userId !== undefined && message.agent?.id !== userId) return []
    return [(message.createdAt - asked.createdAt) / 1000]
  })
}

/** How many topics are shown by default. */
const topTopics = 6

/** `analytics/topics`: `data` is the list of rows with one column per topic. `keys` has the names of the columns. */
function topicAnalytics(call: Call): object {
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

/** `analytics/sentiments`: the same form with four fixed columns. */
function sentimentAnalytics(call: Call): object {
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

type Figures = Readonly<Record<string, number>>

const round = (value: number): number => Math.round(value * 100) / 100

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : round((100 * part) / whole))

const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : round(values.reduce((sum, value) => sum + value, 0) / values.length)

/** The change of each figure from the previous period in percent. A rise from zero counts as 100. */
function changes(current: Figures, previous: Figures): Figures {
  return Object.fromEntries(
    Object.entries(current).map(([key, now]) => {
      const before = previous[key] ?? 0
      return [key, before === 0 ? (now === 0 ? 0 : 100) : round((100 * (now - before)) / before)]
    }),
  )
}

const isHuman = (message: StoredMessage): boolean => message.role === 'assistant' && message.agent !== null

const humanJoined = (conversation: StoredConversation): boolean => conversation.messages.some(isHuman)

/** Seconds from the first message to the last. */
function duration(conversation: StoredConversation): number {
  const first = conversation.messages[0]?.createdAt
  const last = lastMessageAt(conversation)
  return first === undefined || last === null ? 0 : Math.round((last - first) / 1000)
}

function humanized(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const rest = Math.round(seconds % 60)
  if (minutes < 60) return minutes === 0 ? `${rest}s` : `${minutes}m ${rest}s`
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`
}

/** Calendar days in a time zone, including the first and the last. */
interface Period {
  readonly start: string
  readonly end: string
  readonly timezone: string
}

/** The query of an analytics call: an agent and a range of days. The range before it is the period of comparison. */
interface Report {
  readonly agent: StoredAgent
  readonly current: Period
  readonly previous: Period
  /** The agent's conversations that started in a period. */
  conversations(period: Period): readonly StoredConversation[]
}

/** Reads the common query of `analytics/*`. Both dates are required and have no time. The default zone is UTC. */
function reportOf(call: Call): Report {
  const agent = agentOf(call, call.query('agentId'))
  const start = requiredDay(call, 'startDate')
  const end = requiredDay(call, 'endDate')
  if (end < start) throw badRequest('endDate must not be before startDate')
  const timezone = zoneOf(call)
  const length = daysOf({ start, end, timezone }).length
  return {
    agent,
    current: { start, end, timezone },
    previous: { start: addDays(start, -length), end: addDays(start, -1), timezone },
    conversations: (period) =>
      [...call.state.conversations.values()].filter(
        (conversation) => conversation.agentId === agent.id && isWithin(period, conversation.createdAt),
      ),
  }
}

function isWithin({ start, end, timezone }: Period, at: number): boolean {
  const day = dayIn(timezone, at)
  return day >= start && day <= end
}

function daysOf({ start, end }: Period): string[] {
  const days: string[] = []
  for (let day = start; day <= end; day = addDays(day, 1)) days.push(day)
  return days
}

function requiredDay(call: Call, name: string): string {
  const value = requiredText(name, call.query(name))
  if (!isDay(value)) throw badRequest(`${name} must be a date (YYYY-MM-DD)`)
  return value
}

function zoneOf(call: Call): string {
  const timezone = call.query('timezone') ?? 'UTC'
  try {
    dayIn(timezone, 0)
  } catch {
    throw badRequest('timezone must be an IANA time zone')
  }
  return timezone
}
