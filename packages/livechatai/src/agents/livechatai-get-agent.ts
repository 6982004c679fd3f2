import { type Agent, type Call, isParleyError, numberedPlace, pathOf } from '@parley/core'
import { pageSize } from '../livechatai-limits.ts'
import { agentOf } from '../livechatai-unwrap.ts'
import { readAgent } from '../read/read-livechatai-agent.ts'
import type { LiveChatAIRawAgent } from '../wire/index.ts'
import { fetchAgents } from './livechatai-fetch-agents.ts'

type Found = Agent<LiveChatAIRawAgent>

/** "agents/retrieve", by id or slug. `isEmbed` is never sent: it makes the vendor answer from a cache. */
export async function getAgent(call: Call, idOrSlug: string): Promise<Found> {
  const agent = await call.read({ path: pathOf`/agents/${idOrSlug}` }, (body, reading) =>
    readAgent(agentOf(body), reading),
  )
  return completed(call, agent)
}

/** What a single agent looks like is not documented. Should it come without a name or a status, the list fills them in. */
export async function completed(call: Call, agent: Found): Promise<Found> {
  if (agent.name !== null && agent.status.native !== null) return agent
  try {
    const listed = await findListed(call, agent.id)
    if (listed) return { ...listed, ...agent, name: agent.name ?? listed.name, status: statusOf(agent, listed) }
  } catch (error) {
    if (!isParleyError(error)) throw error
    call.reading.warn('degraded', `What the agent came without could not be read from the list (${error.code}).`)
  }
  return agent
}

const statusOf = (agent: Found, listed: Found): Found['status'] =>
  agent.status.native === null ? listed.status : agent.status

async function findListed(call: Call, id: string): Promise<Found | undefined> {
  const seen = new Set<string>()
  for (let place = numberedPlace(undefined); ; ) {
    const page = await fetchAgents(call, place, pageSize.max, seen)
    const found = page.items.find((agent) => agent.id === id)
    if (found || page.next === null) return found
    place = page.next
  }
}
