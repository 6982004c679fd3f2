import { type PlantedMessage, storedText } from '../kit/emulator.ts'
import { type Call, contains, type Desk, page, route, threadOf } from './call.ts'
import { listOf, nullish, object, oneOrMore, optional, refusal, shape, text, uuid, whole, word } from './errors.ts'
import { emptyState, showNewest, showState, showThread } from './show.ts'
import {
  type Checkpoint,
  humanMessage,
  idOf,
  type Json,
  modelMessage,
  namedMessage,
  node,
  operatorName,
  type State,
  type StoredMessage,
  type StoredThread,
  withMessages,
} from './state.ts'

const status = optional(word('idle', 'busy', 'interrupted', 'error'))
const filter = { metadata: optional(object), values: optional(object), status }
const search = shape({
  ...filter,
  ids: optional(listOf(uuid)),
  limit: optional(whole(1, 1000)),
  offset: optional(whole(0)),
  sort_by: optional(word('thread_id', 'status', 'created_at', 'updated_at')),
  sort_order: optional(word('asc', 'desc')),
  select: optional(listOf(text)),
})
const creation = shape({
  thread_id: optional(uuid),
  metadata: optional(object),
  if_exists: optional(word('raise', 'do_nothing')),
})
const place = nullish(
  shape({ checkpoint_id: optional(uuid), checkpoint_ns: nullish(text), checkpoint_map: nullish(object) }),
)

export function threadRoutes(desk: Desk): void {
  route(desk, 'POST', '/threads', createThread)
  route(desk, 'POST', '/threads/search', async (call) => {
    const body = await call.body(search)
    return page(call, sorted(matching(call, body), body), body, (thread) => showThread(call, thread))
  })
  route(desk, 'POST', '/threads/count', async (call) =>
    call.c.json(matching(call, await call.body(shape(filter))).length),
  )
  route(desk, 'GET', '/threads/:thread_id/state', (call) => {
    const thread = threadOf(call)
    const newest = thread.checkpoints.at(-1)
    return call.c.json(newest ? showNewest(call, thread, newest) : emptyState)
  })
  route(desk, 'POST', '/threads/:thread_id/state', changeState)
  route(desk, 'GET', '/threads/:thread_id/state/:checkpoint_id', (call) => {
    const thread = threadOf(call)
    const found = thread.checkpoints.find(({ id }) => id === call.path('checkpoint_id'))
    return call.c.json(found ? showState(call, thread, found) : emptyState)
  })
  route(desk, 'GET', '/threads/:thread_id/history', (call) => {
    const limit = Number.parseInt(call.query('limit') ?? '10', 10)
    return showHistory(call, { limit, before: call.query('before') })
  })
  route(desk, 'POST', '/threads/:thread_id/history', async (call) => {
    const rule = shape({
      limit: optional(whole(0)),
      before: optional(text),
      metadata: optional(object),
      checkpoint: place,
    })
    return showHistory(call, await call.body(rule))
  })
  route(desk, 'GET', '/threads/:thread_id', (call) => call.c.json(showThread(call, threadOf(call))))
  route(desk, 'PATCH', '/threads/:thread_id', async (call) => {
    const { metadata } = await call.body(shape({ metadata: object }))
    const thread = call.state.threads.get(call.path('thread_id'))
    if (!thread) throw refusal(404, 'Thread not found')
    thread.metadata = { ...thread.metadata, ...(metadata as Json) }
    thread.updatedAt = call.state.tick()
    return call.c.json(showThread(call, thread))
  })
  route(desk, 'DELETE', '/threads/:thread_id', (call) => {
    const { id } = threadOf(call)
    deleteThread(call.state, id)
    return new Response(null, { status: 204 })
  })
  route(desk, 'POST', '/threads/:thread_id/copy', copyThread)
}

async function createThread(call: Call): Promise<Response> {
  const { state } = call
  const body = await call.body(creation)
  const { thread_id: id = state.newId(), metadata = {}, if_exists } = body as { thread_id?: string } & Json
  const known = state.threads.get(id)
  if (known && if_exists !== 'do_nothing') throw refusal(409, 'Thread already exists')
  if (known) return call.c.json(showThread(call, known))
  return call.c.json(showThread(call, addThread(state, id, metadata as Json)))
}

export function addThread(state: State, id: string, metadata: Json): StoredThread {
  const at = state.tick()
  const thread: StoredThread = {
    id,
    createdAt: at,
    updatedAt: at,
    metadata,
    status: 'idle',
    config: {},
    messages: undefined,
    interrupts: undefined,
    checkpoints: [],
    unseen: new Set(),
  }
  state.threads.set(id, thread)
  return thread
}

/** Its runs and checkpoints are gone too. */
export function deleteThread(state: State, id: string): void {
  state.threads.delete(id)
  for (const run of state.runs.values()) if (run.threadId === id) state.runs.delete(run.id)
}

/** The copy has the checkpoints, but shows no values until something is run in it. */
function copyThread(call: Call): Response {
  const { state } = call
  const from = state.threads.get(call.path('thread_id'))
  if (!from) throw refusal(409, 'Thread not found')
  const id = state.newId()
  const copy = addThread(state, id, { ...from.metadata, thread_id: id })
  copy.checkpoints = [...from.checkpoints]
  return call.c.json(showThread(call, copy))
}

const matching = (call: Call, { metadata, values, status: wanted, ids }: Json): StoredThread[] =>
  [...call.state.threads.values()].filter((thread) => {
    if (Array.isArray(ids) && ids.length > 0 && !ids.includes(thread.id)) return false
    if (wanted !== undefined && thread.status !== wanted) return false
    // A thread without values matches any.
    return contains(thread.metadata, metadata) && contains(thread.messages && { messages: thread.messages }, values)
  })

function sorted(threads: StoredThread[], { sort_by = 'created_at', sort_order = 'desc' }: Json): StoredThread[] {
  const compare = (one: StoredThread, other: StoredThread): number => {
    if (sort_by === 'created_at') return one.createdAt - other.createdAt
    if (sort_by === 'updated_at') return one.updatedAt - other.updatedAt
    return sort_by === 'status' ? one.status.localeCompare(other.status) : one.id.localeCompare(other.id)
  }
  return threads.sort((one, other) => (sort_order === 'asc' ? compare(one, other) : compare(other, one)))
}

/** The newest first. */
function showHistory(call: Call, { limit = 10, before, metadata }: Json): Response {
  const thread = threadOf(call)
  const end = thread.checkpoints.findIndex(({ id }) => id === before)
  const states = (end < 0 ? thread.checkpoints : thread.checkpoints.slice(0, end))
    .toReversed()
    .map((checkpoint) => showState(call, thread, checkpoint))
    .filter((state) => contains(state['metadata'], metadata))
  return call.c.json(states.slice(0, limit as number))
}

/** "Update thread state". Neither the status of the thread nor its time changes. */
async function changeState(call: Call): Promise<Response> {
  const { state, settings } = call
  const rule = shape({
    values: nullish(oneOrMore(object)),
    as_node: optional(text),
    checkpoint_id: optional(text),
    checkpoint: place,
  })
  const { values, as_node: asNode } = await call.body(rule)
  const thread = threadOf(call)
  const isBusy = [...state.runs.values()].some(
    ({ threadId, status: now }) => threadId === thread.id && (now === 'pending' || now === 'running'),
  )
  if (isBusy) throw refusal(409, 'Thread is busy')
  if (thread.metadata['graph_id'] === undefined) throw refusal(400, `Thread ${thread.id} has no graph ID`)
  const given = (Array.isArray(values) ? values : [values ?? {}]).flatMap((each: Json) => each['messages'] ?? [])
  const added = readMessages(call, given)
  const checkpoint = addUpdate(call, settings.sends === 'lost' ? copyOf(thread) : thread, added, asNode)
  if (settings.sends === 'stored') hide(call, thread, added)
  const { id } = thread
  return call.c.json({ checkpoint: { thread_id: id, checkpoint_ns: '', checkpoint_id: checkpoint.id } })
}

/** A thread to work on, of which nothing is kept. */
export const copyOf = (thread: StoredThread): StoredThread => ({ ...thread, checkpoints: [...thread.checkpoints] })

function addUpdate(
  call: Pick<Call, 'state' | 'context'>,
  thread: StoredThread,
  added: readonly StoredMessage[],
  asNode?: unknown,
): Checkpoint {
  const before = thread.checkpoints.at(-1)
  const messages = withMessages(before?.messages ?? [], added)
  // Unless it says otherwise, an update counts as written by what wrote last: the input, or the node.
  const isAsInput = asNode === undefined && (before === undefined || before.next.length > 0)
  const next = isAsInput ? [node] : []
  const checkpoint = addCheckpoint(call, thread, { messages, next, source: 'update', runId: null })
  thread.messages = messages
  return checkpoint
}

/** Adds a step to the thread's history. */
export function addCheckpoint(
  { state, context }: Pick<Call, 'state' | 'context'>,
  thread: StoredThread,
  { messages, next, source, runId }: Pick<Checkpoint, 'messages' | 'next' | 'source' | 'runId'>,
): Checkpoint {
  const before = thread.checkpoints.at(-1)
  // The input of a first run has the step -1.
  const step = before ? before.step + 1 : source === 'input' ? -1 : 0
  const { seed } = context.world
  // Two threads with the same history, such as a copy, continue with different checkpoints.
  const id = idOf(seed, thread.id, 'checkpoint', step, state.newId())
  const tasks = next.map((name) => ({ id: idOf(seed, id, name), name, error: null, interrupts: [] }))
  const checkpoint = { id, parentId: before?.id ?? null, at: state.tick(), messages, next, tasks, source, step, runId }
  thread.checkpoints.push(checkpoint)
  return checkpoint
}

/** Hides messages from reads for as long as the settings say. */
export function hide(
  { state, settings }: Pick<Call, 'state' | 'settings'>,
  thread: StoredThread,
  messages: readonly StoredMessage[],
): void {
  for (const { id } of messages) {
    if (settings.hideSentMs > 0) thread.unseen.add(id)
    state.hidden.add(settings.hideSentMs, () => thread.unseen.delete(id))
  }
}

const kinds: Readonly<Record<string, string>> = { user: 'human', assistant: 'ai', developer: 'system' }

/**
 * The messages of an input, which may be one or a list, each as LangChain or OpenAI writes them. Those without an id get
 * one.
 */
export function readMessages({ state, settings }: Pick<Call, 'state' | 'settings'>, given: unknown): StoredMessage[] {
  const list = Array.isArray(given) ? given : [given]
  return list.map((raw: unknown): StoredMessage => {
    const fields: Json = typeof raw === 'string' ? { type: 'human', content: raw } : ((raw ?? {}) as Json)
    const { role, type: said, id, content = '', ...rest } = fields
    const kind = String(said ?? role ?? 'human')
    const type = kinds[kind] ?? kind
    const kept = storedContent(settings, content as StoredMessage['content'])
    const key = typeof id === 'string' && id !== '' ? id : idOf(0, state.newId())
    if (type === 'human') return { ...humanMessage(key, kept), ...rest }
    if (type !== 'ai') return { content: kept, additional_kwargs: {}, response_metadata: {}, ...rest, id: key, type }
    const defaults = { tool_calls: [], invalid_tool_calls: [], additional_kwargs: {}, response_metadata: {} }
    return { content: kept, ...defaults, ...rest, id: key, type }
  })
}

const storedContent = (settings: Call['settings'], content: StoredMessage['content']): StoredMessage['content'] =>
  typeof content === 'string'
    ? storedText(settings, content)
    : content.map((part) =>
        typeof part['text'] === 'string' ? { ...part, text: storedText(settings, part['text']) } : part,
      )

/** Adds a message as an application does that writes to the state. There are no messages of automations. */
export function plantMessage(desk: Desk, conversationId: string, planted: PlantedMessage): string | null {
  const { state, settings, context } = desk
  const thread = state.threads.get(conversationId)
  if (!thread) throw new RangeError('No such conversation')
  const { by, kind = 'text', text: said, operatorId } = planted
  if (by === 'workflow' || kind !== (by === 'system' ? 'activity' : 'text')) return null
  const id = idOf(context.world.seed, 'planted', state.newId())
  const message = {
    contact: () => humanMessage(id, said),
    agent: () => modelMessage(id, said),
    operator: () => namedMessage(id, operatorName, said, operatorId === undefined ? {} : { operator_id: operatorId }),
    system: () => ({ content: said, additional_kwargs: {}, response_metadata: {}, id, type: 'system' }),
  }[by]()
  addUpdate({ state, context }, thread, [message])
  hide({ state, settings }, thread, [message])
  return id
}
