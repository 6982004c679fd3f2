import {
  type Agent,
  type AgentOperations,
  type AgentQuery,
  type Call,
  checkId,
  checkLimit,
  checkOptionalText,
  DecodeError,
  decodeCursor,
  errorOf,
  isRecord,
  type Page,
  vendorOptions,
} from '@parley/core'
import type { Context } from './protocol.ts'
import { readAgent, withoutSecrets } from './read/agent.ts'
import type { AgentConversationAgentPayload } from './wire.ts'

/** The key's own agent, as a list with one item. Any other id is a `NotFoundError`. */
export type AgentConversationAgents = Pick<AgentOperations<Agent<AgentConversationAgentPayload>>, 'list' | 'get'>

export const createAgents = (context: Context): AgentConversationAgents => ({
  list: (query, options) =>
    context.list('agents.list', query, options, (call, query, cursor) => listAgents(context, call, query, cursor)),

  get: async (target, options) => {
    const call = context.begin('agents.get', options)
    const id = checkId(call, target, 'agent')
    const agent = await fetchAgent(context, call)
    if (agent.id === id) return agent
    throw errorOf(call, 'not-found', 'this key belongs to another agent; each agent has its own key.', {
      outcome: undefined,
    })
  },
})

async function listAgents(
  context: Context,
  call: Call,
  query: AgentQuery,
  cursor: string | undefined,
): Promise<Page<Agent<AgentConversationAgentPayload>>> {
  vendorOptions(call, query.vendor, {})
  // There is only one page, so no valid cursor exists.
  if (cursor !== undefined) decodeCursor<never>(cursor, () => undefined)
  checkLimit(call, query.limit, { default: 1, max: 1 })
  const search = checkOptionalText(call, query.search, 'search')?.toLowerCase()
  const agent = await fetchAgent(context, call)
  const { warnings } = call.reading
  if (!search) return { items: [agent], next: null, warnings, total: 1 }
  call.reading.warn('local-filter', 'This vendor cannot filter agents by text; Parley filtered this page instead.')
  const found = [agent.name, agent.displayName].some((name) => name?.toLowerCase().includes(search))
  return { items: found ? [agent] : [], next: null, warnings }
}

/** The key's own agent. It is cached, because a key never changes its agent. */
export async function fetchAgent(context: Context, call: Call): Promise<Agent<AgentConversationAgentPayload>> {
  const agent = await call.read({ path: '/agents/by-api-key' }, (body, reading) => {
    const raw = withoutSecrets(body)
    if (!isRecord(raw)) throw new DecodeError('')
    return readAgent(raw, reading)
  })
  context.known.agentId = agent.id
  return agent
}
