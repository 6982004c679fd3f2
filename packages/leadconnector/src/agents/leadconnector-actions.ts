import {
  type AgentActionOperations,
  type Call,
  checkId,
  checkInput,
  checkLimit,
  decodeCursor,
  encodeCursor,
  isParleyError,
  isRaw,
  type ListQuery,
  type OperationOptions,
  type Page,
  pathOf,
  type Raw,
  type Reading,
  type RequestSpec,
  Unreadable,
} from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import { unwrap } from '../leadconnector-unwrap.ts'
import { mapLeadConnectorActionType } from '../map/map-leadconnector-action-type.ts'
import { type LeadConnectorAction, readAction } from '../read/read-leadconnector-action.ts'
import { changedActionBody, newActionBody } from './leadconnector-action-write.ts'

export type LeadConnectorActions = AgentActionOperations<LeadConnectorAction>

export const getAction =
  (client: LeadConnectorClient): LeadConnectorActions['get'] =>
  async (agent, action, options) => {
    const call = client.begin('agents.actions.get', options)
    const { agentId, id, path } = placeOf(call, agent, action)
    return call.read(client.spec('conversationAI', { path }), oneOf(agentId, id))
  }

export const attachAction =
  (client: LeadConnectorClient): LeadConnectorActions['attach'] =>
  async (agent, input, options) => {
    const call = client.begin('agents.actions.attach', options)
    const agentId = checkId(call, agent, 'agent')
    const body = newActionBody(call, checkInput(call, input))
    const path = pathOf`/conversation-ai/agents/${agentId}/actions`
    return call.read(client.spec('conversationAI', { method: 'POST', path, body }), oneOf(agentId))
  }

export const updateAction =
  (client: LeadConnectorClient): LeadConnectorActions['update'] =>
  async (agent, action, input, options) => {
    const call = client.begin('agents.actions.update', options)
    const { agentId, id, path } = placeOf(call, agent, action)
    const change = checkInput(call, input)
    const now = await call.read(client.spec('conversationAI', { path }), (answer) => unwrap(answer, 'data'))
    const kind = mapLeadConnectorActionType(String(now['type']))
    const body = changedActionBody(call, change, now, kind)
    const spec: RequestSpec = { method: 'PUT', path, body }
    return call.read(client.spec('conversationAI', spec), oneOf(agentId, id))
  }

export const removeAction =
  (client: LeadConnectorClient): LeadConnectorActions['remove'] =>
  async (agent, action, options) => {
    const call = client.begin('agents.actions.remove', options)
    const { id, path } = placeOf(call, agent, action)
    const { body } = await call.request(client.spec('conversationAI', { method: 'DELETE', path }))
    return { id, confirmed: isRaw(body) && body['success'] === true }
  }

function placeOf(
  call: Call,
  agent: Parameters<LeadConnectorActions['get']>[0],
  action: Parameters<LeadConnectorActions['get']>[1],
): { agentId: string; id: string; path: string } {
  const agentId = checkId(call, agent, 'agent')
  const id = checkId(call, action, 'action')
  return { agentId, id, path: pathOf`/conversation-ai/agents/${agentId}/actions/${id}` }
}

const oneOf =
  (agentId: string, id?: string) =>
  (body: unknown, reading: Reading): LeadConnectorAction =>
    readAction(unwrap(body, 'data'), reading, agentId, id)

/** The vendor sends all actions at once; a limit cuts them here. */
export async function listActions(
  client: LeadConnectorClient,
  agent: Parameters<LeadConnectorActions['list']>[0],
  query: ListQuery,
  cursor: string | undefined,
  options: OperationOptions | undefined,
): Promise<Page<LeadConnectorAction>> {
  const call = client.begin('agents.actions.list', options)
  const agentId = checkId(call, agent, 'agent')
  const all = Number.POSITIVE_INFINITY
  const limit = checkLimit(call, query.limit, { default: all, max: all })
  const after = cursor === undefined ? undefined : decodeCursor(cursor, readAfter)
  const actions = await readActions(client, call, agentId)
  const from = after === undefined ? 0 : actions.findIndex(({ id }) => id === after) + 1
  const items = actions.slice(from, from + limit)
  const last = items.at(-1)
  const next = last && from + items.length < actions.length ? encodeCursor({ after: last.id }) : null
  return { items, next, warnings: call.reading.warnings, total: actions.length }
}

const readAfter = (state: unknown): string | undefined =>
  isRaw(state) && typeof state['after'] === 'string' ? state['after'] : undefined

/** "List Actions" has moved from `/actions/list` to `/actions`, and the old place is announced to go. */
async function readActions(client: LeadConnectorClient, call: Call, agentId: string): Promise<LeadConnectorAction[]> {
  const read = (body: unknown, reading: Reading) =>
    reading.items(flattened(body), 'data', (raw) => readAction(raw, reading, agentId))
  const path = pathOf`/conversation-ai/agents/${agentId}/actions`
  try {
    return await call.read(client.spec('conversationAI', { path: `${path}/list` }), read)
  } catch (error) {
    if (!isParleyError(error) || ![404, 405, 410].includes(error.status ?? 0)) throw error
    const spec = client.spec('conversationAI', { path })
    return call.read({ ...spec, headers: { ...spec.headers, version: 'v3' } }, read)
  }
}

/** The documents speak of actions "grouped by type" and declare a flat list; both are read. */
function flattened(body: unknown): unknown[] {
  const data = isRaw(body) ? body['data'] : undefined
  if (!Array.isArray(data)) throw new Unreadable('data')
  return data.flatMap((row: unknown) => (isRaw(row) && Array.isArray(row['actions']) ? grouped(row) : [row]))
}

const grouped = (row: Raw): unknown[] =>
  (row['actions'] as unknown[]).map((action) => (isRaw(action) ? { type: row['type'], ...action } : action))
