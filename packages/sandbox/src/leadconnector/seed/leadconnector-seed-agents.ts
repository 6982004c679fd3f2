import type { Bot, World } from '../../world/world.ts'
import { newAgent } from '../agents/leadconnector-agent-write.ts'
import type { AgentRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'
import { seedActions } from './leadconnector-seed-actions.ts'
import { seededAgentId } from './leadconnector-seed-ids.ts'

/** The first answers by itself, the second only proposes, the third answers elsewhere. */
const roles: readonly Partial<AgentRecord>[] = [
  {
    mode: 'auto-pilot',
    isPrimary: true,
    channels: ['SMS', 'WhatsApp', 'Live_Chat', 'WebChat'],
    sleepOnManualMessage: true,
    sleepTime: 2,
    sleepTimeUnit: 'hours',
  },
  { mode: 'suggestive', channels: ['FB', 'IG'], waitTime: 20, respondToImages: true },
  { mode: 'auto-pilot', channels: ['Email', 'Live_Chat'], waitTime: 2, waitTimeUnit: 'minutes' },
]

/** Switched off and forgotten, as in every old account: enough of them for a second page. */
const retired = 9

export function seedAgents(world: World, location: LocationState): void {
  const knowledgeBaseIds = [...location.knowledgeBases.keys()].slice(0, 1)
  const add = (bot: Bot, id: string, role: Partial<AgentRecord>) => {
    const { name, goal, personality, instructions, createdAt, updatedAt } = bot
    const words = { name, goal, personality, instructions, businessName: location.name, updatedAt, knowledgeBaseIds }
    location.agents.set(id, { ...newAgent(id, createdAt), ...words, ...role })
  }
  world.bots.forEach((bot, index) => {
    add(bot, seededAgentId(world.seed, location.id, bot.key), roles[index] ?? {})
  })
  const [bot] = world.bots
  for (let index = 1; bot && index <= retired; index += 1) {
    const id = seededAgentId(world.seed, location.id, `retired-${index}`)
    // Accounts that manage channels elsewhere show none.
    add({ ...bot, name: `Old desk ${index}` }, id, { channels: index % 3 === 0 ? null : ['SMS'] })
  }
  seedActions(world, location)
}
