import {
  type Agent,
  type AgentOperations,
  type AgentQuery,
  type Call,
  type CreateAgentInput,
  checkId,
  checkInput,
  checkLimit,
  checkOptionalText,
  checkText,
  compact,
  DecodeError,
  flag,
  ignoreOptions,
  isParleyError,
  isRecord,
  type OptionRules,
  type Page,
  pathOf,
  vendorOptions,
} from '@parley/core'
import { numberedCursor, type PagePosition, pagePosition, type TurnedPage, turnPage } from '@parley/core/operations'
import { pageSize } from './capabilities.ts'
import type { LiveChatAIVendorOptions } from './options.ts'
import { agentOf, type Context, checkFlag } from './protocol.ts'
import { readAgent } from './read/agent.ts'
import { orEnd, readPages } from './read/page.ts'
import type { LiveChatAIAgentPayload } from './wire.ts'

/**
 * All agents of the workspace, including archived ones. `get` takes an id or a slug. `create` requires `name` and
 * `liveChatEnabled`; everything else is set in the dashboard. `delete` also deletes everything that belongs to the
 * agent.
 */
export type LiveChatAIAgents = Pick<
  AgentOperations<Agent<LiveChatAIAgentPayload>>,
  'list' | 'get' | 'create' | 'delete'
>

export const createAgents = (context: Context): LiveChatAIAgents => ({
  list: (query, options) => context.list('agents.list', query, options, listAgents),
  get: async (target, options) => {
    const call = context.begin('agents.get', options)
    return getAgent(call, checkId(call, target, 'agent'))
  },
  create: async (input, options) => createAgent(context.begin('agents.create', options), input),
  delete: async (target, options) => {
    const call = context.begin('agents.delete', options)
    const id = checkId(call, target, 'agent')
    await call.request({ method: 'DELETE', path: pathOf`/agents/${id}`, expect: 'none' })
    return { id, confirmed: true }
  },
})

async function listAgents(
  call: Call,
  given: AgentQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Agent<LiveChatAIAgentPayload>>> {
  const query = checkInput(call, given)
  vendorOptions(call, query.vendor, {})
  const place = pagePosition(cursor)
  const size = checkLimit(call, query.limit, pageSize)
  const search = checkOptionalText(call, query.search, 'search')?.toLowerCase()
  const { items, next: after, total } = await fetchAgents(call, place, size, seen)
  const next = numberedCursor(after)
  const { warnings } = call.reading
  if (search) {
    call.reading.warn('local-filter', `${call.vendor} cannot filter by search; Parley filtered this page instead.`)
    return { items: items.filter(({ name }) => name?.toLowerCase().includes(search)), next, warnings }
  }
  return total === undefined ? { items, next, warnings } : { items, next, warnings, total }
}

type Found = Agent<LiveChatAIAgentPayload>

/** "agents/retrieve", by id or slug. `isEmbed` is never sent: it makes the vendor answer from a cache. */
async function getAgent(call: Call, idOrSlug: string): Promise<Found> {
  const agent = await call.read({ path: pathOf`/agents/${idOrSlug}` }, (body, reading) =>
    readAgent(agentOf(body), reading),
  )
  return completed(call, agent)
}

/** The form of a single agent is not documented. If the name or the status is missing, the list provides it. */
async function completed(call: Call, agent: Found): Promise<Found> {
  if (agent.name !== null && agent.status.native !== null) return agent
  try {
    const listed = await findListed(call, agent.id)
    if (listed) return { ...listed, ...agent, name: agent.name ?? listed.name, status: statusOf(agent, listed) }
  } catch (error) {
    if (!isParleyError(error)) throw error
    call.reading.warn('degraded', `The fields missing from the agent could not be read from the list (${error.code}).`)
  }
  return agent
}

const statusOf = (agent: Found, listed: Found): Found['status'] =>
  agent.status.native === null ? listed.status : agent.status

async function findListed(call: Call, id: string): Promise<Found | undefined> {
  const seen = new Set<string>()
  for (let place = pagePosition(undefined); ; ) {
    const page = await fetchAgents(call, place, pageSize.max, seen)
    const found = page.items.find((agent) => agent.id === id)
    if (found || page.next === null) return found
    place = page.next
  }
}

/** "agents/list". */
const fetchAgents = (
  call: Call,
  place: PagePosition,
  size: number,
  seen: Set<string>,
): Promise<TurnedPage<Agent<LiveChatAIAgentPayload>>> =>
  orEnd(
    call,
    place,
    seen,
    call.read({ path: '/agents', query: { page: place.page, limit: size } }, (body, reading) => {
      if (!isRecord(body)) throw new DecodeError('data')
      const list = body['data']
      const all = reading.items(list, 'data', (raw) => readAgent(raw, reading))
      return turnPage(reading, place, all, (list as unknown[]).length, readPages(body, reading), seen)
    }),
  )

const ownOptions: OptionRules<LiveChatAIVendorOptions['agents.create']> = { isImageSharingEnabled: flag }

/**
 * "agents/create". Its response is not documented. Without an id, it is not certain that an agent was created: an
 * error.
 */
async function createAgent(call: Call, given: CreateAgentInput): Promise<Agent<LiveChatAIAgentPayload>> {
  const input = checkInput(call, given)
  const own = vendorOptions(call, input.vendor, ownOptions)
  const { name, liveChatEnabled, vendor: _, ...others } = input
  const body = compact<Record<string, unknown>>({
    name: checkText(call, name, 'name'),
    isLiveChatEnabled: checkFlag(call, liveChatEnabled, 'liveChatEnabled', 'required'),
    ...own,
  })
  ignoreOptions(call, others, Object.keys(others), 'set this field in the dashboard.')
  const agent = await call.read({ method: 'POST', path: '/agents', body }, (answer, reading) =>
    readAgent(agentOf(answer), reading),
  )
  return completed(call, agent)
}
