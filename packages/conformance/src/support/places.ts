import { type Adapter, can } from '@parley/core'
import type { Bench } from '../bench.ts'
import { talkingId } from './sample.ts'

/** Where the lists are that belong to something: the messages of a conversation, the actions of an agent. */
export interface Places {
  conversationId: string
  agentId: string
}

export const nowhere: Places = { conversationId: 'any-id', agentId: 'any-id' }

/** A conversation in which the contact and the agent have spoken, and an agent that has actions, if one has. */
export async function placesOf(bench: Bench): Promise<Places> {
  const { adapter } = bench
  return {
    conversationId: can(adapter, 'messages.list') ? await talkingId(bench) : nowhere.conversationId,
    agentId: can(adapter, 'agents.actions.list') ? await busyAgentId(adapter) : nowhere.agentId,
  }
}

async function busyAgentId(adapter: Adapter): Promise<string> {
  const { items = [] } = (await adapter.agents?.list?.()) ?? {}
  for (const { id } of items.slice(0, 5)) {
    const actions = await adapter.agents?.actions?.list?.(id, { limit: 1 })
    if (actions && actions.items.length > 0) return id
  }
  return items[0]?.id ?? nowhere.agentId
}
