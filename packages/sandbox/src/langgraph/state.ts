import { createHash } from 'node:crypto'
import type { HiddenMessages } from '../kit/emulator.ts'
import { characters, createRandom, type Random } from '../kit/random.ts'

export type Json = Readonly<Record<string, unknown>>

/** The data of the emulated server. Instants are milliseconds, and become strings only in responses. */
export interface State {
  readonly assistants: Map<string, StoredAssistant>
  /** Every version of every assistant, oldest first. */
  readonly versions: StoredAssistant[]
  readonly threads: Map<string, StoredThread>
  /** In the order of their creation. */
  readonly runs: Map<string, StoredRun>
  /** The store, by namespace and key. */
  readonly items: Map<string, StoredItem>
  readonly hidden: HiddenMessages
  /** A new id in the server's form: a UUID that begins with the time. */
  newId(): string
  /** The current time, which never repeats a millisecond, so that a later event has a later time. */
  tick(): number
}

export interface StoredItem {
  readonly namespace: readonly string[]
  readonly key: string
  readonly value: Json
  readonly createdAt: number
  readonly updatedAt: number
}

export interface StoredAssistant {
  readonly id: string
  readonly version: number
  readonly graphId: string
  readonly name: string
  readonly description: string | null
  readonly config: Json
  readonly context: unknown
  readonly metadata: Json
  readonly createdAt: number
  readonly updatedAt: number
}

/**
 * A message of a graph's state, in the form in which LangChain serializes it: the state is JSON that the graph owns, and
 * the server does not look into it.
 */
export interface StoredMessage {
  readonly id: string
  readonly type: string
  readonly content: string | readonly Json[]
  readonly name?: string
  readonly tool_calls?: readonly ToolCall[]
  readonly tool_call_id?: string
  readonly [key: string]: unknown
}

export interface ToolCall {
  readonly name: string
  readonly args: Json
  readonly id: string
  readonly type: 'tool_call'
}

/** The message of the error with which runs fail. */
export const failure = '500 the model is down'

/** What a task shows of the error of its run. */
export const taskError: string = JSON.stringify({ message: failure, name: 'Error' })

export interface Interrupt {
  readonly id: string
  readonly value: unknown
}

/** A step of a graph that is still to be done. */
export interface Task {
  readonly id: string
  readonly name: string
  readonly error: string | null
  /** What it waits for, or has waited for. */
  readonly interrupts: readonly Interrupt[]
  /** What it has written. Undefined: it has not ended. */
  readonly result?: readonly StoredMessage[]
}

export interface Checkpoint {
  readonly id: string
  readonly parentId: string | null
  readonly at: number
  readonly messages: readonly StoredMessage[]
  readonly next: readonly string[]
  readonly tasks: readonly Task[]
  readonly source: 'input' | 'loop' | 'update'
  readonly step: number
  readonly runId: string | null
}

type ThreadStatus = 'idle' | 'busy' | 'interrupted' | 'error'

export interface StoredThread {
  readonly id: string
  readonly createdAt: number
  updatedAt: number
  metadata: Json
  status: ThreadStatus
  config: Json
  /** What the thread shows: the state after its last run. Undefined: nothing was run, or the last run was cancelled. */
  messages: readonly StoredMessage[] | undefined
  /** By the id of the task. */
  interrupts: Readonly<Record<string, readonly Interrupt[]>> | undefined
  /** Oldest first. */
  checkpoints: Checkpoint[]
  /** Ids of messages that are stored but not yet visible to reads. */
  readonly unseen: Set<string>
}

type RunStatus = 'pending' | 'running' | 'error' | 'success' | 'interrupted'

/** The name and the data of a server-sent event. */
export type RunEvent = readonly [name: string, data: unknown]

export interface StoredRun {
  readonly id: string
  readonly threadId: string
  readonly assistantId: string
  readonly metadata: Json
  readonly kwargs: Json
  readonly multitaskStrategy: string
  readonly createdAt: number
  updatedAt: number
  status: RunStatus
  /** Resolves when the run has ended. */
  done: Promise<void>
  /** What the run has put out and no request has read. The first reader takes it all. */
  events: RunEvent[]
  readonly cancelled: AbortController
}

/** The graph that the server runs. A graph is code, so clients cannot make one. */
export const graphName = 'desk'

/** The node of the graph that answers. */
export const node = 'answer'

/** The node before it, in a graph that writes something first. */
export const firstNode = 'announce'

/** The nodes in which a graph waits: in the one that answers, or in a branch for each of several values. */
export const waitingNodes = (values: readonly unknown[]): readonly string[] =>
  values.length === 1 ? [node] : values.map((_, index) => `${node}_${index + 1}`)

/** The namespace of the assistants that the server makes for its graphs. */
const graphNamespace = '6ba7b8219dad11d180b400c04fd430c8'

/** The id of the assistant that the server makes for a graph: a UUID of the graph's name (version 5). */
export function systemAssistantId(name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.concat([Buffer.from(graphNamespace, 'hex'), Buffer.from(name)]))
    .digest()
    .subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return dashed(bytes.toString('hex'))
}

const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** A UUID that begins with the time (version 7), as the server makes them. */
export function timedId(at: number, random: Random): string {
  const time = Math.max(0, at).toString(16).padStart(12, '0')
  return dashed(`${time}7${characters(random, 3)}${'89ab'[Math.floor(random() * 4)]}${characters(random, 15)}`)
}

/** A UUID of a task (version 5 in shape) or of a checkpoint. It depends on the names alone. */
export const idOf = (seed: number, ...names: readonly (string | number)[]): string => {
  const random = createRandom(seed, `langgraph/${names.join('/')}`)
  return dashed(`${characters(random, 12)}5${characters(random, 3)}8${characters(random, 15)}`)
}

/** The id of an interrupt: 32 hexadecimal digits. */
export const interruptIdOf = (seed: number, taskId: string): string =>
  characters(createRandom(seed, `langgraph/interrupt/${taskId}`), 32)

/** Adds the messages, as LangGraph's reducer does: one whose id is there already replaces the older one. */
export function withMessages(
  before: readonly StoredMessage[],
  added: readonly StoredMessage[],
): readonly StoredMessage[] {
  const all = [...before]
  for (const message of added) {
    const place = all.findIndex(({ id }) => id === message.id)
    if (place < 0) all.push(message)
    else all[place] = message
  }
  return all
}

/** The text of a message: a string, or the text parts of a list. */
export const textOf = ({ content }: Pick<StoredMessage, 'content'>): string =>
  typeof content === 'string'
    ? content
    : content.map(({ type, text }) => (type === 'text' && typeof text === 'string' ? text : '')).join('')

/** What the server shows of a person's message. */
export const humanMessage = (id: string, content: StoredMessage['content']): StoredMessage => ({
  content,
  additional_kwargs: {},
  response_metadata: {},
  id,
  type: 'human',
})

const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
const tokens = {
  input_tokens: 10,
  output_tokens: 5,
  total_tokens: 15,
  input_token_details: {},
  output_token_details: {},
}

/** What a model says. */
export const modelMessage = (
  id: string,
  content: StoredMessage['content'],
  calls: readonly ToolCall[] = [],
): StoredMessage => ({
  id,
  content,
  additional_kwargs: {},
  response_metadata: { model_provider: 'openai', usage },
  tool_calls: calls,
  invalid_tool_calls: [],
  usage_metadata: tokens,
  type: 'ai',
})

/** What a graph or a person writes as the assistant, without a model. */
export const namedMessage = (id: string, name: string, content: string, more: Json = {}): StoredMessage => ({
  name,
  content,
  tool_calls: [],
  invalid_tool_calls: [],
  additional_kwargs: more,
  response_metadata: {},
  id,
  type: 'ai',
})

export const toolMessage = (id: string, { id: callId, name }: ToolCall, content: string): StoredMessage => ({
  status: 'success',
  content,
  tool_call_id: callId,
  name,
  additional_kwargs: {},
  response_metadata: {},
  id,
  type: 'tool',
})

/** The `name` by which the graph marks what a person of the business wrote. */
export const operatorName = 'operator'

export const iso = (at: number): string => new Date(at).toISOString()
