import {
  type Agent,
  type Call,
  checkId,
  checkLimit,
  checkOptionalText,
  decodeCursor,
  isRaw,
  paged,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import type { AgentConversationAgents } from '../agent-conversation-adapter.ts'
import { type AgentConversationContext, begin, placeFor } from '../agent-conversation-context.ts'
import { errorOf } from '../agent-conversation-error.ts'
import { readAgent } from '../read/read-agent-conversation-agent.ts'
import { withoutSecrets } from '../read/without-agent-conversation-secrets.ts'
import type { AgentConversationRawAgent } from '../wire/index.ts'

export const createAgents = (context: AgentConversationContext): AgentConversationAgents => ({
  list: (query = {}, options) =>
    paged(
      async (cursor, query) => {
        const call = begin(context, 'agents.list', options)
        vendorOptions(call, query.vendor, {})
        // There is one page, so no cursor can have come from here.
        if (cursor !== undefined) decodeCursor<never>(cursor, () => undefined)
        checkLimit(call, query.limit, { default: 1, max: 1 })
        const search = checkOptionalText(call, query.search, 'search')?.toLowerCase()
        const agent = await fetchAgent(context, call)
        const warnings = call.reading.warnings
        if (!search) return { items: [agent], next: null, warnings, total: 1 }
        call.reading.warn('local-filter', 'This vendor cannot filter agents by text; it was applied to this page here.')
        const found = [agent.name, agent.displayName].some((name) => name?.toLowerCase().includes(search))
        return { items: found ? [agent] : [], next: null, warnings }
      },
      query,
      placeFor(context, 'agents.list'),
    ),

  get: async (target, options) => {
    const call = begin(context, 'agents.get', options)
    const id = checkId(call, target, 'agent')
    const agent = await fetchAgent(context, call)
    if (agent.id === id) return agent
    throw errorOf(call, 'not-found', 'this key belongs to another agent; one key is one agent.')
  },
})

/** The key's own agent. What it is is remembered, since a key never changes its agent. */
export async function fetchAgent(
  context: AgentConversationContext,
  call: Call,
): Promise<Agent<AgentConversationRawAgent>> {
  const agent = await call.read({ path: '/agents/by-api-key' }, (body, reading) => {
    const raw = withoutSecrets(body)
    if (!isRaw(raw)) throw new Unreadable('')
    return readAgent(raw, reading)
  })
  context.known.agentId = agent.id
  return agent
}
