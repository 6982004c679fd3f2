import {
  type Agent,
  type AgentOperations,
  type AgentQuery,
  type Call,
  type CreateAgentInput,
  checkChange,
  checkId,
  checkInput,
  checkLimit,
  checkOptionalText,
  checkText,
  compact,
  ignoreOptions,
  invalid,
  type Page,
  pathOf,
  type UpdateAgentInput,
  vendorOptions,
} from '@parley/core'
import { numberedPage, pagePosition } from '@parley/core/operations'
import { pageSize } from './capabilities.ts'
import { assistantOptions } from './options.ts'
import { type Context, recordOf } from './protocol.ts'
import { readAgent } from './read/agent.ts'
import { searchPage } from './read/page.ts'
import type { LangGraphAssistantPayload } from './wire.ts'

/**
 * The assistants. `create` requires the name and a graph: the option `graphId`, or `vendor.langgraph.graphId`; a graph itself is code and cannot be made
 * here. Do not delete the assistant that the server made for a graph (metadata `created_by: 'system'`): the name of the
 * graph then stands for no assistant.
 */
export type LangGraphAgents = Pick<
  AgentOperations<Agent<LangGraphAssistantPayload>>,
  'list' | 'get' | 'create' | 'update' | 'delete'
>

type Found = Agent<LangGraphAssistantPayload>

export const createAgents = (context: Context): LangGraphAgents => ({
  list: (query, options) => context.list('agents.list', query, options, listAgents),
  get: async (target, options) => {
    const call = context.begin('agents.get', options)
    return readOne(call, { path: pathOf`/assistants/${checkId(call, target, 'agent')}` })
  },
  create: async (input, options) => createAgent(context, context.begin('agents.create', options), input),
  update: async (target, input, options) => {
    const call = context.begin('agents.update', options)
    return updateAgent(call, checkId(call, target, 'agent'), input)
  },
  delete: async (target, options) => {
    const call = context.begin('agents.delete', options)
    const id = checkId(call, target, 'agent')
    await call.request({ method: 'DELETE', path: pathOf`/assistants/${id}`, expect: 'none' })
    return { id, confirmed: true }
  },
})

const readOne = (call: Call, spec: Parameters<Call['read']>[0]): Promise<Found> =>
  call.read(spec, (body, reading) => readAgent(recordOf(body), reading))

async function listAgents(
  call: Call,
  given: AgentQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Found>> {
  const query = checkInput(call, given)
  vendorOptions(call, query.vendor, {})
  const search = checkOptionalText(call, query.search, 'search')?.toLowerCase()
  const place = { place: pagePosition(cursor), size: checkLimit(call, query.limit, pageSize), seen }
  const turned = await searchPage(call, '/assistants/search', {}, place, (raw) => readAgent(raw, call.reading))
  const page = numberedPage(call.reading, turned)
  if (search === undefined) return page
  call.reading.warn('local-filter', `${call.vendor} cannot filter by search; Parley filtered this page instead.`)
  return { ...page, items: page.items.filter(({ name }) => name?.toLowerCase().includes(search)) }
}

async function createAgent(context: Context, call: Call, agent: CreateAgentInput): Promise<Found> {
  const input = checkInput(call, agent)
  const { graphId = context.graphId, ...own } = vendorOptions(call, input.vendor, {
    ...assistantOptions,
    graphId: checkText,
  })
  if (graphId === undefined) throw invalid(call, 'vendor.langgraph.graphId', 'is required: the graph that it runs')
  const { name, description, vendor: _, ...others } = input
  ignoreOptions(call, others, Object.keys(others), 'an assistant has no such field; its configuration is config.')
  const body = compact<Record<string, unknown>>({
    graph_id: graphId,
    name: checkText(call, name, 'name'),
    description: checkOptionalText(call, description, 'description'),
    ...own,
  })
  return readOne(call, { method: 'POST', path: '/assistants', body })
}

/** Each change makes a new version of the assistant. */
async function updateAgent(call: Call, id: string, change: UpdateAgentInput): Promise<Found> {
  const input = checkInput(call, change)
  const { graphId, ...own } = vendorOptions(call, input.vendor, { ...assistantOptions, graphId: checkText })
  const { name, description, vendor: _, ...others } = input
  ignoreOptions(call, others, Object.keys(others), 'an assistant has no such field; its configuration is config.')
  const body = compact<Record<string, unknown>>({
    graph_id: graphId,
    name: checkOptionalText(call, name, 'name'),
    description: checkOptionalText(call, description, 'description'),
    ...own,
  })
  checkChange(call, body, ['name', 'description', 'vendor.langgraph'])
  return readOne(call, { method: 'PATCH', path: pathOf`/assistants/${id}`, body })
}
