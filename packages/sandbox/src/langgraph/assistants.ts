import { assistantIdOf, type Call, contains, type Desk, page, route } from './call.ts'
import { any, object, optional, type Rule, refusal, shape, text, uuid, whole, word } from './errors.ts'
import { iso, type Json, node, type StoredAssistant } from './state.ts'

const own: Readonly<Record<string, Rule>> = {
  config: optional(object),
  context: any,
  metadata: optional(object),
  name: optional(text),
  description: optional(text),
}
const creation = shape({
  ...own,
  assistant_id: optional(uuid),
  graph_id: text,
  if_exists: optional(word('raise', 'do_nothing')),
})
const change = shape({ ...own, graph_id: optional(text) })
const filter = { metadata: optional(object), graph_id: optional(text), name: optional(text) }
const limits = { limit: optional(whole(1, 1000)), offset: optional(whole(0)) }
const search = shape({
  ...filter,
  ...limits,
  sort_by: optional(word('assistant_id', 'graph_id', 'created_at', 'updated_at', 'name')),
  sort_order: optional(word('asc', 'desc')),
})

export function assistantRoutes(desk: Desk): void {
  route(desk, 'POST', '/assistants', createAssistant)
  // Fixed words are registered before ids, because the first match wins.
  route(desk, 'POST', '/assistants/search', async (call) => {
    const body = await call.body(search)
    // Newest first, whatever `sort_by` says.
    const found = matching(call, body).sort((one, other) => other.createdAt - one.createdAt)
    return page(call, found, body, showAssistant)
  })
  route(desk, 'POST', '/assistants/count', async (call) =>
    call.c.json(matching(call, await call.body(shape(filter))).length),
  )
  route(desk, 'GET', '/assistants/:assistant_id', (call) => call.c.json(showAssistant(assistantOf(call))))
  route(desk, 'PATCH', '/assistants/:assistant_id', changeAssistant)
  route(desk, 'DELETE', '/assistants/:assistant_id', deleteAssistant)
  route(desk, 'GET', '/assistants/:assistant_id/graph', (call) => {
    assistantOf(call)
    return call.c.json(drawnGraph)
  })
  route(desk, 'GET', '/assistants/:assistant_id/schemas', (call) => {
    const { graphId } = assistantOf(call)
    return call.c.json({ graph_id: graphId, ...schemas })
  })
  route(desk, 'GET', '/assistants/:assistant_id/subgraphs', (call) => {
    assistantOf(call)
    return call.c.json({})
  })
  route(desk, 'POST', '/assistants/:assistant_id/versions', listVersions)
  route(desk, 'POST', '/assistants/:assistant_id/latest', makeLatest)
}

async function createAssistant(call: Call): Promise<Response> {
  const { state } = call
  const body = await call.body<Changes & { assistant_id?: string; graph_id: string; if_exists?: string }>(creation)
  const known = state.assistants.get(body.assistant_id ?? '')
  if (known && body.if_exists !== 'do_nothing') throw refusal(409, 'Assistant already exists')
  if (known) return call.c.json(showAssistant(known))
  const at = state.tick()
  const assistant: StoredAssistant = {
    id: body.assistant_id ?? state.newId(),
    version: 1,
    graphId: body.graph_id,
    name: (body.name ?? 'Untitled') || body.graph_id,
    description: body.description ?? null,
    config: body.config ?? {},
    context: body.context ?? {},
    metadata: body.metadata ?? {},
    createdAt: at,
    updatedAt: at,
  }
  state.assistants.set(assistant.id, assistant)
  state.versions.push(assistant)
  return call.c.json(showAssistant(assistant))
}

interface Changes {
  readonly graph_id?: string
  readonly name?: string
  readonly description?: string
  readonly config?: Json
  readonly context?: unknown
  readonly metadata?: Json
}

/** Every change makes a new version. */
async function changeAssistant(call: Call): Promise<Response> {
  const { state } = call
  const before = assistantOf(call)
  const { graph_id, name, description, config, context, metadata }: Changes = await call.body(change)
  const own = state.versions.filter(({ id }) => id === before.id)
  const after: StoredAssistant = {
    ...before,
    version: Math.max(...own.map(({ version }) => version)) + 1,
    graphId: graph_id ?? before.graphId,
    name: name ?? before.name,
    description: description ?? before.description,
    config: config ?? before.config,
    context: context ?? before.context,
    metadata: { ...before.metadata, ...metadata },
    updatedAt: state.tick(),
  }
  state.assistants.set(after.id, after)
  state.versions.push(after)
  return call.c.json(showAssistant(after))
}

/** Its runs are gone too; its threads only with `delete_threads`. */
function deleteAssistant(call: Call): Response {
  const { state } = call
  const { id } = assistantOf(call)
  state.assistants.delete(id)
  for (const run of state.runs.values()) if (run.assistantId === id) state.runs.delete(run.id)
  if (call.query('delete_threads') === 'true')
    for (const thread of state.threads.values())
      if (thread.metadata['assistant_id'] === id) state.threads.delete(thread.id)
  return call.c.json([id])
}

async function listVersions(call: Call): Promise<Response> {
  const body = await call.body(shape({ ...limits, metadata: optional(object) }))
  const { limit = 10, offset = 0, metadata } = body as { limit?: number; offset?: number; metadata?: Json }
  const id = assistantIdOf(call.path('assistant_id'))
  const known = call.state.assistants.has(id)
  const found = call.state.versions
    .filter((each) => known && each.id === id && contains(each.metadata, metadata))
    .sort((one, other) => other.version - one.version)
    .slice(offset, offset + limit)
  if (found.length === 0) throw refusal(404, `Assistant "${id}" not found.`)
  return call.c.json(found.map(showVersion))
}

async function makeLatest(call: Call): Promise<Response> {
  const { state } = call
  const { version } = await call.body(shape({ version: whole(0) }))
  const before = assistantOf(call)
  const chosen = state.versions.find((each) => each.id === before.id && each.version === version)
  if (!chosen) throw refusal(404, 'Assistant version not found')
  const { config, metadata, name } = chosen
  const after = { ...before, config, metadata, name, version: chosen.version, updatedAt: state.tick() }
  state.assistants.set(after.id, after)
  return call.c.json(showAssistant(after))
}

function assistantOf(call: Call): StoredAssistant {
  const assistant = call.state.assistants.get(assistantIdOf(call.path('assistant_id')))
  if (!assistant) throw refusal(404, 'Assistant not found')
  return assistant
}

const matching = (call: Call, { graph_id, name, metadata }: Json): StoredAssistant[] =>
  [...call.state.assistants.values()].filter(
    (each) =>
      (graph_id === undefined || each.graphId === graph_id) &&
      (name === undefined || each.name.toLowerCase().includes(String(name).toLowerCase())) &&
      contains(each.metadata, metadata),
  )

const showAssistant = (assistant: StoredAssistant): Json => ({
  assistant_id: assistant.id,
  version: assistant.version,
  config: assistant.config,
  context: assistant.context,
  created_at: iso(assistant.createdAt),
  updated_at: iso(assistant.updatedAt),
  graph_id: assistant.graphId,
  metadata: assistant.metadata,
  name: assistant.name,
  description: assistant.description,
})

/** A version has the time of its change, and no `updated_at`. */
const showVersion = (version: StoredAssistant): Json => ({
  assistant_id: version.id,
  version: version.version,
  graph_id: version.graphId,
  config: version.config,
  context: version.context,
  name: version.name,
  description: version.description,
  metadata: version.metadata,
  created_at: iso(version.updatedAt),
})

/** The graph as its nodes and edges. */
const drawnGraph: Json = {
  nodes: ['__start__', node, '__end__'].map((id) =>
    id === node
      ? { id, type: 'runnable', data: { id: ['langgraph', 'RunnableCallable'], name: node } }
      : { id, type: 'schema', data: id },
  ),
  edges: [
    { source: '__start__', target: node },
    { source: node, target: '__end__' },
  ],
}

const messages: Json = { type: 'object', properties: { messages: { type: 'array', items: { type: 'object' } } } }
const schemas: Json = {
  input_schema: messages,
  output_schema: messages,
  state_schema: messages,
  config_schema: { type: 'object', properties: {} },
  context_schema: { type: 'object', properties: {} },
}
