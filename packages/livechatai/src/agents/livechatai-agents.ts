import {
  type Agent,
  type AgentQuery,
  type Call,
  checkId,
  checkInput,
  checkLimit,
  checkOptionalText,
  numberedCursor,
  numberedPlace,
  type Page,
  paged,
  pathOf,
  vendorOptions,
} from '@parley/core'
import type { LiveChatAIAgents } from '../livechatai-adapter.ts'
import { begin, type LiveChatAIContext, placeFor } from '../livechatai-context.ts'
import { pageSize } from '../livechatai-limits.ts'
import type { LiveChatAIRawAgent } from '../wire/index.ts'
import { createAgent } from './livechatai-create-agent.ts'
import { fetchAgents } from './livechatai-fetch-agents.ts'
import { getAgent } from './livechatai-get-agent.ts'

export const createAgents = (context: LiveChatAIContext): LiveChatAIAgents => ({
  list: (query = {}, options) =>
    paged(
      (cursor, query, seen) => listAgents(begin(context, 'agents.list', options), query, cursor, seen),
      query,
      placeFor(context, 'agents.list'),
    ),
  get: async (target, options) => {
    const call = begin(context, 'agents.get', options)
    return getAgent(call, checkId(call, target, 'agent'))
  },
  create: async (input, options) => createAgent(begin(context, 'agents.create', options), input),
  delete: async (target, options) => {
    const call = begin(context, 'agents.delete', options)
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
): Promise<Page<Agent<LiveChatAIRawAgent>>> {
  const query = checkInput(call, given)
  vendorOptions(call, query.vendor, {})
  const place = numberedPlace(cursor)
  const size = checkLimit(call, query.limit, pageSize)
  const search = checkOptionalText(call, query.search, 'search')?.toLowerCase()
  const { items, next: after, total } = await fetchAgents(call, place, size, seen)
  const next = numberedCursor(after)
  const { warnings } = call.reading
  if (search) {
    call.reading.warn('local-filter', `${call.vendor} cannot filter by search; it was applied to this page here.`)
    return { items: items.filter(({ name }) => name?.toLowerCase().includes(search)), next, warnings }
  }
  return total === undefined ? { items, next, warnings } : { items, next, warnings, total }
}
