import {
  any,
  badRequest,
  boolean,
  created,
  invalid,
  type LocationCall,
  type LocationEndpoint,
  list,
  needed,
  number,
  ok,
  oneOf,
  optional,
  type Reply,
  readQuery,
  type Shape,
  strictViolations,
  string,
  violations,
} from './http.ts'
import { type AgentRecord, iso, type Json, listOf, numberOf, textOf, withoutUndefined } from './records.ts'
import type { LeadConnectorSettings } from './settings.ts'
import { type LocationState, newId } from './state.ts'

const read = { family: 'conversation-ai', scope: 'conversation-ai.readonly' } as const
const write = { family: 'conversation-ai', scope: 'conversation-ai.write' } as const
const one = '/conversation-ai/agents/:agentId'

export const agentEndpoints: readonly LocationEndpoint[] = [
  { ...write, method: 'POST', path: '/conversation-ai/agents', handle: createAgent },
  { ...read, method: 'GET', path: one, handle: getAgent },
  { ...write, method: 'PUT', path: one, handle: updateAgent },
  { ...write, method: 'DELETE', path: one, handle: deleteAgent },
]

function createAgent({ body, location, state, now }: LocationCall): Reply {
  const broken = agentViolations(createShape, body)
  if (broken.length > 0) return invalid(broken)
  const agent = newAgent(newId(state, 'agent'), now)
  writeAgent(agent, body, now, false)
  if (location.agents.size === 0) agent.isPrimary = true
  location.agents.set(agent.id, agent)
  settlePrimary(location, agent)
  return created(showAgent(agent, state.settings))
}

function getAgent({ location, params, state }: LocationCall): Reply {
  const agent = location.agents.get(params['agentId'] ?? '')
  return agent ? ok(showAgent(agent, state.settings)) : noAgent(params['agentId'])
}

function updateAgent({ body, location, params, state, now }: LocationCall): Reply {
  const agent = location.agents.get(params['agentId'] ?? '')
  if (!agent) return noAgent(params['agentId'])
  const broken = agentViolations(updateShape, body)
  if (broken.length > 0) return invalid(broken)
  const wasPrimary = agent.isPrimary
  writeAgent(agent, body, now, state.settings.agentPutResetsBooleans)
  if (!state.settings.primaryPersists && !wasPrimary) agent.isPrimary = false
  settlePrimary(location, agent)
  return ok(showAgent(agent, state.settings))
}

/** Deletes the agent's generations too, so the sources of its answers can no longer be read. */
function deleteAgent({ location, params }: LocationCall): Reply {
  const id = params['agentId'] ?? ''
  if (!location.agents.delete(id)) return noAgent(id)
  for (const [messageId, { agentId }] of location.generations) {
    if (agentId === id) location.generations.delete(messageId)
  }
  return ok({ success: true, id })
}

export const agentSearchEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'GET',
    path: '/conversation-ai/agents/search',
    family: 'conversation-ai',
    scope: 'conversation-ai.readonly',
    ignoresLocationId: true,
    handle: searchAgents,
  },
]

/** Not documented. Small enough to expose a client that reads only the first page. */
const defaultLimit = 10

const shape: Shape = { startAfter: optional(string), limit: optional(number(1)), query: optional(string) }

function searchAgents(call: LocationCall): Reply {
  const { location, state } = call
  const { settings } = state
  const query = readQuery(call.query, ['limit'])
  const known = settings.agentSearchRejectsLocationId ? shape : { ...shape, locationId: optional(any) }
  const broken = strictViolations(known, query)
  if (broken.length > 0) return invalid(broken)
  const all = [...location.agents.values()]
  const cursor = settings.cursorRepeats ? null : textOf(query['startAfter'])
  const start = cursor === null ? 0 : all.findIndex(({ id }) => id === cursor) + 1
  if (cursor !== null && start === 0) return noAgent(cursor)
  // The vendor does not lower-case the query, so a query with capitals finds nothing.
  const wanted = textOf(query['query'])
  const limit = Math.min(numberOf(query['limit']) ?? defaultLimit, settings.agentPageMaximum)
  const page = all
    .slice(start)
    .filter(({ name }) => wanted === null || name.toLowerCase().includes(wanted))
    .slice(0, limit)
  const agents: unknown[] = page.map((agent) => showListedAgent(agent, settings))
  if (settings.brokenItems) agents.splice(1, 0, null)
  // The total counts every agent of the location, whatever the query is.
  const counts = { totalCount: location.agents.size, count: page.length }
  return ok(settings.agentsMissing ? counts : { agents, ...counts })
}

const modes = ['off', 'suggestive', 'auto-pilot']

const fields: Shape = {
  businessName: optional(string),
  mode: optional(oneOf(...modes)),
  channels: optional(list(oneOf('IG', 'FB', 'SMS', 'WebChat', 'WhatsApp', 'Live_Chat', 'Email'))),
  isPrimary: optional(boolean),
  waitTime: optional(number(0)),
  waitTimeUnit: optional(oneOf('seconds', 'minutes')),
  sleepEnabled: optional(boolean),
  sleepOnManualMessage: optional(boolean),
  sleepOnWorkflowMessage: optional(boolean),
  sleepTime: optional(number(0)),
  sleepTimeUnit: optional(oneOf('hours', 'minutes', 'seconds')),
  knowledgeBaseIds: optional(list(string)),
  respondToImages: optional(boolean),
  respondToAudio: optional(boolean),
  fullPrompt: optional(string),
  knowledgeBaseTriggers: optional(list(any)),
}

const createShape: Shape = {
  name: needed(string),
  personality: needed(string),
  goal: needed(string),
  instructions: needed(string),
  autoPilotMaxMessages: optional(number(1, 100)),
  ...fields,
}

const updateShape: Shape = {
  name: optional(string),
  personality: optional(string),
  goal: optional(string),
  instructions: optional(string),
  autoPilotMaxMessages: needed(number(1, 100)),
  ...fields,
}

const longestWait: Readonly<Record<string, number>> = { seconds: 300, minutes: 5 }
const longestSleep: Readonly<Record<string, number>> = { hours: 48, minutes: 2880, seconds: 172_800 }

/** The limits of a duration depend on its unit. */
function agentViolations(shape: Shape, body: Json): string[] {
  const broken = violations(shape, body)
  const isUpdate = shape === updateShape
  if (isUpdate && body['isPrimary'] === true && body['mode'] === undefined) broken.push('mode should not be empty')
  const wait = longestWait[String(body['waitTimeUnit'] ?? 'seconds')]
  const sleep = longestSleep[String(body['sleepTimeUnit'] ?? 'hours')]
  return [...broken, ...tooLong(body, 'waitTime', wait), ...tooLong(body, 'sleepTime', sleep)]
}

function tooLong(body: Json, key: string, most = Number.POSITIVE_INFINITY): string[] {
  const value = body[key]
  return typeof value === 'number' && value > most ? [`${key} must not be greater than ${most}`] : []
}

const pointers = ({ actions }: AgentRecord) => actions.map(({ id, type }) => ({ id, type }))

function common(agent: AgentRecord, settings: LeadConnectorSettings): Json {
  return {
    id: agent.id,
    name: agent.name,
    businessName: agent.businessName,
    mode: settings.agentSpelling === 'loose' && agent.mode === 'auto-pilot' ? 'autoPilot' : agent.mode,
    isPrimary: agent.isPrimary,
    waitTime: agent.waitTime,
    waitTimeUnit: agent.waitTimeUnit,
    sleepEnabled: agent.sleepEnabled,
    sleepOnManualMessage: agent.sleepOnManualMessage,
    sleepOnWorkflowMessage: agent.sleepOnWorkflowMessage,
    sleepTime: agent.sleepTime,
    sleepTimeUnit: agent.sleepTimeUnit,
    autoPilotMaxMessages: agent.autoPilotMaxMessages,
    knowledgeBaseIds: agent.knowledgeBaseIds,
    actions: pointers(agent),
  }
}

/** One agent in a single read. It has no dates, and no settings for images and audio. */
function showAgent(agent: AgentRecord, settings: LeadConnectorSettings): Json {
  return withoutUndefined({
    ...common(agent, settings),
    channels: agent.channels,
    personality: agent.personality,
    goal: agent.goal,
    instructions: agent.instructions,
    fullPrompt: agent.fullPrompt,
    knowledgeBaseTriggers: agent.knowledgeBaseTriggers,
    workingHours: agent.workingHours ?? undefined,
  })
}

/** An agent in a list. It has dates, an object as goal and other names of channels, but no instructions. */
function showListedAgent(agent: AgentRecord, settings: LeadConnectorSettings): Json {
  return withoutUndefined({
    ...common(agent, settings),
    channels: agent.channels?.map((channel) => (channel === 'Live_Chat' ? 'LIVE_CHAT' : channel)) ?? null,
    goal: { prompt: agent.goal, type: 'custom', actionId: null },
    createdAt: iso(agent.createdAt),
    updatedAt: iso(agent.updatedAt),
  })
}

const switches = [
  'isPrimary',
  'sleepEnabled',
  'sleepOnManualMessage',
  'sleepOnWorkflowMessage',
  'respondToImages',
  'respondToAudio',
] as const
const texts = ['name', 'businessName', 'mode', 'waitTimeUnit', 'personality', 'goal', 'instructions'] as const

export function newAgent(id: string, now: number): AgentRecord {
  return {
    id,
    name: '',
    mode: 'off',
    channels: [],
    isPrimary: false,
    waitTime: 2,
    waitTimeUnit: 'seconds',
    sleepEnabled: false,
    sleepOnManualMessage: false,
    sleepOnWorkflowMessage: false,
    sleepTime: null,
    sleepTimeUnit: null,
    personality: '',
    goal: '',
    instructions: '',
    autoPilotMaxMessages: 75,
    knowledgeBaseIds: [],
    respondToImages: false,
    respondToAudio: false,
    actions: [],
    workingHours: null,
    createdAt: now,
    updatedAt: now,
  }
}

/** Writes the fields of the body. The update is documented as partial, but an omitted boolean becomes false. */
function writeAgent(agent: AgentRecord, body: Json, now: number, resetsBooleans: boolean): void {
  for (const key of texts) if (typeof body[key] === 'string') agent[key] = body[key]
  if (typeof body['fullPrompt'] === 'string') agent.fullPrompt = body['fullPrompt']
  for (const key of switches) {
    if (typeof body[key] === 'boolean') agent[key] = body[key]
    else if (resetsBooleans) agent[key] = false
  }
  agent.waitTime = numberOf(body['waitTime']) ?? agent.waitTime
  agent.autoPilotMaxMessages = numberOf(body['autoPilotMaxMessages']) ?? agent.autoPilotMaxMessages
  // Null means: asleep until somebody wakes the bot.
  if (body['sleepTime'] !== undefined) agent.sleepTime = numberOf(body['sleepTime'])
  if (body['sleepTimeUnit'] !== undefined) agent.sleepTimeUnit = textOf(body['sleepTimeUnit'])
  if (body['channels'] !== undefined) agent.channels = listOf(body['channels'])
  if (body['knowledgeBaseIds'] !== undefined) agent.knowledgeBaseIds = listOf(body['knowledgeBaseIds'])
  if (Array.isArray(body['knowledgeBaseTriggers'])) agent.knowledgeBaseTriggers = body['knowledgeBaseTriggers']
  agent.updatedAt = now
}

/** A location has one primary agent: the first one, until another becomes primary. */
function settlePrimary(location: LocationState, changed: AgentRecord): void {
  if (!changed.isPrimary) return
  for (const agent of location.agents.values()) if (agent !== changed) agent.isPrimary = false
}

export const noAgent = (id: unknown): Reply => badRequest(`No Agent found for the id: ${id}`)
export const noAction = (id: unknown): Reply => badRequest(`No Action found for the id: ${id}`)
