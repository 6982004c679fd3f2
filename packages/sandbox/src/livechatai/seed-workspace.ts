import type { Article, Bot, Dialogue, Operator, Person, World } from '../world/world.ts'
import {
  type AttributeValue,
  chance,
  cuid,
  hash,
  pick,
  type StoredAgent,
  type StoredContact,
  type StoredDataSource,
  type StoredView,
  slugOf,
  type Teammate,
} from './state.ts'

const year = 365 * 86_400_000

/** The world's bots and some archived ones, so that the default page of ten does not contain all of them. */
export function seedAgents(world: World): StoredAgent[] {
  const live = world.bots.map((bot) => agentOf(world, bot.key, bot.name, bot, false))
  const archived = [1, 2, 3, 4].flatMap((age) =>
    world.bots.map((bot) => {
      const season = new Date(bot.createdAt - age * year).getUTCFullYear()
      const dates = { createdAt: bot.createdAt - age * year, updatedAt: bot.updatedAt - age * year }
      return agentOf(world, `${bot.key}:${age}`, `${bot.name} ${season}`, dates, true)
    }),
  )
  return [...live, ...archived]
}

function agentOf(
  world: World,
  key: string,
  name: string,
  { createdAt, updatedAt }: Pick<Bot, 'createdAt' | 'updatedAt'>,
  isArchived: boolean,
): StoredAgent {
  return {
    id: seededId(world, 'agent', key),
    slug: slugOf(name),
    name,
    isLiveChatEnabled: !isArchived,
    isImageSharingEnabled: !isArchived,
    language: 'en',
    isArchived,
    attributeKeys: ['segment', 'newsletter', 'customer_since', 'open_orders'],
    createdAt,
    updatedAt,
  }
}

/** The first is the workspace's owner. Every second one has no picture. */
export const seedTeammates = (world: World): Teammate[] =>
  world.operators.map((operator: Operator, index) => ({
    id: seededId(world, 'user', operator.key),
    name: operator.name,
    email: operator.email,
    avatar: index % 2 === 0 ? `https://cdn.livechatai.example/avatars/${operator.key}.png` : null,
  }))

/** Views can only be created in the dashboard. */
export function seedViews(world: World, agents: readonly StoredAgent[]): StoredView[] {
  const drafts: readonly (readonly [string, StoredView['query']])[] = [
    [
      'Unhappy customers',
      { combinator: 'AND', rules: [{ field: 'sentiment', operator: 'EQUALS', value: 'NEGATIVE' }] },
    ],
    [
      'Open on WhatsApp',
      {
        combinator: 'AND',
        rules: [
          { field: 'channel', operator: 'EQUALS', value: 'WHATSAPP' },
          { field: 'status', operator: 'EQUALS', value: 'open' },
        ],
      },
    ],
    [
      'Chat apps',
      {
        combinator: 'OR',
        rules: [
          { field: 'channel', operator: 'EQUALS', value: 'WHATSAPP' },
          { field: 'channel', operator: 'EQUALS', value: 'MESSENGER' },
        ],
      },
    ],
    [
      'Wants a person',
      { combinator: 'AND', rules: [{ field: 'resolution', operator: 'EQUALS', value: 'TalkToAgent' }] },
    ],
    ['With a teammate', { combinator: 'AND', rules: [{ field: 'assignedTo', operator: 'NOT_EQUALS', value: 'ai' }] }],
  ]
  return agents
    .filter((agent) => !agent.isArchived)
    .flatMap((agent) =>
      drafts.map(([name, query], index) => ({
        id: seededId(world, 'view', `${agent.id}:${name}`),
        agentId: agent.id,
        name,
        query,
        createdAt: agent.createdAt + index * 3_601_007,
      })),
    )
}

/**
 * Sources of the types that the world's knowledge lacks. One has failed, one has an undocumented status. No answer uses
 * them, so that the bots of all vendors give the same answer to one question.
 */
const extras: readonly (Pick<StoredDataSource, 'source' | 'title' | 'text' | 'url' | 'failed' | 'oddity'> & {
  readonly key: string
})[] = [
  {
    key: 'house-rules',
    source: 'DOCX',
    title: 'house-rules.docx',
    text: 'Dogs are welcome in the showroom as long as they stay on a lead.',
    url: null,
    failed: false,
  },
  {
    key: 'floor-plan',
    source: 'IMAGE',
    title: 'floor-plan.png',
    text: 'Ground floor: showroom and counter. Basement: helmets and clothing.',
    url: null,
    failed: false,
  },
  {
    key: 'brake-video',
    source: 'YOUTUBE',
    title: 'How to adjust disc brakes',
    text: 'Loosen both bolts of the caliper, pull the lever, and tighten them again.',
    url: 'https://www.youtube.com/watch?v=sandbox0001',
    failed: false,
  },
  {
    key: 'old-campaign',
    source: 'WEBSITE',
    title: 'Spring campaign',
    text: '',
    url: 'https://campaign.quilloncycles.example/spring',
    failed: true,
  },
  {
    key: 'supplier-list',
    source: 'TEXT',
    title: 'Supplier list',
    text: 'Our rims come from two family firms.',
    url: null,
    failed: false,
    oddity: { status: 'AWAITING_REVIEW', url: undefined },
  },
]

/** Every agent has all articles, so that a cited article always has a source. */
export function seedDataSources(world: World, agents: readonly StoredAgent[]): StoredDataSource[] {
  return agents
    .filter((agent) => !agent.isArchived)
    .flatMap((agent) => {
      const at = (index: number): number => agent.createdAt + index * 61_009
      const articles = world.knowledge.map((article, index) => ({
        id: dataSourceId(world, agent.id, article.key),
        agentId: agent.id,
        source: typeOf(article),
        title: article.title,
        text: article.text,
        url: article.url,
        isGeneratedByAI: false,
        isUsed: true,
        processing: 0,
        failed: false,
        createdAt: at(index),
        updatedAt: at(index) + 4_000,
      }))
      const others = extras.map(({ key, ...extra }, index) => ({
        id: dataSourceId(world, agent.id, key),
        agentId: agent.id,
        ...extra,
        isGeneratedByAI: false,
        isUsed: false,
        processing: 0,
        createdAt: at(world.knowledge.length + index),
        updatedAt: at(world.knowledge.length + index) + 4_000,
      }))
      return [...articles, ...others]
    })
}

export const dataSourceId = (world: World, agentId: string, article: string): string =>
  seededId(world, 'source', `${agentId}:${article}`)

/** A Notion page can be cited and listed, but neither filtered for nor deleted. */
function typeOf({ kind, key }: Article): string {
  if (kind === 'text') return key.includes('winter') ? 'NOTION' : 'TEXT'
  return { website: 'WEBSITE', faq: 'QA', file: 'PDF' }[kind]
}

/** A contact belongs to one agent, so a person who writes to two agents is two contacts. */
export function contactOf(world: World, person: Person, agentId: string, dialogue: Dialogue): StoredContact {
  const id = seededId(world, 'contact', `${agentId}:${person.key}`)
  return {
    id,
    agentId,
    distinctId: person.externalId,
    name: [person.firstName, person.lastName].filter(Boolean).join(' ') || null,
    email: person.email,
    phone: person.phone,
    country: person.country,
    // Addresses reserved for documentation (RFC 5737).
    ip: dialogue.channel === 'web' ? `203.0.113.${hash(person.key) % 256}` : null,
    chatSource: dialogue.channel === 'web' || dialogue.channel === 'api' ? 'website' : dialogue.channel,
    attributes: attributesOf(person),
    createdAt: person.createdAt,
    updatedAt: Math.max(person.createdAt, dialogue.createdAt),
  }
}

/** One attribute of each type. `customer_since` is in Unix seconds. */
function attributesOf({ key, tags, externalId, createdAt }: Person): Record<string, AttributeValue> {
  if (chance(`no attributes:${key}`) < 0.25) return {}
  return {
    segment: tags[0] ?? 'none',
    newsletter: tags.includes('newsletter'),
    ...(externalId === null ? {} : { customer_since: Math.floor(createdAt / 1000), open_orders: pick([0, 1, 2], key) }),
  }
}

/** The vendor's id of an object in the world. The same seed gives the same id. */
export const seededId = (world: World, kind: string, key: string): string =>
  cuid(`livechatai:${world.seed}:${kind}:${key}`)
