import { holdRequest } from '../kit/clock.ts'
import { assistantIdOf, type Call, type Desk, route, threadOf } from './call.ts'
import {
  any,
  either,
  flag,
  listOf,
  object,
  oneOrMore,
  optional,
  type Rule,
  refusal,
  shape,
  text,
  uuid,
  word,
} from './errors.ts'
import { showRun } from './show.ts'
import type { Json, RunEvent, StoredRun, StoredThread } from './state.ts'
import { addThread } from './threads.ts'
import { work } from './work.ts'

const modes = ['values', 'messages', 'messages-tuple', 'updates', 'events', 'tasks', 'checkpoints', 'debug', 'custom']

const creation: Rule = shape({
  assistant_id: either(uuid, text),
  checkpoint_id: optional(text),
  checkpoint: optional(object),
  input: any,
  command: optional(shape({ update: any, resume: any, goto: any })),
  metadata: optional(object),
  context: any,
  config: optional(object),
  webhook: optional(text),
  on_disconnect: optional(word('cancel', 'continue')),
  multitask_strategy: optional(word('reject', 'rollback', 'interrupt', 'enqueue')),
  stream_mode: optional(oneOrMore(word(...modes, 'tools'))),
  stream_subgraphs: optional(flag),
  stream_resumable: optional(flag),
  if_not_exists: optional(word('reject', 'create')),
  on_completion: optional(word('delete', 'keep')),
})

interface RunBody {
  readonly assistant_id: string
  readonly input?: unknown
  readonly command?: Json
  readonly metadata?: Json
  readonly context?: Json
  readonly config?: Json
  readonly webhook?: string
  readonly on_disconnect?: string
  readonly multitask_strategy?: string
  readonly stream_mode?: string | readonly string[]
  readonly stream_subgraphs?: boolean
  readonly stream_resumable?: boolean
  readonly if_not_exists?: string
  readonly on_completion?: string
}

export function runRoutes(desk: Desk): void {
  route(desk, 'POST', '/runs/batch', async (call) => {
    const bodies = await call.body<readonly RunBody[]>(listOf(creation))
    return call.c.json(bodies.map((body) => showRun(startRun(call, undefined, body, 'background').run)))
  })
  for (const path of ['/runs', '/threads/:thread_id/runs']) {
    route(desk, 'POST', `${path}/wait`, waitForRun)
    route(desk, 'POST', `${path}/stream`, streamRun)
    route(desk, 'POST', path, startInBackground)
  }
  route(desk, 'GET', '/threads/:thread_id/runs', listRuns)
  route(desk, 'GET', '/threads/:thread_id/runs/:run_id', (call) => {
    threadOf(call)
    return call.c.json(showRun(runOf(call)))
  })
  route(desk, 'DELETE', '/threads/:thread_id/runs/:run_id', (call) => {
    call.state.runs.delete(runOf(call).id)
    return call.c.body(null, 204)
  })
  route(desk, 'GET', '/threads/:thread_id/runs/:run_id/join', async (call) => {
    const thread = threadOf(call)
    const run = call.state.runs.get(call.path('run_id'))
    return call.c.json(
      run ? await resultOf(run, thread) : { __error__: { error: 'Error', message: '"Run not found"' } },
    )
  })
  route(desk, 'GET', '/threads/:thread_id/runs/:run_id/stream', (call) => {
    const run = call.state.runs.get(call.path('run_id'))
    return eventStream(call, run ? () => eventsOf(run) : async () => [['error', 'Run not found']], true)
  })
  route(desk, 'POST', '/threads/:thread_id/runs/:run_id/cancel', cancelRun)
}

async function startInBackground(call: Call): Promise<Response> {
  const { run } = await runInPath(call, 'background')
  return call.c.json(showRun(run))
}

/** JSON as `text/plain`, because the server keeps the connection open with empty lines before it. */
async function waitForRun(call: Call): Promise<Response> {
  const { run, thread } = await runInPath(call, 'now')
  const result = await resultOf(run, thread)
  return call.c.body(JSON.stringify(result), 200, { 'content-type': 'text/plain; charset=UTF-8' })
}

async function streamRun(call: Call): Promise<Response> {
  const { run, body } = await runInPath(call, 'now')
  const wanted = new Set([body.stream_mode ?? 'values'].flat())
  if (body.on_disconnect === 'cancel') call.c.req.raw.signal.addEventListener('abort', () => run.cancelled.abort())
  const isWanted = ([name]: RunEvent): boolean =>
    name === 'values' ? wanted.has('values') : name !== 'messages' || wanted.has('messages-tuple')
  const events = async () => (await eventsOf(run)).filter(isWanted)
  return eventStream(call, events, call.path('thread_id') !== '')
}

/** Starts the run of a request, and names it in a header. */
async function runInPath(call: Call, when: 'now' | 'background'): Promise<Started & { body: RunBody }> {
  const body = await call.body<RunBody>(creation)
  const threadId = call.path('thread_id') || undefined
  const started = startRun(call, threadId, body, when)
  const place = threadId === undefined ? '' : `/threads/${threadId}`
  call.c.header('content-location', `${place}/runs/${started.run.id}`)
  return { ...started, body }
}

interface Started {
  readonly run: StoredRun
  readonly thread: StoredThread
}

const busy = 'Thread is already running a task. Wait for it to finish or choose a different multitask strategy.'

function startRun(call: Call, threadId: string | undefined, body: RunBody, when: 'now' | 'background'): Started {
  const { state, settings } = call
  const assistant = state.assistants.get(assistantIdOf(body.assistant_id))
  if (!assistant) {
    const advice = 'Make sure the assistant ID is for a valid assistant or a valid graph ID.'
    throw refusal(404, `No assistant found for "${assistantIdOf(body.assistant_id)}". ${advice}`)
  }
  const { multitask_strategy: strategy = 'reject', metadata = {} } = body
  const known = threadId === undefined ? undefined : state.threads.get(threadId)
  // The server's answer for a thread that does not exist is that of a busy one.
  if (threadId !== undefined && !known && body.if_not_exists !== 'create') throw refusal(422, busy)
  const inflight = [...state.runs.values()].filter(
    (run) => run.threadId === threadId && (run.status === 'pending' || run.status === 'running'),
  )
  if (inflight.length > 0 && strategy === 'reject') throw refusal(422, busy)
  const own = { graph_id: assistant.graphId, assistant_id: assistant.id }
  const thread = known ?? addThread(state, threadId ?? state.newId(), { ...own, ...metadata })
  const configurable = (config: Json | undefined) => config?.['configurable'] as Json | undefined
  const agent = call.c.req.header('user-agent')
  const settingsOf = {
    ...configurable(assistant.config),
    ...configurable(thread.config),
    ...configurable(body.config),
    ...(agent !== undefined && { 'user-agent': agent }),
  }
  if (thread.status !== 'busy') {
    thread.status = 'busy'
    thread.metadata = { ...thread.metadata, ...own }
    thread.config = { ...assistant.config, ...thread.config, ...body.config, configurable: settingsOf }
    thread.updatedAt = state.tick()
  }
  const all = { ...assistant.metadata, ...thread.metadata, ...metadata }
  const id = state.newId()
  const at = state.tick()
  const run: StoredRun = {
    id,
    threadId: thread.id,
    assistantId: assistant.id,
    metadata: all,
    kwargs: {
      input: body.input,
      command: body.command,
      config: {
        ...assistant.config,
        ...body.config,
        configurable: { ...settingsOf, run_id: id, thread_id: thread.id, ...own },
        metadata: all,
      },
      context: { ...(assistant.context as Json), ...body.context },
      stream_mode: [body.stream_mode ?? 'values'].flat(),
      webhook: body.webhook,
      temporary: threadId === undefined && body.on_completion !== 'keep',
      subgraphs: body.stream_subgraphs ?? false,
      resumable: body.stream_resumable ?? false,
    },
    multitaskStrategy: strategy,
    createdAt: at,
    updatedAt: at,
    status: 'pending',
    done: Promise.resolve(),
    events: [],
    cancelled: new AbortController(),
  }
  state.runs.set(id, run)
  if (strategy === 'interrupt' || strategy === 'rollback') for (const other of inflight) other.cancelled.abort()
  const before = inflight.map(({ done }) => done)
  run.done = work(call, run, thread, { before, queueMs: when === 'now' ? 0 : settings.queueMs })
  return { run, thread }
}

/** Waits for a run, as a request that waits for time. */
async function ended(run: StoredRun): Promise<void> {
  const release = holdRequest()
  await run.done.finally(release)
}

async function eventsOf(run: StoredRun): Promise<RunEvent[]> {
  await ended(run)
  return run.events.splice(0)
}

/** The last state that the run has put out, or its error. Once that was read, what the thread shows. */
async function resultOf(run: StoredRun, thread: StoredThread): Promise<unknown> {
  const last = (await eventsOf(run)).findLast(([name]) => name === 'values' || name === 'error')
  if (last?.[0] === 'error') return { __error__: { error: 'Error', message: JSON.stringify(last[1]) } }
  return last?.[1] ?? (thread.messages ? { messages: thread.messages } : null)
}

/** The words after which a broken stream ends. */
const wordsBeforeBreak = 3

function eventStream(call: Call, read: () => Promise<readonly RunEvent[]>, hasIds: boolean): Response {
  const { streamBreaks } = call.settings
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const events = await read()
      const words = events.flatMap(([name], index) => (name === 'messages' ? index : []))
      const end = streamBreaks ? (words[wordsBeforeBreak] ?? events.length) : events.length
      for (const [index, [name, data]] of events.slice(0, end).entries()) {
        const id = hasIds ? `id: ${index}\n` : ''
        controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n${id}\n`))
      }
      controller.close()
    },
  })
  return call.c.body(body, 200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
}

/** The oldest first. The server takes `limit` for the end of the list, wherever that begins. */
function listRuns(call: Call): Response {
  const thread = threadOf(call)
  const status = call.query('status')
  const number = (name: string, otherwise: number) => {
    const given = call.query(name)
    return given === undefined ? otherwise : Number(given)
  }
  const runs = [...call.state.runs.values()]
    .filter((run) => run.threadId === thread.id && (status === undefined || run.status === status))
    .slice(number('offset', 0), number('limit', 10))
  return call.c.json(runs.map(showRun))
}

function runOf(call: Call): StoredRun {
  const run = call.state.runs.get(call.path('run_id'))
  if (run?.threadId !== call.path('thread_id')) throw refusal(404, 'Run not found')
  return run
}

/** Only a run that has not ended can be cancelled; for any other one, nothing happens. */
async function cancelRun(call: Call): Promise<Response> {
  const { state } = call
  const run = runOf(call)
  const waits = call.query('wait') !== undefined && call.query('wait') !== ''
  if (run.status === 'pending' || run.status === 'running') run.cancelled.abort()
  if (waits) await ended(run)
  if (call.query('action') === 'rollback') state.runs.delete(run.id)
  return call.c.body(null, waits ? 204 : 202)
}
