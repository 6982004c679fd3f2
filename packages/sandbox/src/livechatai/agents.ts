import { type Call, type Desk, endpoint, pages, slice } from './endpoint.ts'
import { notFound, optionalFlag, requiredFlag, requiredText } from './errors.ts'
import type { LiveChatAISettings } from './settings.ts'
import { freeSlug, isoMilliseconds, type StoredAgent } from './state.ts'

export function agentRoutes(desk: Desk): void {
  endpoint(desk, '/agents', { GET: listAgents, POST: createAgent })
  endpoint(desk, '/agents/:agentId', { GET: retrieveAgent, DELETE: deleteAgent })
}

/** `agents/list`. */
function listAgents(call: Call): object {
  const page = slice(call, [...call.state.agents.values()], 'limit', 10)
  return { status: 'success', data: page.items.map(listedAgent), ...pages(page) }
}

/** `agents/create`. */
async function createAgent(call: Call): Promise<object> {
  const body = await call.body()
  const name = requiredText('name', body['name'])
  const at = call.state.tick()
  const agent: StoredAgent = {
    id: call.state.newId(),
    slug: freeSlug(call.state, name),
    name,
    isLiveChatEnabled: requiredFlag('isLiveChatEnabled', body['isLiveChatEnabled']),
    isImageSharingEnabled: optionalFlag('isImageSharingEnabled', body['isImageSharingEnabled']) ?? false,
    language: 'en',
    isArchived: false,
    attributeKeys: [],
    createdAt: at,
    updatedAt: at,
  }
  call.state.agents.set(agent.id, agent)
  return oneAgent(call.settings, agent)
}

/** `agents/retrieve`: by id or slug. A call of an embed may be cached. */
function retrieveAgent(call: Call): object {
  const body = oneAgent(call.settings, agentByIdOrSlug(call))
  if (call.query('isEmbed') !== 'true') return body
  return Response.json(body, { headers: { 'cache-control': 'public, s-maxage=60, stale-while-revalidate=300' } })
}

/** `agents/delete`: cannot be undone, and deletes everything of the agent. */
function deleteAgent(call: Call): object {
  const { state, settings } = call
  const { id } = agentByIdOrSlug(call)
  state.agents.delete(id)
  for (const table of [state.contacts, state.conversations, state.dataSources]) {
    for (const row of table.values()) if (row.agentId === id) table.delete(row.id)
  }
  if (settings.deleteBody === 'empty') return new Response(null, { status: 204 })
  return { status: 'success', message: 'Agent deleted successfully' }
}

function agentByIdOrSlug(call: Call): StoredAgent {
  const wanted = call.path('agentId')
  const agent =
    call.state.agents.get(wanted) ?? [...call.state.agents.values()].find((candidate) => candidate.slug === wanted)
  if (!agent) throw notFound('Agent')
  return agent
}

/** The response of create and retrieve. The reference documents no body for either, so the envelope is a setting. */
function oneAgent(settings: LiveChatAISettings, agent: StoredAgent): object {
  const body = { ...listedAgent(agent), slug: agent.slug, isImageSharingEnabled: agent.isImageSharingEnabled }
  if (settings.agentBody === 'bare') return body
  return { status: 'success', data: settings.agentBody === 'nested' ? { agent: body } : body }
}

const listedAgent = (agent: StoredAgent): object => ({
  id: agent.id,
  name: agent.name,
  isLiveChatEnabled: agent.isLiveChatEnabled,
  language: agent.language,
  isArchived: agent.isArchived,
  createdAt: isoMilliseconds(agent.createdAt),
  updatedAt: isoMilliseconds(agent.updatedAt),
})
