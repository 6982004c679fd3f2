import { wait } from '../kit/clock.ts'
import type { Call } from './call.ts'
import { runGraph } from './run-graph.ts'
import type { StoredRun, StoredThread } from './state.ts'
import { copyOf, deleteThread, hide } from './threads.ts'
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
  if (signal.aborted) {
    endCancelled(place, run, thread)
    return callWebhook(place, run, { startedAt, messages: undefined, error: undefined })
  }
  const worked = settings.sends === 'lost' ? copyOf(thread) : thread
  const ended = runGraph(place, run, worked)
  worked.updatedAt = state.tick()
  const waitsFor = hasOthers(place, run, thread) ? 'busy' : 'idle'
  worked.status = ended.error !== undefined ? 'error' : ended.isWaiting ? 'interrupted' : waitsFor
  if (settings.sends === 'stored') hide(place, thread, ended.added)
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

/** Whether other runs of the thread wait for their turn. */
const hasOthers = ({ state }: Place, run: StoredRun, { id }: StoredThread): boolean =>
  [...state.runs.values()].some((other) => other !== run && other.threadId === id && other.status === 'pending')
