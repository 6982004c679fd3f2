import { createRandom, uuid } from '../kit/random.ts'
import { hiddenMessages, ticker } from '../kit/sending.ts'
import { company } from '../world/company.ts'
import type { World } from '../world/world.ts'
import { fileName, vectorStoreFileId } from './agent-conversation-citations.ts'
import { idOf, tokenOf } from './agent-conversation-ids.ts'
import { carried, seedConversation } from './agent-conversation-seed-conversation.ts'
import type {
  AgentRole,
  State,
  StoredAgent,
  StoredAgentFile,
  StoredUser,
  WorkflowState,
} from './agent-conversation-state.ts'

const day = 86_400_000

/** A deployment filled from the world, the same every time. */
export function seedState(
  world: World,
  now: () => number,
  /** How far the vendor's clock is off, in milliseconds. */
  offset: () => number = () => 0,
): State {
  const ids = createRandom(world.seed, 'agent-conversation/new-ids')
  const state: State = {
    agents: mapById(seedAgents(world)),
    users: mapById(seedUsers(world)),
    conversations: new Map(),
    workflowStates: seedWorkflow(world),
    staff: seedStaff(world),
    roles: seedRoles(world),
    organizationId: idOf(world.seed, 'organization'),
    agentFiles: mapById(seedAgentFiles(world)),
    messageFiles: new Map(),
    uploads: new Map(),
    webhooks: [],
    prompts: new Map(),
    limits: new Map(),
    usage: [],
    pending: new Map(),
    dialogs: new Map(),
    newId: () => uuid(ids),
    hidden: hiddenMessages(now),
    tick: ticker(now, offset),
  }
  for (const [index, dialogue] of carried(world).entries()) seedConversation(world, state, dialogue, index)
  return state
}

const mapById = <T extends { readonly id: string }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((item) => [item.id, item]))

const seedRoles = ({ seed }: World): AgentRole[] => [
  { id: idOf(seed, 'role-assistant'), name: 'Assistant', description: 'Answers customers' },
  { id: idOf(seed, 'role-sales'), name: 'Sales', description: 'Qualifies leads' },
]

const seedAgents = ({ seed, bots }: World): StoredAgent[] =>
  bots.map(({ key, name, goal, personality, instructions }, index) => ({
    id: idOf(seed, key),
    apiKey: `sandbox-agent-${tokenOf(seed, key, 20)}`,
    isApiSkillEnabled: true,
    roleId: idOf(seed, 'role-assistant'),
    aiConfigId: idOf(seed, `${key}/ai-config`),
    name: `${name} (${key.replace('bot-', '')})`,
    publicName: name,
    description: goal,
    instructions: `${instructions} ${personality}`,
    model: ['gpt-5-mini', 'gpt-5', 'gpt-4.1'][index] ?? 'gpt-5',
    temperature: 0.4,
    topP: 1,
    isFileSearchEnabled: true,
    isCodeInterpreterEnabled: false,
    fileSearchMaxNumResults: 8,
    reasoningEffort: 'low',
    reasoningMode: 'standard',
    isOutputJsonSchemaEnabled: false,
    outputJsonSchema: '{}',
    avatarUrl: `${company.files}/agents/${name.toLowerCase()}.png`,
    backgroundUrl: null,
    defaultErrorMessage: null,
    status: 'active',
    tags: index === 0 ? ['shop', 'public'] : null,
    restrictDocumentsToOwnerOnly: false,
  }))

const seedUsers = (world: World): StoredUser[] => {
  const anonymized = new Set(
    carried(world)
      .filter((_, index) => index % 61 === 60)
      .map(({ person }) => person),
  )
  return world.people.map((person) => ({
    id: idOf(world.seed, person.key),
    firstName: person.firstName,
    lastName: person.lastName,
    email: person.email,
    phoneNumber: person.phone,
    fkId: person.externalId,
    fkUserId: null,
    context: null,
    source: person.externalId ? 'crm' : null,
    customData: person.tags.length > 0 ? { tags: person.tags, country: person.country } : null,
    agentIds: new Set(),
    isAnonymized: anonymized.has(person.key),
    createdAt: person.createdAt,
  }))
}

/** Labels that somebody defined in the console. The last one exists in every organisation. */
function seedWorkflow({ seed, now }: World): WorkflowState[] {
  const labels: readonly [string, string | null, string | null][] = [
    ['Open', 'Nobody has looked at it yet', '#2F80ED'],
    ['In Process', null, '#F2994A'],
    ['Waiting for customer', 'We asked something back', null],
    ['Complete', 'Settled', '#27AE60'],
  ]
  return labels.map(([name, description, color], index) => ({
    id: idOf(seed, `workflow-${name}`),
    name,
    description,
    color,
    isPersistent: name === 'Complete',
    createdAt: now - 300 * day + index,
    updatedAt: now - (40 + index) * day,
  }))
}

const seedStaff = ({ seed, operators }: World): State['staff'] =>
  operators.map(({ key, name, email }, index) => {
    const [firstName = name, ...rest] = name.split(' ')
    return {
      id: idOf(seed, key),
      firstName,
      lastName: rest.join(' '),
      email,
      role: (['owner', 'admin', 'user', 'copilot_user', 'copilot_admin'] as const)[index] ?? 'user',
      avatarUrl: null,
      phoneNumber: `+44770090099${index}`,
    }
  })

/** Everything but pages, which the vendor reads from the site itself; one file was never taken in. */
const seedAgentFiles = (world: World): StoredAgentFile[] =>
  world.bots.flatMap((bot) =>
    world.knowledge
      .filter(({ kind }) => kind !== 'website')
      .map((article, index): StoredAgentFile => {
        const createdAt = bot.createdAt + (index + 1) * day

        const failed = article.kind === 'text' && bot === world.bots[1]
        return {
          id: idOf(world.seed, `${bot.key}/${article.key}`),
          agentId: idOf(world.seed, bot.key),
          fileName: fileName(article),
          url: article.url ?? `https://files.quilloncycles.example/knowledge/${fileName(article)}`,
          storagePath: `agent-files/${bot.key}/${article.key}`,
          vectorStoreFileId: failed ? null : vectorStoreFileId(world.seed, article),
          status: failed ? 'failed' : 'done',
          uploadedToVectorStoreAt: failed ? null : createdAt + 60_000,
          createdAt,
        }
      }),
  )
