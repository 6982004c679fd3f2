import { hiddenMessages, ticker } from '../kit/emulator.ts'
import { chance, createRandom, integer, pick, type Random, uuid } from '../kit/random.ts'
import { company, type Dialogue, type Turn, type World, type WorldChannel } from '../world/world.ts'
import { citationsOf, fileName, vectorStoreFileId } from './answers.ts'
import {
  type AgentRole,
  type AiResponse,
  idOf,
  type State,
  type StoredAgent,
  type StoredAgentFile,
  type StoredConversation,
  type StoredFeedback,
  type StoredMessage,
  type StoredMessageFile,
  type StoredUser,
  tokenOf,
  type WorkflowState,
} from './state.ts'

const day = 86_400_000

/** Creates the deployment from the world. The same world gives the same deployment. */
export function seedState(
  world: World,
  now: () => number,
  /** How far the vendor's clock is off, in milliseconds. */
  offset: () => number = () => 0,
): State {
  const ids = createRandom(world.idSeed, 'agent-conversation/new-ids')
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

/** Labels defined in the console. The last one exists in every organization. */
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

/** All articles except web pages, which the vendor reads from the site. One file failed to be processed. */
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

/** The vendor's name of each channel that it supports. */
const sources: Partial<Readonly<Record<WorldChannel, string>>> = {
  email: 'email',
  sms: 'sms',
  web: 'live_chat',
  voice: 'voice',
  teams: 'ms_teams',
  api: 'api',
}

const carried = ({ dialogues }: World): Dialogue[] => dialogues.filter(({ channel }) => sources[channel] !== undefined)

/**
 * Adds one dialogue of the world. Some dialogues have unusual values that break clients; the index alone decides which.
 */
function seedConversation(world: World, state: State, dialogue: Dialogue, index: number): void {
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

interface SeedParts {
  readonly world: World
  readonly state: State
  readonly random: Random
  readonly dialogue: Dialogue
  readonly conversation: StoredConversation
  readonly instant: (at: number) => number
  readonly index: number
}

/** The messages of a dialogue. System turns are skipped, because the vendor's messages have no role for them. */
function seedMessages(parts: SeedParts): StoredMessage[] {
  let questionId: string | null = null
  return parts.dialogue.turns
    .filter(({ by }) => by !== 'system')
    .map((turn): StoredMessage => {
      const id = idOf(parts.world.seed, turn.key)
      if (turn.by === 'person') questionId = id
      return seedMessage(parts, turn, id, questionId)
    })
}

function seedMessage(parts: SeedParts, turn: Turn, id: string, questionId: string | null): StoredMessage {
  const { random, conversation, instant, index } = parts
  const byPerson = turn.by === 'person'
  const byOperator = turn.by === 'operator'
  return {
    id,
    text: turn.text,
    rawText: turn.by === 'bot' ? turn.text : null,
    senderRole: byPerson ? 'conversation_user' : byOperator ? 'manual_assistant' : 'assistant',
    // In some conversations a customer's message refers to itself, in others to no question.
    questionId: byPerson && index % 3 === 1 ? null : questionId,
    // Operators answer from the console, which is a source of its own.
    source: byOperator && index % 2 === 0 ? 'copilot' : conversation.source,
    odd: {
      ...(turn.by === 'automation' && index % 2 === 0 && { senderRole: 'workflow' }),
      ...(byPerson && index % 37 === 11 && { source: 'rcs' }),
    },
    aiResponse: turn.by === 'bot' ? aiResponse(parts, turn) : null,
    subagentId: turn.by === 'bot' && index % 23 === 5 ? idOf(parts.world.seed, 'subagent') : null,
    files: turn.attachment ? [seedFile(parts, turn, turn.attachment)] : [],
    isAnonymized: conversation.isAnonymized,
    createdAt: instant(turn.at),
    feedbacks: turn.by === 'bot' && chance(random, 0.06) ? [seedFeedback(parts, turn)] : [],
  }
}

function aiResponse({ world, random, conversation }: SeedParts, turn: Turn): AiResponse | null {
  if (conversation.isAnonymized) return null
  const articles = turn.articles.flatMap((key) => world.knowledge.find((article) => article.key === key) ?? [])
  return {
    reasoning: chance(random, 0.5) ? ['The question is about the shop; the knowledge base covers it.'] : null,
    outputText: turn.text,
    ...citationsOf(world.seed, articles),
  }
}

function seedFile(
  { world, state, conversation, instant }: SeedParts,
  turn: Turn,
  { name, type }: NonNullable<Turn['attachment']>,
): StoredMessageFile {
  const bytes = new TextEncoder().encode(`made-up contents of ${name}`)
  const file: StoredMessageFile = {
    id: idOf(world.seed, `${turn.key}/file`),
    conversationId: conversation.id,
    fileName: name,
    openAIFileId: `file-${tokenOf(world.seed, `${turn.key}/file`, 22)}`,
    storagePath: `message-files/${conversation.id}/${turn.key}/${name}`,
    size: bytes.length,
    createdAt: instant(turn.at),
  }
  state.uploads.set(file.storagePath, { contentType: type, bytes })
  state.messageFiles.set(file.id, file)
  return file
}

function seedFeedback({ world, random, conversation, instant }: SeedParts, turn: Turn): StoredFeedback {
  const voteType = chance(random, 0.7) ? 'up' : 'down'
  const comment = voteType === 'up' ? null : pick(random, ['That is outdated.', 'Not what I asked.', 'Too long.'])
  const at = Math.min(instant(turn.at) + 60_000, world.now)
  return {
    id: idOf(world.seed, `${turn.key}/feedback`),
    userId: conversation.userId,
    voteType,
    question: null,
    answer: turn.text,
    comment,
    userEmail: null,
    createdAt: at,
    updatedAt: at,
  }
}
