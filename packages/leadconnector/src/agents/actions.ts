import {
  type AgentActionChange,
  type AgentActionInput,
  type AgentActionOperations,
  type AgentActionType,
  type Call,
  checkId,
  checkInput,
  checkLimit,
  checkText,
  checkWord,
  DecodeError,
  decodeCursor,
  encodeCursor,
  type FollowUpOperations,
  ignoreOptions,
  invalid,
  isParleyError,
  isRecord,
  type ListQuery,
  type Page,
  type Payload,
  type PayloadReader,
  pathOf,
  type RequestSpec,
} from '@parley/core'
import { type Context, unwrap } from '../protocol.ts'
import { type LeadConnectorAction, readAction } from '../read/action.ts'
import { mapActionType } from '../vocabulary.ts'
import { actionFields, actionTypes, writeSettings } from './action-kinds.ts'
import { checkStrings } from './action-parts.ts'

export type LeadConnectorActions = AgentActionOperations<LeadConnectorAction>

export const getAction =
  (context: Context): LeadConnectorActions['get'] =>
  async (agent, action, options) => {
    const call = context.begin('agents.actions.get', options)
    const { agentId, id, path } = placeOf(call, agent, action)
    return call.read(context.spec('conversationAI', { path }), oneOf(agentId, id))
  }

export const attachAction =
  (context: Context): LeadConnectorActions['attach'] =>
  async (agent, input, options) => {
    const call = context.begin('agents.actions.attach', options)
    const agentId = checkId(call, agent, 'agent')
    const body = newActionBody(call, checkInput(call, input))
    const path = pathOf`/conversation-ai/agents/${agentId}/actions`
    return call.read(context.spec('conversationAI', { method: 'POST', path, body }), oneOf(agentId))
  }

export const updateAction =
  (context: Context): LeadConnectorActions['update'] =>
  async (agent, action, input, options) => {
    const call = context.begin('agents.actions.update', options)
    const { agentId, id, path } = placeOf(call, agent, action)
    const change = checkInput(call, input)
    const now = await call.read(context.spec('conversationAI', { path }), (answer) => unwrap(answer, 'data'))
    const kind = mapActionType(String(now['type']))
    const body = changedActionBody(call, change, now, kind)
    const spec: RequestSpec = { method: 'PUT', path, body }
    return call.read(context.spec('conversationAI', spec), oneOf(agentId, id))
  }

export const removeAction =
  (context: Context): LeadConnectorActions['remove'] =>
  async (agent, action, options) => {
    const call = context.begin('agents.actions.remove', options)
    const { id, path } = placeOf(call, agent, action)
    const { body } = await call.request(context.spec('conversationAI', { method: 'DELETE', path }))
    return { id, confirmed: isRecord(body) && body['success'] === true }
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
  (body: unknown, reading: PayloadReader): LeadConnectorAction =>
    readAction(unwrap(body, 'data'), reading, agentId, id)

/** The vendor sends all actions at once; a limit cuts them here. */
export async function listActions(
  context: Context,
  call: Call,
  agent: Parameters<LeadConnectorActions['list']>[0],
  query: ListQuery,
  cursor: string | undefined,
): Promise<Page<LeadConnectorAction>> {
  const agentId = checkId(call, agent, 'agent')
  const all = Number.POSITIVE_INFINITY
  const limit = checkLimit(call, query.limit, { default: all, max: all })
  const after = cursor === undefined ? undefined : decodeCursor(cursor, readAfter)
  const actions = await readActions(context, call, agentId)
  const from = after === undefined ? 0 : actions.findIndex(({ id }) => id === after) + 1
  const items = actions.slice(from, from + limit)
  const last = items.at(-1)
  const next = last && from + items.length < actions.length ? encodeCursor({ after: last.id }) : null
  return { items, next, warnings: call.reading.warnings, total: actions.length }
}

const readAfter = (state: unknown): string | undefined =>
  isRecord(state) && typeof state['after'] === 'string' ? state['after'] : undefined

/** "List Actions" has moved from `/actions/list` to `/actions`. The vendor has announced the end of the old path. */
async function readActions(context: Context, call: Call, agentId: string): Promise<LeadConnectorAction[]> {
  const read = (body: unknown, reading: PayloadReader) =>
    reading.items(flattened(body), 'data', (raw) => readAction(raw, reading, agentId))
  const path = pathOf`/conversation-ai/agents/${agentId}/actions`
  try {
    return await call.read(context.spec('conversationAI', { path: `${path}/list` }), read)
  } catch (error) {
    if (!isParleyError(error) || ![404, 405, 410].includes(error.status ?? 0)) throw error
    const spec = context.spec('conversationAI', { path })
    return call.read({ ...spec, headers: { ...spec.headers, version: 'v3' } }, read)
  }
}

/** The documentation describes actions "grouped by type" but declares a flat list. Both forms are read. */
function flattened(body: unknown): unknown[] {
  const data = isRecord(body) ? body['data'] : undefined
  if (!Array.isArray(data)) throw new DecodeError('data')
  return data.flatMap((row: unknown) => (isRecord(row) && Array.isArray(row['actions']) ? grouped(row) : [row]))
}

const grouped = (row: Payload): unknown[] =>
  (row['actions'] as unknown[]).map((action) => (isRecord(action) ? { type: row['type'], ...action } : action))

/** The body of a request. It is the same for a new and a changed action, because the vendor replaces the whole action. */
interface ActionBody {
  type: string
  name: string
  details: Record<string, unknown>
}

type Kind = AgentActionType | 'unknown'

const kinds = [...Object.keys(actionTypes), 'unknown'] as Kind[]

/** "Attach Action". @throws InvalidRequestError naming what is missing or over a limit. */
function newActionBody(call: Call, input: AgentActionInput): ActionBody {
  const kind = checkWord(call, input.kind as Kind, 'kind', kinds)
  if (kind === undefined) throw invalid(call, 'kind', 'is required')
  const given = input as Payload
  const details: Record<string, unknown> = { ...attributesOf(call, given) }
  for (const { name, write, required, otherwise } of fieldsOf(kind)) {
    const value = given[name] === undefined ? otherwise : given[name]
    if (value !== undefined) Object.assign(details, write(call, value, name))
    else if (required) throw invalid(call, name, 'is required')
    else if (otherwise === null) Object.assign(details, write(call, null, name))
  }
  warnOfOthers(call, given, kind)
  checkDetails(call, kind, details)
  return { type: typeOf(call, kind, given['native']), name: nameOf(call, input.name), details }
}

/**
 * "Update Action" replaces an action, so omitted fields are written back as they were read, including those unknown to
 * the contract. An API call is the exception: the vendor merges the configuration, and returns placeholders for its
 * secrets.
 */
function changedActionBody(call: Call, change: AgentActionChange, now: Payload, kind: Kind): ActionBody {
  const asked = checkWord(call, change.kind as Kind | undefined, 'kind', kinds)
  if (asked !== undefined && asked !== kind)
    throw invalid(call, 'kind', 'must be the action’s current kind, which cannot be changed')
  const given = change as Payload
  const stored = kind !== 'api-call' && isRecord(now['details']) ? now['details'] : {}
  const details: Record<string, unknown> = { ...stored, ...attributesOf(call, given) }
  for (const { name, write } of fieldsOf(kind))
    if (given[name] !== undefined) Object.assign(details, write(call, given[name], name))
  warnOfOthers(call, given, kind)
  if (kind !== 'api-call') checkDetails(call, kind, details)
  const name = change.name === undefined ? String(now['name'] ?? '') : nameOf(call, change.name)
  return { type: typeOf(call, kind, now['type']), name, details }
}

const fieldsOf = (kind: Kind) => (kind === 'unknown' ? [] : actionFields[kind])

function typeOf(call: Call, kind: Kind, native: unknown): string {
  return kind === 'unknown' ? checkText(call, native, 'native') : actionTypes[kind]
}

/** "Attach Action": 3 to 50 characters. */
function nameOf(call: Call, name: unknown): string {
  const text = checkText(call, name, 'name', 50)
  if ([...text].length < 3) throw invalid(call, 'name', 'must have at least 3 characters')
  return text
}

function attributesOf(call: Call, { attributes }: Payload): Payload {
  if (attributes === undefined) return {}
  if (!isRecord(attributes)) throw invalid(call, 'attributes', 'must be an object')
  return attributes
}

const envelope = ['kind', 'native', 'name', 'attributes', 'agentId', 'ref', 'vendor', 'account', 'id', 'raw']

/** Warns about fields of another kind of action, because they have no effect here. */
function warnOfOthers(call: Call, given: Payload, kind: Kind): void {
  const known = new Set([...envelope, ...fieldsOf(kind).map(({ name }) => name)])
  const others = Object.keys(given).filter((name) => !known.has(name))
  ignoreOptions(call, given, others, `an action of the kind ${kind} has no such field.`)
}

/** Checks the fields that depend on each other. The paths are the contract's. @throws InvalidRequestError */
function checkDetails(call: Call, kind: string, details: Payload): void {
  if (kind === 'book-appointment') checkBooking(call, details)
  // "humanHandOver": these types need examples of what the contact says.
  if (kind === 'hand-over' && ['custom', 'contactRequest'].includes(String(details['handoverType'])))
    demand(call, details['examples'], 'examples', 1)
  if (kind === 'transfer-bot' && details['transferBotType'] === 'Custom') {
    demand(call, details['transferBotTriggerCondition'], 'condition')
    demand(call, details['transferBotExamples'], 'examples', 2)
  }
}

/** "appointmentBooking": an action that only sends a link must not do anything else. */
const notWithLink = {
  triggerWorkflow: 'workflowIds',
  sleepAfterBooking: 'pauseMs',
  transferBot: 'transferToAgentId',
  rescheduleEnabled: 'canReschedule',
  cancelEnabled: 'canCancel',
} as const

function checkBooking(call: Call, details: Payload): void {
  if (!details['calendarId'] && !details['calendarIds']) throw invalid(call, 'calendarId', 'is required')
  if (details['onlySendLink'] !== true) return
  for (const [key, path] of Object.entries(notWithLink))
    if (details[key] === true) throw invalid(call, path, 'cannot be combined with onlySendsLink')
}

function demand(call: Call, value: unknown, path: string, atLeast?: number): void {
  if (value === undefined || value === null || value === '') throw invalid(call, path, 'is required')
  if (atLeast !== undefined && (value as unknown[]).length < atLeast)
    throw invalid(call, path, `must have at least ${atLeast} items`)
}

export type LeadConnectorFollowUp = FollowUpOperations<LeadConnectorAction>

/** "Update Followup Settings": for several actions at once, although the documented answer is one of them. */
export const updateFollowUp =
  (context: Context): LeadConnectorFollowUp['update'] =>
  async (agent, input, options) => {
    const call = context.begin('agents.followUp.update', options)
    const agentId = checkId(call, agent, 'agent')
    const { actionIds } = checkInput(call, input)
    if (actionIds === undefined) throw invalid(call, 'actionIds', 'is required')
    const body = {
      actionIds: checkStrings(call, actionIds, 'actionIds', 1),
      followupSettings: writeSettings(call, input),
    }
    const path = pathOf`/conversation-ai/agents/${agentId}/followup-settings`
    const only = body.actionIds.length === 1 ? body.actionIds[0] : undefined
    // It sets what it is given.
    return call.read(
      context.spec('conversationAI', { method: 'PATCH', path, body, idempotent: true }),
      (answer, reading) => {
        const data = isRecord(answer) ? (answer['data'] ?? answer) : undefined
        if (!isRecord(data) && !Array.isArray(data)) throw new DecodeError('data')
        return reading.items(Array.isArray(data) ? data : [data], 'data', (raw) =>
          readAction(raw, reading, agentId, only),
        )
      },
    )
  }
