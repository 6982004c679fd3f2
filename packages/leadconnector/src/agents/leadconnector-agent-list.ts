import {
  type Agent,
  type AgentQuery,
  type Call,
  checkLimit,
  decodeCursor,
  encodeCursor,
  isRaw,
  type OperationOptions,
  optionalText,
  type Page,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import { leadConnectorPageSizes } from '../leadconnector-page-sizes.ts'
import { readAgent } from '../read/read-leadconnector-agent.ts'
import type { LeadConnectorAgentPayload } from '../wire/agent.ts'

export type LeadConnectorAgent = Agent<LeadConnectorAgentPayload>
/** Where the list stands: the last agent, and how many came up to it. */
interface Position {
  after: string
  seen: number
}

/** A filtered page shorter than this is the last: the vendor documents no page size, but has none below it. */
const smallestPageSize = 20

export async function listAgents(
  client: LeadConnectorClient,
  query: AgentQuery,
  cursor: string | undefined,
  options: OperationOptions | undefined,
): Promise<Page<LeadConnectorAgent>> {
  const call = client.begin('agents.list', options)
  vendorOptions(call, query.vendor, {})
  const limit = checkLimit(call, query.limit, leadConnectorPageSizes.agents)
  // "Search agents" matches lower-case texts only. A `locationId` is refused here: the token implies it.
  const search = query.search === '' ? undefined : optionalText(call, query.search, 'search')?.toLowerCase()
  const position = cursor === undefined ? undefined : decodeCursor(cursor, readPosition)
  const path = '/conversation-ai/agents/search'
  const spec = client.spec('conversationAI', { path, query: { startAfter: position?.after, limit, query: search } })
  return call.read(spec, (body) => readPage(call, body, position, limit, search !== undefined))
}

function readPage(
  call: Call,
  body: unknown,
  position: Position | undefined,
  limit: number,
  filtered: boolean,
): Page<LeadConnectorAgent> {
  if (!isRaw(body)) throw new Unreadable('')
  const { warnings } = call.reading
  const agents = body['agents'] ?? (Number(body['count']) === 0 ? [] : undefined)
  const items = call.reading.items(agents, 'agents', (raw) => readAgent(raw, call.reading))
  const raws = agents as unknown[]
  // The total counts the whole location whatever is searched for.
  const total = filtered || typeof body['totalCount'] !== 'number' ? undefined : body['totalCount']
  const counted = total === undefined ? {} : { total }
  const last = lastId(raws)
  const before = position?.seen ?? 0
  if (last !== undefined && last === position?.after) {
    // The same page again: the end, or, when the total says that there is more, a cursor that does not move.
    const stuck = total !== undefined && before < total
    return { items: [], next: stuck ? encodeCursor({ after: last, seen: before }) : null, warnings, ...counted }
  }
  const seen = before + raws.length
  const more = total === undefined ? raws.length >= Math.min(limit, smallestPageSize) : seen < total
  const next = last !== undefined && more ? encodeCursor({ after: last, seen }) : null
  return { items, next, warnings, ...counted }
}

function lastId(raws: readonly unknown[]): string | undefined {
  const last = raws.findLast((raw) => isRaw(raw) && typeof raw['id'] === 'string' && raw['id'] !== '')
  return isRaw(last) ? (last['id'] as string) : undefined
}

const readPosition = (state: unknown): Position | undefined => {
  if (!isRaw(state)) return undefined
  const { after, seen } = state
  return typeof after === 'string' && after !== '' && Number.isInteger(seen) && (seen as number) >= 0
    ? { after, seen: seen as number }
    : undefined
}
