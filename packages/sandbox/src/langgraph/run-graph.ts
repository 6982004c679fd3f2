import type { Call } from './call.ts'
import { announce, resumed, type Step, think, valueFor, type Written } from './graph.ts'
import { runMetadata, showInterrupts, visible } from './show.ts'
import {
  type Checkpoint,
  failure,
  firstNode,
  type Interrupt,
  interruptIdOf,
  type Json,
  node,
  type RunEvent,
  type StoredMessage,
  type StoredRun,
  type StoredThread,
  type Task,
  taskError,
  waitingNodes,
  withMessages,
} from './state.ts'
import { addCheckpoint, readMessages } from './threads.ts'

type Place = Pick<Call, 'state' | 'settings' | 'context'>

interface Ended {
  readonly events: RunEvent[]
  /** What the thread shows now. */
  readonly messages: readonly StoredMessage[]
  /** Those that are new. */
  readonly added: readonly StoredMessage[]
  readonly error: string | undefined
  readonly isWaiting: boolean
}

/** Runs the graph of a thread, makes the checkpoints, and sets what the thread shows. */
export function runGraph(place: Place, run: StoredRun, thread: StoredThread): Ended {
  const { input, command } = run.kwargs as { input?: Json | null; command?: { resume?: unknown } }
  const known = new Set(thread.checkpoints.at(-1)?.messages.map(({ id }) => id))
  const running: Running = { place, run, thread, events: [['metadata', { run_id: run.id, attempt: 1 }]] }
  const isInput = input !== undefined && input !== null && command?.resume === undefined
  const ended = isInput ? takeInput(running, input) : goOn(running, command?.resume)
  const end = thread.checkpoints.at(-1)
  const { messages = [], tasks = [] } = end ?? {}
  thread.messages = messages
  // Listed is what this run came to and did not end, also what an earlier run has ended (seen at langgraph-cli 1.5.1).
  const listed = tasks.map((task) => [task.id, ended.has(task.id) ? [] : task.interrupts] as const)
  thread.interrupts = end && Object.fromEntries(listed)
  return {
    events: running.events,
    messages,
    added: messages.filter(({ id }) => !known.has(id)),
    error: tasks.some(({ error }) => error !== null) ? failure : undefined,
    isWaiting: tasks.length > 0,
  }
}

interface Running {
  readonly place: Place
  readonly run: StoredRun
  readonly thread: StoredThread
  readonly events: RunEvent[]
}

/** The ids of the tasks that a run has ended. */
type EndedTasks = ReadonlySet<string>

/** A new input drops what the thread waits for. */
function takeInput(running: Running, input: Json): EndedTasks {
  const { place, run, thread, events } = running
  const before = thread.checkpoints.at(-1)?.messages ?? []
  const added = input['messages'] === undefined ? [] : readMessages(place, input['messages'])
  addCheckpoint(place, thread, { messages: before, next: ['__start__'], source: 'input', runId: run.id })
  let messages = withMessages(before, added)
  show(running, messages)
  const first = announce(place, messages)
  if (first) {
    addCheckpoint(place, thread, { messages, next: [firstNode], source: 'loop', runId: run.id })
    events.push(...streamed(run, first, firstNode))
    end(thread, first.messages)
    messages = withMessages(messages, first.messages)
    show(running, messages)
  }
  const step = think(place, messages)
  const next = step.kind === 'interrupt' ? waitingNodes(step.values) : [node]
  addCheckpoint(place, thread, { messages, next, source: 'loop', runId: run.id })
  return take(running, step, messages)
}

/** Goes on where the thread has stopped. If nothing waits, the run succeeds, does nothing, and makes no checkpoint. */
function goOn(running: Running, resume: unknown): EndedTasks {
  const { place, thread } = running
  const last = thread.checkpoints.at(-1)
  show(running, last?.messages ?? [])
  if (!last || last.tasks.length === 0) return new Set()
  if (last.tasks.every(({ interrupts }) => interrupts.length === 0))
    return take(running, think(place, last.messages), last.messages)
  return give(running, last, resume)
}

/** Gives the branches that wait their values. Those that get none go on waiting. */
function give(running: Running, last: Checkpoint, resume: unknown): EndedTasks {
  const { place, run, thread, events } = running
  const given = new Map(
    last.tasks.flatMap(({ id, result, interrupts: [interrupt] }) => {
      const value = result || !interrupt || resume === undefined ? undefined : valueFor(resume, interrupt.id)
      return value ? [[id, resumed(place, value.value)] as const] : []
    }),
  )
  const waiting = last.tasks.filter(({ id, result }) => !result && !given.has(id))
  events.push(...waiting.flatMap(({ interrupts }) => interruptEvents(place, interrupts)))
  if (given.size === 0) return new Set()
  // A branch that has failed fails again with any other value.
  const isFailing = place.settings.failReplies || last.tasks.some(({ id, error }) => error !== null && given.has(id))
  const tasks = last.tasks.map((task): Task => {
    const said = given.get(task.id)
    if (!said) return task
    return isFailing ? { ...task, error: taskError } : { ...task, result: [said] }
  })
  replace(thread, { ...last, tasks })
  if (isFailing) {
    events.push(['error', { error: 'Error', message: failure }])
    return new Set(given.keys())
  }
  for (const { id, name, result = [] } of tasks)
    if (given.has(id)) events.push(...streamed(run, { messages: result, streamed: new Set() }, name))
  const written = tasks.flatMap(({ result = [] }) => result)
  const messages = withMessages(last.messages, written)
  show(running, messages)
  if (waiting.length === 0) addCheckpoint(place, thread, { messages, next: [], source: 'loop', runId: run.id })
  return new Set(given.keys())
}

/** Does the step of the node at the last checkpoint. */
function take(running: Running, step: Step, before: readonly StoredMessage[]): EndedTasks {
  const { place, run, thread, events } = running
  const last = thread.checkpoints.at(-1) as Checkpoint
  if (step.kind === 'messages') {
    const messages = withMessages(before, step.messages)
    events.push(...streamed(run, step, node))
    end(thread, step.messages)
    addCheckpoint(place, thread, { messages, next: [], source: 'loop', runId: run.id })
    show(running, messages)
    return new Set()
  }
  if (step.kind === 'error') {
    replace(thread, { ...last, tasks: last.tasks.map((task) => ({ ...task, error: taskError })) })
    events.push(['error', { error: 'Error', message: failure }])
    return new Set()
  }
  const tasks = last.tasks.map((task, index) => {
    const id = interruptIdOf(place.context.world.seed, task.id)
    return { ...task, interrupts: [{ id, value: step.values[index] }] }
  })
  replace(thread, { ...last, tasks })
  events.push(...tasks.flatMap(({ interrupts }) => interruptEvents(place, interrupts)))
  return new Set()
}

/** Each branch that waits has an event of its own, so the result of a run has only the last one. */
const interruptEvents = (place: Place, interrupts: readonly Interrupt[]): RunEvent[] =>
  showInterrupts(place, interrupts).map((interrupt) => ['values', { __interrupt__: [interrupt] }])

function show({ place, thread, events }: Running, messages: readonly StoredMessage[]): void {
  events.push(['values', { messages: visible(place, { ...thread, unseen: new Set() }, messages) }])
}

function replace({ checkpoints }: StoredThread, checkpoint: Checkpoint): void {
  checkpoints[checkpoints.length - 1] = checkpoint
}

/** Keeps what the only task of the last checkpoint has written. */
function end(thread: StoredThread, result: readonly StoredMessage[]): void {
  const last = thread.checkpoints.at(-1) as Checkpoint
  replace(thread, { ...last, tasks: last.tasks.map((task) => ({ ...task, result })) })
}

/** The events of the stream mode `messages-tuple`: the words of a model one by one, other messages whole. */
function streamed(run: StoredRun, step: Omit<Written, 'kind'>, name: string): RunEvent[] {
  const about = {
    tags: [],
    ...runMetadata(run),
    langgraph_node: name,
    langgraph_triggers: [`branch:to:${name}`],
    langgraph_path: ['__pregel_pull', name],
    ls_provider: 'openai',
    ls_model_name: 'fake-1',
    ls_model_type: 'chat',
  }
  return step.messages.flatMap((message): RunEvent[] => {
    if (!step.streamed.has(message.id)) return [['messages', [message, about]]]
    const { usage_metadata: tokens, response_metadata: _, ...rest } = message
    const chunk = { ...rest, tool_call_chunks: [], response_metadata: { model_provider: 'openai', usage: {} } }
    const words = String(message.content).match(/\s*\S+\s*$|\s*\S+/g) ?? []
    const pieces = ['', ...words, ''].map((content): RunEvent => ['messages', [{ ...chunk, content }, about]])
    return [...pieces, ['messages', [{ ...chunk, content: '', usage_metadata: tokens }, about]]]
  })
}
