import { type EmulatorContext, hiddenMessages, ticker } from '../kit/emulator.ts'
import type { Dialogue, World } from '../world/world.ts'
import { conversationOf, isCarried } from './seed-conversations.ts'
import { contactOf, seedAgents, seedDataSources, seedTeammates, seedViews } from './seed-workspace.ts'
import {
  cuid,
  type Oddity,
  type State,
  type StoredAgent,
  type StoredContact,
  type StoredConversation,
  type StoredMessage,
} from './state.ts'

/** The first agent has at least this many conversations, so that a credential for it alone has many pages. */
const fewest = 250

/** Creates the workspace from the world. The same world gives the same ids, dates and oddities. */
export function seedState(
  { world, now }: Pick<EmulatorContext, 'world' | 'now'>,
  /** How far the vendor's clock is off, in milliseconds. */
  offset: () => number = () => 0,
): State {
  const agents = seedAgents(world)
  const teammates = seedTeammates(world)
  const dataSources = byId(seedDataSources(world, agents))
  const contacts = new Map<string, StoredContact>()
  const teammate = (operator: string | null) =>
    teammates[world.operators.findIndex(({ key }) => key === operator)] ?? null

  const people = new Map(world.people.map((person) => [person.key, person]))
  const conversations = assigned(world, agents).flatMap(({ dialogue, agent }): StoredConversation[] => {
    const person = people.get(dialogue.person)
    if (!person) return []
    const contact = contactOf(world, person, agent.id, dialogue)
    // Two dialogues of one person are two conversations of one contact.
    if (!contacts.has(contact.id)) contacts.set(contact.id, contact)
    return [conversationOf({ world, agentId: agent.id, dataSources, teammate }, dialogue, contact.id)]
  })
  const [first] = agents
  const own = conversations.filter(({ agentId }) => agentId === first?.id)
  const others = conversations.filter(({ agentId }) => agentId !== first?.id)
  return {
    agents: byId(agents),
    teammates: byId(teammates),
    ownerId: teammates[0]?.id ?? cuid('owner'),
    contacts,
    conversations: byId([...withSeededOddities(own), ...others]),
    dataSources,
    views: seedViews(world, agents),
    ignoredSuggestions: new Set(),
    hidden: hiddenMessages(now),
    newId: newIds(world),
    tick: ticker(now, offset),
  }
}

/** Assigns each dialogue to the agent of its bot, unless the first agent would have too few. */
function assigned(world: World, agents: readonly StoredAgent[]): { dialogue: Dialogue; agent: StoredAgent }[] {
  const [first] = agents
  if (!first) return []
  const pairs = world.dialogues.filter(isCarried).map((dialogue) => ({
    dialogue,
    agent: agents[world.bots.findIndex(({ key }) => key === dialogue.bot)] ?? first,
  }))
  let missing = fewest - pairs.filter(({ agent }) => agent === first).length
  return pairs.map((pair) => (pair.agent === first || missing-- <= 0 ? pair : { ...pair, agent: first }))
}

function newIds({ idSeed }: World): () => string {
  let ids = 0
  return () => cuid(`livechatai:${idSeed}:new:${ids++}`)
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]))

/** Undocumented values that a server may send, each in one conversation of the first agent. */
const conversationOddities: readonly Oddity[] = [
  { createdAt: 'last Tuesday' },
  { agent: undefined },
  { contact: undefined, messages: undefined },
  { isStarred: null, isMuted: undefined },
]

const messageOddities: readonly Oddity[] = [
  { role: 'supervisor' },
  { type: 'CAROUSEL' },
  { source: undefined, agent: undefined },
  { source: [{ id: 'src_sitemap', type: 'SITEMAP', link: 'https://www.quilloncycles.example/sitemap.xml' }] },
  { createdAt: null },
]

/** Adds the oddities to conversations, spread so that no page of a hundred contains all of them. */
function withSeededOddities(conversations: readonly StoredConversation[]): StoredConversation[] {
  const step = Math.max(1, Math.floor(conversations.length / (conversationOddities.length + messageOddities.length)))
  return conversations.map((conversation, index) => {
    const number = index % step === step - 1 ? Math.floor(index / step) : -1
    const own = conversationOddities[number]
    if (own) return { ...conversation, oddity: { ...conversation.oddity, ...own } }
    const inside = messageOddities[number - conversationOddities.length]
    return inside ? { ...conversation, messages: withOddMessage(conversation.messages, inside) } : conversation
  })
}

/** Adds the oddity to the last answer, because inboxes show the last message. */
function withOddMessage(messages: readonly StoredMessage[], oddity: Oddity): StoredMessage[] {
  const odd = messages.findLastIndex((message) => message.role === 'assistant')
  return messages.map((message, index) => (index === odd ? { ...message, oddity } : message))
}
