import type { Bot, Operator, World } from '../world/world.ts'
import { seededId } from './livechatai-seed-ids.ts'
import { slugOf } from './livechatai-slug.ts'
import type { StoredAgent, StoredView, Teammate } from './livechatai-state.ts'

const year = 365 * 86_400_000

/** The world's bots, then last seasons' archived ones, so that the default page of ten is not all of them. */
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

/** The first is the workspace's owner; every second has no picture. */
export const seedTeammates = (world: World): Teammate[] =>
  world.operators.map((operator: Operator, index) => ({
    id: seededId(world, 'user', operator.key),
    name: operator.name,
    email: operator.email,
    avatar: index % 2 === 0 ? `https://cdn.livechatai.example/avatars/${operator.key}.png` : null,
  }))

/** Views are made in the dashboard only. */
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
