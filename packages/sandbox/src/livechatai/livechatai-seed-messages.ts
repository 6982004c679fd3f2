import type { Turn, World } from '../world/world.ts'
import { citationOf } from './livechatai-citation.ts'
import { chance } from './livechatai-ids.ts'
import { dataSourceId } from './livechatai-seed-data-sources.ts'
import { seededId } from './livechatai-seed-ids.ts'
import type { Citation, StoredDataSource, StoredMessage, Teammate } from './livechatai-state.ts'

export interface Cast {
  readonly world: World
  readonly agentId: string
  readonly dataSources: ReadonlyMap<string, StoredDataSource>
  readonly teammate: (operator: string | null) => Teammate | null
}

/** A dialogue's turns in the vendor's words: it has no role for the system, and none for automations. */
export function messagesOf(cast: Cast, turns: readonly Turn[]): StoredMessage[] {
  const messages: StoredMessage[] = []
  for (const turn of turns) if (turn.by !== 'system') messages.push(...messagesOfTurn(cast, turn, messages))
  return messages
}

/** A picture is a message of its own, whose content is its address. */
function messagesOfTurn(cast: Cast, turn: Turn, before: readonly StoredMessage[]): StoredMessage[] {
  const role = turn.by === 'person' ? 'user' : 'assistant'
  const base = { role, rating: null, createdAt: turn.at } as const
  const text: StoredMessage = {
    ...base,
    id: seededId(cast.world, 'message', turn.key),
    content: turn.text,
    type: 'TEXT',
    source: citations(cast, turn),
    agent: turn.by === 'operator' ? cast.teammate(turn.operator) : null,
    rating: turn.by === 'bot' ? ratingOf(turn.key) : null,
    ...(turn.by === 'person' ? leftovers(turn.key, before) : {}),
  }
  if (!turn.attachment) return [text]
  const image: StoredMessage = {
    ...base,
    id: seededId(cast.world, 'message', `${turn.key}:image`),
    content: turn.attachment.url,
    type: 'IMAGE',
    source: [],
    agent: turn.by === 'operator' ? cast.teammate(turn.operator) : null,
  }
  return turn.text === '' ? [image] : [text, image]
}

function citations({ world, agentId, dataSources }: Cast, turn: Turn): Citation[] {
  const cited = turn.articles.flatMap((article) => dataSources.get(dataSourceId(world, agentId, article)) ?? [])
  return cited.map((source, rank) => citationOf(source, rank, turn.key))
}

/**
 * What the retrieve page's example shows: a customer's message that carries the human who serves the conversation
 * and the citations of the last answer. Here it is so for some of the messages written to a human.
 */
function leftovers(key: string, before: readonly StoredMessage[]): Pick<StoredMessage, 'agent' | 'source'> | object {
  const agent = before.findLast((message) => message.role === 'assistant')?.agent ?? null
  if (agent === null || chance(`leftovers:${key}`) > 0.4) return {}
  return { agent, source: before.findLast((message) => message.source.length > 0)?.source ?? [] }
}

function ratingOf(key: string): StoredMessage['rating'] {
  const draw = chance(`rating:${key}`)
  return draw < 0.09 ? 'good' : draw < 0.12 ? 'bad' : null
}
