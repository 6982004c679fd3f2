import type { Call } from './call.ts'
import {
  type Checkpoint,
  type Interrupt,
  iso,
  type Json,
  type StoredMessage,
  type StoredRun,
  type StoredThread,
  type Task,
  withMessages,
} from './state.ts'

type Place = Pick<Call, 'settings' | 'state'>

/** A thread as the server shows it. One in which nothing was run has no `values` and no `interrupts`. */
export const showThread = (place: Place, thread: StoredThread): Json => ({
  thread_id: thread.id,
  created_at: iso(thread.createdAt),
  updated_at: iso(thread.updatedAt),
  metadata: thread.metadata,
  status: thread.status,
  config: thread.config,
  values: thread.messages && { messages: visible(place, thread, thread.messages) },
  interrupts:
    thread.interrupts &&
    Object.fromEntries(Object.entries(thread.interrupts).map(([task, list]) => [task, showInterrupts(place, list)])),
})

/** The messages that reads show already, with or without those of other frameworks. */
export const visible = (
  { settings }: Pick<Place, 'settings'>,
  { unseen }: StoredThread,
  messages: readonly StoredMessage[],
): readonly StoredMessage[] =>
  messages
    .filter(({ id }) => !unseen.has(id))
    .map((message) =>
      settings.oddValues === 'none' && message.type === 'generic' ? { ...message, type: 'ai' } : message,
    )

export const showInterrupts = ({ settings }: Pick<Place, 'settings'>, interrupts: readonly Interrupt[]): Json[] =>
  interrupts.map(({ id, value }) => (settings.interruptIds === 'present' ? { id, value } : { value }))

/** The newest state of a thread, with what the branches have written that have ended ("Get thread state"). */
export function showNewest(place: Place, thread: StoredThread, checkpoint: Checkpoint): Json {
  const { messages, tasks } = checkpoint
  const written = tasks.flatMap(({ result = [] }) => result)
  return {
    ...showState(place, thread, { ...checkpoint, messages: withMessages(messages, written) }),
    next: tasks.flatMap(({ name, result, error }) => (result || error !== null ? [] : name)),
  }
}

/** The state of a thread at a checkpoint. */
export function showState(place: Place, thread: StoredThread, checkpoint: Checkpoint): Json {
  const run = checkpoint.runId === null ? undefined : place.state.runs.get(checkpoint.runId)
  return {
    values: { messages: visible(place, thread, checkpoint.messages) },
    next: checkpoint.next,
    tasks: checkpoint.tasks.map((task) => showTask(place, task)),
    metadata: {
      ...(run ? runMetadata(run) : { graph_id: thread.metadata['graph_id'] }),
      thread_id: thread.id,
      ...(run && { run_id: run.id }),
      source: checkpoint.source,
      step: checkpoint.step,
      parents: {},
    },
    created_at: iso(checkpoint.at),
    checkpoint: showCheckpoint(thread, checkpoint.id),
    parent_checkpoint: checkpoint.parentId === null ? null : showCheckpoint(thread, checkpoint.parentId),
  }
}

/** The state of a thread in which nothing was run. */
export const emptyState: Json = {
  values: {},
  next: [],
  tasks: [],
  created_at: null,
  checkpoint: null,
  parent_checkpoint: null,
}

const showTask = (place: Place, { id, name, error, interrupts, result }: Task): Json => ({
  id,
  name,
  error,
  interrupts: showInterrupts(place, interrupts),
  path: ['__pregel_pull', name],
  checkpoint: null,
  state: null,
  result: result ? { messages: result } : null,
})

const showCheckpoint = ({ id }: StoredThread, checkpointId: string): Json => ({
  thread_id: id,
  checkpoint_id: checkpointId,
  checkpoint_ns: '',
  checkpoint_map: null,
})

/** What a run leaves in the metadata of its checkpoints and of its streamed messages. */
export const runMetadata = ({ metadata, threadId, id }: StoredRun): Json => ({
  ls_integration: 'langgraph',
  ...metadata,
  run_attempt: 1,
  langgraph_version: '1.7.3',
  langgraph_plan: 'developer',
  langgraph_host: 'self-hosted',
  thread_id: threadId,
  run_id: id,
})

export const showRun = (run: StoredRun): Json => ({
  run_id: run.id,
  thread_id: run.threadId,
  assistant_id: run.assistantId,
  metadata: run.metadata,
  status: run.status,
  kwargs: run.kwargs,
  multitask_strategy: run.multitaskStrategy,
  created_at: iso(run.createdAt),
  updated_at: iso(run.updatedAt),
})
