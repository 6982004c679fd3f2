import {
  type Agent,
  type AgentQuery,
  type Call,
  checkLimit,
  DecodeError,
  decodeCursor,
  encodeCursor,
  isRecord,
  optionalText,
  type Page,
  pathOf,
  vendorOptions,
} from '@parley/core'
import { sizes } from '../capabilities.ts'
import { type Context, unwrap } from '../protocol.ts'
import { readAgent } from '../read/agent.ts'
import type { LeadConnectorAgentPayload } from '../wire.ts'

export type LeadConnectorAgent = Agent<LeadConnectorAgentPayload>
/** The position in the list: the last agent, how many agents were read so far, and the vendor's count on the first page. */
interface Position {
  after: string
  seen: number
  total: number | null
}

export const fetchAgent = (context: Context, call: Call, id: string): Promise<LeadConnectorAgent> =>
  call.read(context.spec('conversationAI', { path: pathOf`/conversation-ai/agents/${id}` }), (body, reading) =>
    readAgent(unwrap(body, 'agent', 'data'), reading, id),
  )

export async function listAgents(
  context: Context,
  call: Call,
  query: AgentQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<LeadConnectorAgent>> {
  vendorOptions(call, query.vendor, {})
  const limit = checkLimit(call, query.limit, sizes.agents)
  // "Search agents" matches lower-case texts only. A `locationId` is refused here: the token implies it.
  const search = query.search === '' ? undefined : optionalText(call, query.search, 'search')?.toLowerCase()
  const position = cursor === undefined ? undefined : decodeCursor(cursor, readPosition)
  const path = '/conversation-ai/agents/search'
  const spec = context.spec('conversationAI', { path, query: { startAfter: position?.after, limit, query: search } })
  return call.read(spec, (body) => readPage(call, body, position, search !== undefined, seen))
}

function readPage(
  call: Call,
  body: unknown,
  position: Position | undefined,
  filtered: boolean,
  known: Set<string>,
): Page<LeadConnectorAgent> {
  if (!isRecord(body)) throw new DecodeError('')
  const { warnings } = call.reading
  const agents = body['agents'] ?? (Number(body['count']) === 0 ? [] : undefined)
  const items = call.reading.items(agents, 'agents', (raw) => readAgent(raw, call.reading))
  const raws = agents as unknown[]
  // The vendor's total counts the whole location, even for a search.
  const total = filtered || typeof body['totalCount'] !== 'number' ? undefined : body['totalCount']
  const counted = total === undefined ? {} : { total }
  const last = lastId(raws)
  const before = position?.seen ?? 0
  if (last !== undefined && last === position?.after) {
    // The same page again means the end. If the total says that more agents follow, the vendor's cursor does not move.
    const stuck = total !== undefined && before < total
    return { items: [], next: stuck ? encodeCursor({ ...position }) : null, warnings, ...counted }
  }
  const fresh = items.filter(({ id }) => !known.has(id))
  for (const { id } of fresh) known.add(id)
  const seen = before + fresh.length + raws.length - items.length
  const first = position ? position.total : (total ?? null)
  // Without a count, or if the count changed meanwhile, only an empty page is the end.
  const isCounted = total !== undefined && total === first
  const more = raws.length > 0 && (!isCounted || seen < total)
  const next = last !== undefined && more ? encodeCursor({ after: last, seen, total: first }) : null
  if (next === null && total !== undefined && seen < total)
    call.reading.warn('degraded', `${call.vendor} counts more agents than it sent; the others are missing here.`)
  return { items, next, warnings, ...counted }
}

function lastId(raws: readonly unknown[]): string | undefined {
  const last = raws.findLast((raw) => isRecord(raw) && typeof raw['id'] === 'string' && raw['id'] !== '')
  return isRecord(last) ? (last['id'] as string) : undefined
}

const readPosition = (state: unknown): Position | undefined => {
  if (!isRecord(state)) return undefined
  const { after, seen, total } = state
  const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0
  if (typeof after !== 'string' || after === '' || !isCount(seen)) return undefined
  return total === null || isCount(total) ? { after, seen, total } : undefined
}
