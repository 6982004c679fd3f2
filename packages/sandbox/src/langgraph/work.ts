import { wait } from '../kit/clock.ts'
import type { Call } from './call.ts'
import { resumed, type Step, think, valueFor } from './graph.ts'
import { runMetadata, showInterrupts, visible } from './show.ts'
import {
  interruptIdOf,
  type Json,
  node,
  type RunEvent,
  type StoredMessage,
  type StoredRun,
  type StoredThread,
  type Task,
  taskError,
  withMessages,
} from './state.ts'
import { addCheckpoint, copyOf, deleteThread, hide, readMessages } from './threads.ts'
import { callWebhook } from './webhooks.ts'

type Place = Pick<Call, 'state' | 'settings' | 'context' | 'webhooks'>

/** Works a run off: waits for its turn and its thinking time, runs the graph, and reports the end. */
export async function work(
  place: Place,
  run: StoredRun,
  thread: StoredThread,
  { before, queueMs }: { readonly before: readonly Promise<void>[]; readonly queueMs: number },
): Promise<void> {
  const { context, state, settings } = place
  const { signal } = run.cancelled
  await Promise.all(before)
  await wait(context, queueMs, signal)
  if (signal.aborted) return endCancelled(place, run, thread)
  run.status = 'running'
  const startedAt = state.tick()
  await wait(context, context.thinkingTime, signal)
  if (signal.aborted) return endCancelled(place, run, thread)
  const ended = runGraph(place, run, settings.sends === 'lost' ? copyOf(thread) : thread)
  run.events = ended.events
  run.status = ended.error === undefined ? 'success' : 'error'
  run.updatedAt = state.tick()
  if (settings.sends === 'lost') {
    state.runs.delete(run.id)
    thread.status = 'idle'
  }
  if (run.kwargs['temporary'] === true) deleteThread(state, thread.id)
  callWebhook(place, run, { startedAt, messages: ended.messages, error: ended.error })
}

/** One that was cancelled while it ran leaves its thread without values, until the next run. */
function endCancelled(place: Place, run: StoredRun, thread: StoredThread): void {
  const at = place.state.tick()
  if (run.status === 'running') {
    thread.messages = undefined
    thread.interrupts = undefined
  }
  run.status = 'interrupted'
  run.updatedAt = at
  thread.status = hasOthers(place, run, thread) ? 'busy' : 'idle'
  thread.updatedAt = at
}

interface Ended {
  readonly events: RunEvent[]
  readonly messages: readonly StoredMessage[]
  readonly error: string | undefined
}

/** Runs the node, makes the checkpoints, and sets what the thread shows. */
function runGraph(place: Place, run: StoredRun, thread: StoredThread): Ended {
  const { state, context } = place
  const { input, command } = run.kwargs as { input?: Json | null; command?: { resume?: unknown; update?: Json } }
  const events: RunEvent[] = [['metadata', { run_id: run.id, attempt: 1 }]]
  const showAll = (messages: readonly StoredMessage[]) => {
    const shown = visible({ settings: place.settings }, { ...thread, unseen: new Set() }, messages)
    events.push(['values', { messages: shown }])
  }
  const begun = begin(place, run, thread, input, command)
  const { step, asked } = begun
  showAll(asked)
  const last = thread.checkpoints.at(-1)
  let messages = asked
  let error: string | undefined
  const change = (tasks: readonly Task[]) => {
    if (last) thread.checkpoints[thread.checkpoints.length - 1] = { ...last, tasks }
  }
  const ids = last?.tasks.map(({ id }) => id) ?? []
  if (step?.kind === 'messages') {
    events.push(...streamed(run, step))
    messages = withMessages(asked, step.messages)
    addCheckpoint(place, thread, { messages, next: [], source: 'loop', runId: run.id })
    showAll(messages)
  } else if (step?.kind === 'interrupt') {
    const waiting = ids.map((id) => {
      const interrupts = [{ id: interruptIdOf(context.world.seed, id), value: step.value }]
      return { id, name: node, error: null, interrupts }
    })
    change(waiting)
    events.push(['values', { __interrupt__: waiting.flatMap(({ interrupts }) => showInterrupts(place, interrupts)) }])
  } else if (step?.kind === 'error') {
    error = step.message
    change(ids.map((id) => ({ id, name: node, error: taskError(step.message), interrupts: [] })))
    events.push(['error', { error: 'Error', message: error }])
  }
  const end = thread.checkpoints.at(-1)
  thread.messages = messages
  thread.interrupts = end && Object.fromEntries(end.tasks.map(({ id, interrupts }) => [id, interrupts]))
  thread.updatedAt = state.tick()
  const isWaiting = (end?.next.length ?? 0) > 0
  const waitsFor = hasOthers(place, run, thread) ? 'busy' : 'idle'
  thread.status = error !== undefined ? 'error' : isWaiting ? 'interrupted' : waitsFor
  const added = messages.filter(({ id }) => !begun.known.has(id))
  if (place.settings.sends === 'stored') hide(place, thread, added)
  return { events, messages, error }
}

/** Whether other runs of the thread wait for their turn. */
const hasOthers = ({ state }: Place, run: StoredRun, { id }: StoredThread): boolean =>
  [...state.runs.values()].some((other) => other !== run && other.threadId === id && other.status === 'pending')

interface Begun {
  /** Undefined: there is nothing to do. */
  readonly step: Step | undefined
  /** The messages with those of the input. */
  readonly asked: readonly StoredMessage[]
  /** The ids of the messages from before. */
  readonly known: ReadonlySet<string>
}

/** Takes the input, or gives an interrupt its value. */
function begin(
  place: Place,
  run: StoredRun,
  thread: StoredThread,
  input: Json | null | undefined,
  command: { resume?: unknown; update?: Json } | undefined,
): Begun {
  const last = thread.checkpoints.at(-1)
  const before = last?.messages ?? []
  const known = new Set(before.map(({ id }) => id))
  if (input !== undefined && input !== null && command?.resume === undefined) {
    const added = input['messages'] === undefined ? [] : readMessages(place, input['messages'])
    // A new input drops what the thread waits for.
    addCheckpoint(place, thread, { messages: before, next: ['__start__'], source: 'input', runId: run.id })
    const asked = withMessages(before, added)
    addCheckpoint(place, thread, { messages: asked, next: [node], source: 'loop', runId: run.id })
    return { step: think(place, asked), asked, known }
  }
  // Nothing waits: the run succeeds, does nothing, and makes no checkpoint.
  const task = last?.next.includes(node) ? last.tasks[0] : undefined
  if (!last || !task) return { step: undefined, asked: before, known }
  const [interrupt] = task.interrupts
  if (!interrupt) return { step: think(place, before), asked: before, known }
  const given = command?.resume === undefined ? undefined : valueFor(command.resume, interrupt.id)
  const step = given ? resumed(place, given.value) : ({ kind: 'interrupt', value: interrupt.value } as const)
  return { step, asked: before, known }
}

/** The events of the stream mode `messages-tuple`: the words of a model one by one, other messages whole. */
function streamed(run: StoredRun, step: Extract<Step, { kind: 'messages' }>): RunEvent[] {
  const about = {
    tags: [],
    ...runMetadata(run),
    langgraph_node: node,
    langgraph_triggers: [`branch:to:${node}`],
    langgraph_path: ['__pregel_pull', node],
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
