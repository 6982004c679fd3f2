import { noAction, noAgent } from './agents.ts'
import {
  any,
  badRequest,
  boolean,
  created,
  invalid,
  type LocationCall,
  type LocationEndpoint,
  length,
  list,
  listOfObjects,
  needed,
  number,
  object,
  ok,
  oneOf,
  optional,
  type Reply,
  type Shape,
  string,
  violations,
} from './http.ts'
import { type ActionRecord, type AgentRecord, isJson, type Json, listOf } from './records.ts'
import { newId, type State } from './state.ts'

export const intervalShape: Shape = {
  startHour: needed(number(0, 24)),
  startMinute: needed(number(0, 59)),
  endHour: needed(number(0, 24)),
  endMinute: needed(number(0, 59)),
}

const followupShape: Shape = {
  dynamicChannelSwitching: needed(boolean),
  followUpHours: optional(boolean),
  // The documents say 0 to 6, live agents have 1 to 7. Both are accepted.
  workingHours: optional(
    listOfObjects({ dayOfTheWeek: needed(number(0, 7)), intervals: optional(listOfObjects(intervalShape)) }),
  ),
  // Declared as one of two words, but not validated.
  timezoneToUse: optional(string),
}

const read = { family: 'conversation-ai', scope: 'conversation-ai.readonly' } as const
const write = { family: 'conversation-ai', scope: 'conversation-ai.write' } as const
const all = '/conversation-ai/agents/:agentId/actions'
const one = '/conversation-ai/agents/:agentId/actions/:actionId'

export const actionEndpoints: readonly LocationEndpoint[] = [
  { ...write, method: 'POST', path: all, handle: (call) => withAgent(call, createAction) },
  { ...read, method: 'GET', path: `${all}/list`, handle: (call) => withAgent(call, listActions) },
  { ...read, method: 'GET', path: all, only: 'v3', handle: (call) => withAgent(call, listActions) },
  { ...read, method: 'GET', path: one, handle: (call) => withAgent(call, getAction) },
  { ...write, method: 'PUT', path: one, handle: (call) => withAgent(call, updateAction) },
  { ...write, method: 'DELETE', path: one, handle: (call) => withAgent(call, deleteAction) },
]

/** The most actions of each kind per agent. Kinds without an entry have no known limit. */
const most: Readonly<Record<string, number>> = {
  triggerWorkflow: 5,
  updateContactField: 20,
  stopBot: 5,
  humanHandOver: 6,
  transferBot: 4,
  customApi: 5,
}

function withAgent(call: LocationCall, handle: (call: LocationCall, agent: AgentRecord) => Reply): Reply {
  const agent = call.location.agents.get(call.params['agentId'] ?? '')
  return agent ? handle(call, agent) : noAgent(call.params['agentId'])
}

const find = ({ params }: LocationCall, { actions }: AgentRecord): ActionRecord | undefined =>
  actions.find(({ id }) => id === params['actionId'])

function createAction({ body, state }: LocationCall, agent: AgentRecord): Reply {
  const broken = actionViolations(body, false)
  if (broken.length > 0) return invalid(broken)
  const type = String(body['type'])
  const limit = most[type] ?? Number.POSITIVE_INFINITY
  if (agent.actions.filter((action) => action.type === type).length >= limit) {
    return badRequest(`Maximum of ${limit} ${type} actions reached for this agent`)
  }
  const id = newId(state, 'action')
  const action: ActionRecord = { id, agentId: agent.id, type, name: String(body['name']), details: detailsOf(body) }
  agent.actions.push(action)
  return created({ data: showAction(state, action), success: true })
}

function listActions({ state }: LocationCall, agent: AgentRecord): Reply {
  const data = agent.actions.map((action) => showAction(state, action))
  return ok({ data: state.settings.actionList === 'grouped' ? groupActions(data) : data, success: true })
}

function getAction(call: LocationCall, agent: AgentRecord): Reply {
  const action = find(call, agent)
  if (!action) return noAction(call.params['actionId'])
  return ok({ data: showAction(call.state, action), success: true })
}

/** Replaces the whole action. For an API call, replaces only the fields that were sent. */
function updateAction(call: LocationCall, agent: AgentRecord): Reply {
  const { body, state } = call
  const action = find(call, agent)
  if (!action) return noAction(call.params['actionId'])
  const broken = actionViolations(body, true)
  if (broken.length > 0) return invalid(broken)
  const details = detailsOf(body)
  action.details = body['type'] === 'customApi' ? mergeApiDetails(action.details, details) : details
  action.type = String(body['type'])
  action.name = String(body['name'])
  return ok({ data: showAction(state, action), success: true })
}

function deleteAction(call: LocationCall, agent: AgentRecord): Reply {
  const action = find(call, agent)
  if (!action) return noAction(call.params['actionId'])
  agent.actions.splice(agent.actions.indexOf(action), 1)
  return ok({ data: { id: action.id }, success: true })
}

const detailsOf = (body: Json): Json => (isJson(body['details']) ? body['details'] : {})

const wakeAfter = oneOf('days', 'hours', 'minutes')

/** The required details of each kind of action. Ids are not checked: a wrong one is stored and has no effect. */
const details: Readonly<Record<string, Shape>> = {
  triggerWorkflow: {
    workflowIds: needed(list(string)),
    triggerCondition: needed(string),
    triggerMessage: optional(string),
  },
  updateContactField: {
    contactFieldId: needed(string),
    description: needed(string),
    contactUpdateExamples: optional(list(any)),
  },
  appointmentBooking: {
    actionId: optional(string),
    calendarId: needed(string),
    onlySendLink: needed(boolean),
    triggerWorkflow: needed(boolean),
    workflowIds: optional(list(string)),
    sleepAfterBooking: needed(boolean),
    sleepTimeUnit: optional(wakeAfter),
    sleepTime: optional(number(0)),
    transferBot: needed(boolean),
    transferAgent: optional(string),
    rescheduleEnabled: needed(boolean),
    cancelEnabled: needed(boolean),
  },
  stopBot: {
    stopBotDetectionType: needed(oneOf('Goodbye', 'Custom')),
    stopBotTriggerCondition: needed(string),
    reactivateEnabled: needed(boolean),
    sleepTimeUnit: optional(wakeAfter),
    sleepTime: optional(number(0)),
    enabled: needed(boolean),
    stopBotExamples: needed(list(string, 2)),
    finalMessage: needed(string),
    tags: optional(list(string)),
  },
  humanHandOver: {
    enabled: needed(boolean),
    triggerCondition: needed(string),
    examples: optional(list(string)),
    assignToUserId: optional(string),
    skipAssignToUser: optional(boolean),
    createTask: optional(boolean),
    reactivateEnabled: needed(boolean),
    sleepTimeUnit: optional(wakeAfter),
    sleepTime: optional(number(0)),
    finalMessage: needed(string),
    tags: optional(list(string)),
    handoverType: needed(oneOf('contactRequest', 'lackOfInformation', 'failedToResolveIssue', 'custom')),
  },
  advancedFollowup: {
    enabled: needed(boolean),
    scenarioId: needed(oneOf('contactStoppedReplying', 'contactIsBusy', 'contactRequested')),
    followupSequence: needed(
      listOfObjects({
        id: needed(number()),
        followupTimeUnit: needed(wakeAfter),
        followupTime: needed(number(0)),
        aiEnabledMessage: optional(boolean),
        triggerWorkflow: optional(boolean),
        customMessage: optional(string),
        workflowId: optional(string),
        contactRequested: optional(boolean),
      }),
    ),
    followupSettings: optional(object(followupShape)),
  },
  transferBot: {
    transferBotType: needed(oneOf('Default', 'Custom')),
    transferToBot: needed(string),
    enabled: needed(boolean),
    transferBotTriggerCondition: optional(string),
    transferBotExamples: optional(list(string)),
  },
  customApi: { apiConfig: needed(any) },
}

const actionTypes: readonly string[] = Object.keys(details)

function actionViolations(body: Json, isUpdate: boolean): string[] {
  const envelope = violations(
    { type: needed(oneOf(...actionTypes)), name: needed(length(3, 50)), details: needed(object({})) },
    body,
  )
  const type = String(body['type'])
  const given = body['details']
  if (envelope.length > 0 || !isJson(given)) return envelope
  // An update of an API call may omit its configuration.
  const shape = type === 'customApi' && isUpdate ? { apiConfig: optional(any) } : (details[type] ?? {})
  // The calendar may be sent in the newer plural form, which no schema has.
  const forgiven = Array.isArray(given['calendarIds']) ? { ...given, calendarId: given['calendarId'] ?? '-' } : given
  return [...violations(shape, forgiven, 'details.'), ...actionDetailViolations(type, given)]
}

const missing = (details: Json, keys: readonly string[]) =>
  keys
    .filter((key) => details[key] === undefined || details[key] === null || details[key] === '')
    .map((key) => `details.${key} should not be empty`)

const longest: Readonly<Record<string, number>> = { minutes: 60, hours: 24, days: 180 }

/** Fields that are required depending on the value of another field. */
function actionDetailViolations(type: string, details: Json): string[] {
  const when = (condition: unknown, ...keys: readonly string[]) => (condition === true ? missing(details, keys) : [])
  const wake = when(details['reactivateEnabled'], 'sleepTimeUnit', 'sleepTime')
  if (type === 'stopBot') return wake
  if (type === 'humanHandOver') {
    const handover = details['handoverType']
    return [...wake, ...when(handover === 'custom' || handover === 'contactRequest', 'examples')]
  }
  if (type === 'transferBot') {
    const custom = details['transferBotType'] === 'Custom'
    const few = custom && listOf(details['transferBotExamples']).length < 2
    return [
      ...when(custom, 'transferBotTriggerCondition'),
      ...(few ? ['details.transferBotExamples must contain at least 2 elements'] : []),
    ]
  }
  if (type === 'appointmentBooking') {
    return [
      ...when(details['triggerWorkflow'], 'workflowIds'),
      ...when(details['sleepAfterBooking'], 'sleepTimeUnit', 'sleepTime'),
      ...when(details['transferBot'], 'transferAgent'),
      ...linkOnly(details),
    ]
  }
  return type === 'advancedFollowup' ? sequence(details['followupSequence']) : []
}

/** An agent that only sends the booking link must not set the other booking options. */
function linkOnly(details: Json): string[] {
  if (details['onlySendLink'] !== true) return []
  const others = ['triggerWorkflow', 'sleepAfterBooking', 'transferBot', 'rescheduleEnabled', 'cancelEnabled']
  return others
    .filter((key) => details[key] === true)
    .map((key) => `details.${key} must be false when onlySendLink is true`)
}

function sequence(steps: unknown): string[] {
  if (!Array.isArray(steps)) return []
  return steps.flatMap((step, index) => {
    const most = isJson(step) ? longest[String(step['followupTimeUnit'])] : undefined
    const tooLong = isJson(step) && most !== undefined && Number(step['followupTime']) > most
    return tooLong ? [`details.followupSequence.${index}.followupTime must not be greater than ${most}`] : []
  })
}

function showAction({ settings }: State, { id, name, type, agentId, details }: ActionRecord): Json {
  if (settings.actionDetails === 'omitted') return { id, type }
  return { id, name, type, agentId, details: type === 'customApi' ? redactDetails(details) : details }
}

/** The other form of the list: one row per kind. */
function groupActions(actions: readonly Json[]): Json[] {
  const types = [...new Set(actions.map(({ type }) => type))]
  return types.map((type) => ({ type, actions: actions.filter((action) => action['type'] === type) }))
}

/** Shown instead of a secret. A client that sends it back keeps the stored secret. */
const placeholder = '********'

const plain = new Set(['type', 'in', 'name', 'headerName', 'username'])

function redactDetails(details: Json): Json {
  const config = details['apiConfig']
  if (!isJson(config) || !isJson(config['authentication'])) return details
  const shown = Object.entries(config['authentication']).map(([key, value]) => [
    key,
    plain.has(key) ? value : placeholder,
  ])
  return { ...details, apiConfig: { ...config, authentication: Object.fromEntries(shown) } }
}

/**
 * Merges one level deep: sent fields replace stored ones, omitted fields stay, and a masked secret keeps its stored
 * value.
 */
function mergeApiDetails(stored: Json, sent: Json): Json {
  const before = isJson(stored['apiConfig']) ? stored['apiConfig'] : {}
  if (!isJson(sent['apiConfig'])) return { ...sent, apiConfig: before }
  const config: Json = { ...before, ...sent['apiConfig'] }
  const secrets = isJson(before['authentication']) ? before['authentication'] : {}
  if (isJson(config['authentication']) && sent['apiConfig']['authentication'] !== undefined) {
    const given = Object.entries(config['authentication']).filter(([, value]) => value !== placeholder)
    const sameKind = config['authentication']['type'] === secrets['type']
    config['authentication'] = { ...(sameKind && secrets), ...Object.fromEntries(given) }
  }
  return { ...sent, apiConfig: config }
}

export const followupEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'PATCH',
    path: '/conversation-ai/agents/:agentId/followup-settings',
    family: 'conversation-ai',
    scope: 'conversation-ai.write',
    handle: setFollowup,
  },
]

function setFollowup({ body, location, params, state }: LocationCall): Reply {
  const agent = location.agents.get(params['agentId'] ?? '')
  if (!agent) return noAgent(params['agentId'])
  const shape = { actionIds: needed(list(string, 1)), followupSettings: needed(object(followupShape)) }
  const broken = violations(shape, body)
  if (broken.length > 0) return invalid(broken)
  const ids = listOf(body['actionIds'])
  const unknown = ids.find((id) => !agent.actions.some((action) => action.id === id))
  if (unknown !== undefined) return noAction(unknown)
  const changed = agent.actions.filter(({ id }) => ids.includes(id))
  for (const action of changed) action.details = { ...action.details, followupSettings: body['followupSettings'] }
  const shown = changed.map((action) => showAction(state, action))
  // The specification declares one action although a request can name several.
  return ok({ data: state.settings.followupShape === 'array' ? shown : shown[0], success: true })
}
