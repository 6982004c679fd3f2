import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { readQuery, strictViolations } from '../http/leadconnector-query.ts'
import { invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { any, number, optional, type Shape, string } from '../http/leadconnector-rules.ts'
import { numberOf, textOf } from '../leadconnector-json.ts'
import { noAgent } from './leadconnector-agent-missing.ts'
import { showListedAgent } from './leadconnector-agent-view.ts'

export const agentSearchEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'GET',
    path: '/conversation-ai/agents/search',
    family: 'conversation-ai',
    scope: 'conversation-ai.readonly',
    ignoresLocationId: true,
    handle: searchAgents,
  },
]

/** Undocumented; small enough that a client which never pages is found out. */
const defaultLimit = 10

const shape: Shape = { startAfter: optional(string), limit: optional(number(1)), query: optional(string) }

function searchAgents(call: LocationCall): Reply {
  const { location, state } = call
  const { settings } = state
  const query = readQuery(call.query, ['limit'])
  const known = settings.agentSearchRejectsLocationId ? shape : { ...shape, locationId: optional(any) }
  const broken = strictViolations(known, query)
  if (broken.length > 0) return invalid(broken)
  const all = [...location.agents.values()]
  const cursor = settings.cursorRepeats ? null : textOf(query['startAfter'])
  const start = cursor === null ? 0 : all.findIndex(({ id }) => id === cursor) + 1
  if (cursor !== null && start === 0) return noAgent(cursor)
  // Compared as it was sent: a query with capitals finds nothing.
  const wanted = textOf(query['query'])
  const limit = Math.min(numberOf(query['limit']) ?? defaultLimit, settings.agentPageMaximum)
  const page = all
    .slice(start)
    .filter(({ name }) => wanted === null || name.toLowerCase().includes(wanted))
    .slice(0, limit)
  const agents: unknown[] = page.map((agent) => showListedAgent(agent, settings))
  if (settings.brokenItems) agents.splice(1, 0, null)
  // The total counts every agent of the location, whatever was searched for.
  const counts = { totalCount: location.agents.size, count: page.length }
  return ok(settings.agentsMissing ? counts : { agents, ...counts })
}
