import { type EmulatorContext, hiddenMessages, ticker } from '../kit/emulator.ts'
import { chance, createRandom, pick } from '../kit/random.ts'
import type { Bot, Dialogue, Person, Turn, World, WorldChannel } from '../world/world.ts'
import {
  type Checkpoint,
  graphName,
  humanMessage,
  idOf,
  interruptIdOf,
  type Json,
  modelMessage,
  namedMessage,
  node,
  operatorName,
  type State,
  type StoredAssistant,
  type StoredMessage,
  type StoredRun,
  type StoredThread,
  systemAssistantId,
  type Task,
  type ToolCall,
  taskError,
  textOf,
  timedId,
  toolMessage,
} from './state.ts'

/** Creates the server's data from the world. The same world gives the same ids, dates and threads. */
export function seedState(
  { world, now }: Pick<EmulatorContext, 'world' | 'now'>,
  /** How far the server's clock is off, in milliseconds. */
  offset: () => number = () => 0,
): State {
  const assistants = [systemAssistant(world), ...world.bots.map((bot) => assistantOf(world, bot))]
  const people = new Map(world.people.map((person) => [person.key, person]))
  const talks = world.dialogues
    .filter(({ channel }) => carried.has(channel))
    .flatMap((dialogue) => {
      const person = people.get(dialogue.person)
      const assistant = assistants[1 + world.bots.findIndex(({ key }) => key === dialogue.bot)]
      return person && assistant ? threadOf(world, dialogue, person, assistant) : []
    })
  const random = createRandom(world.idSeed, 'langgraph/ids')
  const tick = ticker(now, offset)
  return {
    assistants: byId(assistants),
    versions: [...assistants],
    threads: byId(talks.map(({ thread }) => thread)),
    runs: byId(talks.flatMap(({ run }) => run ?? [])),
    items: new Map(),
    hidden: hiddenMessages(now),
    newId: () => timedId(now(), random),
    tick,
  }
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]))

/** The channels of the threads that a server keeps: those of a website and of messengers. */
const carried: ReadonlySet<WorldChannel> = new Set(['web', 'api', 'whatsapp', 'slack'])

/** The assistant that the server makes for a graph when it starts. */
function systemAssistant(world: World): StoredAssistant {
  const at = Math.min(...world.bots.map(({ createdAt }) => createdAt)) - 86_400_000
  return {
    ...{ id: systemAssistantId(graphName), version: 1, graphId: graphName, name: graphName, description: null },
    ...{ config: {}, context: {}, metadata: { created_by: 'system' }, createdAt: at, updatedAt: at },
  }
}

function assistantOf({ seed }: World, bot: Bot): StoredAssistant {
  return {
    id: timedId(bot.createdAt, createRandom(seed, `langgraph/assistant/${bot.key}`)),
    version: 1,
    graphId: graphName,
    name: bot.name,
    description: bot.goal,
    config: { configurable: { tone: bot.personality, instructions: bot.instructions } },
    context: {},
    metadata: { team: bot.key },
    createdAt: bot.createdAt,
    updatedAt: bot.updatedAt,
  }
}

/** The application's own id of a customer, which it puts into the metadata of a thread. */
const contactIdOf = ({ key, externalId }: Person): string => externalId ?? key

interface Talk {
  readonly thread: StoredThread
  /** The last run. */
  readonly run?: StoredRun
}

/** A thread with the state after its last run. In an empty one, nothing was run. */
function threadOf(world: World, dialogue: Dialogue, person: Person, assistant: StoredAssistant): Talk {
  const { key, subject, channel, createdAt, turns } = dialogue
  const last = turns.at(-1)
  const thread: StoredThread = {
    id: timedId(createdAt, createRandom(world.seed, `langgraph/thread/${key}`)),
    createdAt,
    updatedAt: last?.at ?? createdAt,
    metadata: { contact: contactIdOf(person), channel, title: subject },
    status: 'idle',
    config: {},
    messages: undefined,
    interrupts: undefined,
    checkpoints: [],
    unseen: new Set(),
  }
  if (!last) return { thread }
  thread.metadata = { ...thread.metadata, graph_id: graphName, assistant_id: assistant.id }
  const messages = turns.flatMap((turn) => messagesOf(world, turn))
  const end = endOf(dialogue)
  thread.status = end
  thread.messages = messages
  const run = runOf(world, thread, assistant, messages)
  const checkpoint: Checkpoint = {
    id: idOf(world.seed, key, 'checkpoint'),
    parentId: idOf(world.seed, key, 'parent'),
    at: last.at,
    messages,
    next: end === 'idle' ? [] : [node],
    tasks: end === 'idle' ? [] : [taskOf(world, dialogue, messages, end)],
    source: 'loop',
    step: turns.length,
    runId: run.id,
  }
  thread.checkpoints = [checkpoint]
  thread.interrupts = Object.fromEntries(checkpoint.tasks.map(({ id, interrupts }) => [id, interrupts]))
  return { thread, run }
}

/**
 * How the last run of a thread has ended. After a customer's message that was not answered, it waits for a person or has
 * failed.
 */
function endOf({ key, turns, handedOver }: Dialogue): 'idle' | 'interrupted' | 'error' {
  if (turns.at(-1)?.by !== 'person') return 'idle'
  return handedOver || chance(createRandom(0, `langgraph/end/${key}`), 0.5) ? 'interrupted' : 'error'
}

function taskOf(
  { seed }: World,
  { key, subject }: Dialogue,
  messages: readonly StoredMessage[],
  end: 'interrupted' | 'error',
): Task {
  const id = idOf(seed, key, 'task')
  if (end === 'error') return { id, name: node, error: taskError, interrupts: [] }
  const asked = messages.at(-1)
  const question = asked ? textOf(asked) : ''
  const value = pick(createRandom(seed, `langgraph/interrupt/${key}`), valuesOf(question, subject))
  return { id, name: node, error: null, interrupts: [{ id: interruptIdOf(seed, id), value }] }
}

/** What graphs wait for: in their own words, with choices, or in the form of LangChain's middleware. */
const valuesOf = (question: string, subject: string): readonly unknown[] => [
  { reason: 'handoff', question },
  `Somebody has to answer: ${subject}`,
  { question: 'May the customer return it?', choices: ['yes', 'no', { value: 'later', label: 'Ask again later' }] },
  {
    action_requests: [{ name: 'refund_order', args: { subject }, description: 'Refund the order' }],
    review_configs: [{ action_name: 'refund_order', allowed_decisions: ['approve', 'edit', 'reject'] }],
  },
]

function runOf(
  { seed }: World,
  thread: StoredThread,
  assistant: StoredAssistant,
  messages: readonly StoredMessage[],
): StoredRun {
  const at = thread.updatedAt
  const id = timedId(at, createRandom(seed, `langgraph/run/${thread.id}`))
  const asked = messages.findLast(({ type }) => type === 'human')
  const metadata: Json = { ...assistant.metadata, ...thread.metadata }
  return {
    id,
    threadId: thread.id,
    assistantId: assistant.id,
    metadata,
    kwargs: {
      input: { messages: asked ? [{ role: 'user', content: asked.content }] : [] },
      config: { ...assistant.config, metadata },
      context: {},
      stream_mode: ['values'],
      temporary: false,
      subgraphs: false,
      resumable: false,
    },
    multitaskStrategy: 'reject',
    createdAt: at,
    updatedAt: at,
    // A run that waits for a person has ended well.
    status: thread.status === 'error' ? 'error' : 'success',
    done: Promise.resolve(),
    events: [],
    cancelled: new AbortController(),
  }
}

/** The messages of a turn. Automations write through the graph, by a name of their own. */
function messagesOf(world: World, turn: Turn): StoredMessage[] {
  const { key, by, text, operator } = turn
  const id = idOf(world.seed, 'message', key)
  switch (by) {
    case 'person':
      return [humanMessage(id, contentOf(turn))]
    case 'bot':
      return answersOf(world, turn, id)
    case 'operator':
      return [namedMessage(id, operatorName, text, operator === null ? {} : { operator_id: operator })]
    case 'automation':
      return [namedMessage(id, 'reminder', text)]
    case 'system':
      return [{ content: text, additional_kwargs: {}, response_metadata: {}, id, type: 'system' }]
  }
}

/** A picture is a part of the message, by its address. */
function contentOf({ key, text, attachment }: Turn): StoredMessage['content'] {
  if (!attachment) return text
  // OpenAI's form, or that of LangChain.
  const picture = chance(createRandom(0, `langgraph/picture/${key}`), 0.5)
    ? { type: 'image_url', image_url: { url: attachment.url } }
    : { type: 'image', source_type: 'url', url: attachment.url, mime_type: attachment.type }
  return [...(text === '' ? [] : [{ type: 'text', text }]), picture]
}

/** Some answers come after the call of a tool, and some with a summary of the model's reasoning. */
function answersOf({ seed, knowledge }: World, { key, text, articles, at }: Turn, id: string): StoredMessage[] {
  const random = createRandom(seed, `langgraph/answer/${key}`)
  const answerId = `chatcmpl-${at}-${id.slice(0, 6)}`
  if (chance(random, 0.02)) return [{ ...modelMessage(answerId, text), type: 'generic', role: 'moderator' }]
  const titles = articles.map((article) => knowledge.find((each) => each.key === article)?.title ?? article)
  const hasTool = titles.length > 0 && chance(random, 0.25)
  const hasReasoning = chance(random, 0.15)
  const reasoning = `The customer asks about ${titles[0] ?? 'something else'}.`
  const content = hasReasoning
    ? [
        { type: 'reasoning', reasoning },
        { type: 'text', text },
      ]
    : text
  const said = modelMessage(answerId, content)
  if (!hasTool) return [said]
  const call: ToolCall = {
    ...{ name: 'search_articles', args: { titles }, id: `call_${id.slice(0, 8)}`, type: 'tool_call' },
  } as const
  return [
    modelMessage(`${answerId}-call`, '', [call]),
    toolMessage(idOf(seed, 'tool', key), call, JSON.stringify({ found: titles })),
    said,
  ]
}
