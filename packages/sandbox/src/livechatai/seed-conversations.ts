import type { Dialogue, Turn, World, WorldChannel } from '../world/world.ts'
import { citationOf } from './citations.ts'
import { dataSourceId, seededId } from './seed-workspace.ts'
import {
  type Citation,
  chance,
  pick,
  type Resolution,
  type Sentiment,
  type StoredConversation,
  type StoredDataSource,
  type StoredMessage,
  type Survey,
  type Teammate,
} from './state.ts'

/** One of the world's dialogues in this vendor's format. */
export function conversationOf(cast: Cast, dialogue: Dialogue, contactId: string): StoredConversation {
  const { world, agentId } = cast
  const messages = messagesOf(cast, dialogue.turns)
  const last = messages.at(-1)?.createdAt ?? dialogue.createdAt
  return {
    id: seededId(world, 'conversation', dialogue.key),
    agentId,
    contactId,
    isResolved: dialogue.resolved,
    isAgent: dialogue.handedOver,
    isMuted: chance(`muted:${dialogue.key}`) < 0.04,
    isStarred: dialogue.starred,
    integrationType: integrationOf(dialogue),
    agent: cast.teammate(dialogue.assignedTo),
    messages,
    sentiment: sentimentOf(dialogue),
    topic: topicOf(world, dialogue),
    resolution: resolutionOf(dialogue, messages),
    survey: dialogue.resolved ? surveyOf(world, dialogue, last) : null,
    createdAt: Math.min(dialogue.createdAt, last),
    updatedAt: last,
    // A word that no page has, for the channel that no page has.
    ...(dialogue.channel === 'instagram' ? { oddity: { integrationType: 'INSTAGRAM' } } : {}),
  }
}

function sentimentOf({ key, turns, handedOver }: Dialogue): Sentiment {
  if (turns.length < 3) return 'UNSPECIFIED'
  const calm = ['NEUTRAL', 'NEUTRAL', 'POSITIVE', 'POSITIVE', 'NEGATIVE'] as const
  return pick(handedOver ? ['NEGATIVE', 'NEGATIVE', 'NEUTRAL'] : calm, `sentiment:${key}`)
}

/** The topic, by the first article of the first answer. */
function topicOf(world: World, { turns }: Dialogue): string | null {
  const key = turns.flatMap(({ articles }) => articles)[0]
  return world.knowledge.find((article) => article.key === key)?.title ?? null
}

function resolutionOf({ resolved, turns }: Dialogue, messages: readonly StoredMessage[]): Resolution | null {
  if (turns.some(({ by }) => by === 'operator')) return 'TalkToAgent'
  if (messages.length < 2) return null
  return resolved ? 'AIHelped' : 'AIDidNotHelp'
}

function surveyOf(world: World, { key }: Dialogue, last: number): Survey | null {
  if (chance(`survey:${key}`) > 0.4) return null
  const score = pick([5, 5, 5, 4, 4, 3, 2, 1], `score:${key}`)
  const comment = score > 3 ? 'Quick and friendly, thank you.' : 'I had to ask twice.'
  return {
    id: seededId(world, 'survey', key),
    score,
    comment: chance(`comment:${key}`) < 0.5 ? comment : null,
    triggerReason: 'AFTER_RESOLUTION',
    createdAt: Math.min(last + 95_000, world.now),
  }
}

interface Cast {
  readonly world: World
  readonly agentId: string
  readonly dataSources: ReadonlyMap<string, StoredDataSource>
  readonly teammate: (operator: string | null) => Teammate | null
}

/** The messages of a dialogue. The vendor has no role for the system or for automations. */
function messagesOf(cast: Cast, turns: readonly Turn[]): StoredMessage[] {
  const messages: StoredMessage[] = []
  for (const turn of turns) if (turn.by !== 'system') messages.push(...messagesOfTurn(cast, turn, messages))
  return messages
}

/** A picture is a separate message whose content is the picture's URL. */
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
 * The example of the retrieve page shows a customer's message with the teammate of the conversation and the citations
 * of the last answer. Some of the messages to a teammate are like this here.
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

/** The channels that this vendor supports. */
const carried: ReadonlySet<WorldChannel> = new Set(['web', 'api', 'whatsapp', 'messenger', 'slack', 'instagram'])

export const isCarried = ({ channel }: Dialogue): boolean => carried.has(channel)

/**
 * The `integrationType` of a dialogue. The website's chat bubble is assumed to have none, like a conversation created
 * through the API. The other widgets use the words of the channel filter. Instagram has no documented word.
 */
function integrationOf({ channel, key }: Dialogue): string | null {
  switch (channel) {
    case 'whatsapp':
    case 'messenger':
    case 'slack':
      return channel.toUpperCase()
    case 'web':
      return pick([null, null, 'FULLPAGE', 'INLINECHAT'], `widget:${key}`)
    default:
      return null
  }
}
