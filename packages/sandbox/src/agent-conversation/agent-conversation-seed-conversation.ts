import { chance, createRandom, integer, pick, type Random } from '../kit/random.ts'
import type { Dialogue, World, WorldChannel } from '../world/world.ts'
import { idOf, tokenOf } from './agent-conversation-ids.ts'
import { seedMessages } from './agent-conversation-seed-messages.ts'
import type { State, StoredConversation } from './agent-conversation-state.ts'

/** The vendor's word for each channel that it can carry. */
const sources: Partial<Readonly<Record<WorldChannel, string>>> = {
  email: 'email',
  sms: 'sms',
  web: 'live_chat',
  voice: 'voice',
  teams: 'ms_teams',
  api: 'api',
}

export const carried = ({ dialogues }: World): Dialogue[] =>
  dialogues.filter(({ channel }) => sources[channel] !== undefined)

/** Adds one dialogue of the world. Some carry what breaks clients; which ones depends on the index alone. */
export function seedConversation(world: World, state: State, dialogue: Dialogue, index: number): void {
  const { seed } = world
  const random = createRandom(seed, `agent-conversation/seed/${dialogue.key}`)
  const user = state.users.get(idOf(seed, dialogue.person))
  const agentId = idOf(seed, dialogue.bot)
  user?.agentIds.add(agentId)
  // Some instants are whole seconds, which the vendor writes without milliseconds.
  const instant = (at: number) => (index % 5 < 2 ? Math.floor(at / 1000) * 1000 : at)
  const isAnonymized = user?.isAnonymized ?? false
  const lastAt = dialogue.turns.at(-1)?.at ?? dialogue.createdAt
  const conversation: StoredConversation = {
    id: idOf(seed, dialogue.key),
    agentId,
    userId: idOf(seed, dialogue.person),
    title: isAnonymized || index % 17 === 3 ? null : dialogue.subject,
    score: dialogue.resolved ? integer(random, 3, 5) : null,
    summary: dialogue.resolved && !isAnonymized ? `Settled with the customer: ${dialogue.subject}` : null,
    aiConversationId: `conv_${tokenOf(seed, dialogue.key, 32)}`,
    customData: chance(random, 0.25) ? { campaign: pick(random, ['spring', 'winter-check']), priority: 2 } : null,
    aiCallId: dialogue.channel === 'voice' ? idOf(seed, `${dialogue.key}/call`) : null,
    mode: dialogue.handedOver ? 'manual' : 'ai',
    status: dialogue.resolved ? pick(random, ['inactive', 'archived', 'active']) : 'active',
    context: null,
    stateId: workflowStateOf(random, state, dialogue),
    assignedTo: dialogue.assignedTo && idOf(seed, dialogue.assignedTo),
    source: sources[dialogue.channel] ?? 'api',
    isAnonymized,
    createdAt: instant(dialogue.createdAt),
    updatedAt: instant(lastAt),
    messages: [],
  }
  conversation.messages.push(...seedMessages({ world, state, random, dialogue, conversation, instant, index }))
  state.conversations.set(conversation.id, conversation)
}

function workflowStateOf(random: Random, { workflowStates }: State, dialogue: Dialogue): string | null {
  if (chance(random, 0.2)) return null
  const name = dialogue.resolved ? 'Complete' : dialogue.handedOver ? 'In Process' : 'Open'
  return workflowStates.find((state) => state.name === name)?.id ?? null
}
