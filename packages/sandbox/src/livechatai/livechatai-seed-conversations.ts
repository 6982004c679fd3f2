import type { Dialogue, World } from '../world/world.ts'
import { chance, pick } from './livechatai-ids.ts'
import { integrationOf } from './livechatai-seed-channels.ts'
import { seededId } from './livechatai-seed-ids.ts'
import { type Cast, messagesOf } from './livechatai-seed-messages.ts'
import type { Resolution, Sentiment, StoredConversation, StoredMessage, Survey } from './livechatai-state.ts'

/** One of the world's dialogues as this vendor keeps it. */
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
    // A word that no page has, from the channel that no page has.
    ...(dialogue.channel === 'instagram' ? { oddity: { integrationType: 'INSTAGRAM' } } : {}),
  }
}

function sentimentOf({ key, turns, handedOver }: Dialogue): Sentiment {
  if (turns.length < 3) return 'UNSPECIFIED'
  const calm = ['NEUTRAL', 'NEUTRAL', 'POSITIVE', 'POSITIVE', 'NEGATIVE'] as const
  return pick(handedOver ? ['NEGATIVE', 'NEGATIVE', 'NEUTRAL'] : calm, `sentiment:${key}`)
}

/** Named by what the first answer was drawn from. */
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
