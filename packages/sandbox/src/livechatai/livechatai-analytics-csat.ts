import { average, changes, type Figures } from './livechatai-analytics-figures.ts'
import { isWithin, type Period, type Report, reportOf } from './livechatai-analytics-period.ts'
import type { Call } from './livechatai-endpoint.ts'
import { metadata, slice } from './livechatai-pagination.ts'
import type { State, StoredContact, Survey } from './livechatai-state.ts'
import { isoMilliseconds } from './livechatai-time.ts'

interface Response {
  readonly survey: Survey
  readonly contact: StoredContact | undefined
}

/** `analytics/csat`: the current period's scores come in pages, newest first. */
export function csatAnalytics(call: Call): object {
  const report = reportOf(call)
  const current = responses(call.state, report, report.current)
  const previous = responses(call.state, report, report.previous)
  const page = slice(call, current, 'pageSize', 10)
  return {
    status: 'success',
    data: {
      currentPeriod: { ...figures(current), scores: page.items.map(shownScore) },
      previousPeriod: { ...figures(previous), scores: previous.slice(0, page.size).map(shownScore) },
      changes: changes(figures(current), figures(previous)),
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

const figures = (all: readonly Response[]): Figures => ({
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
