import { type FieldProblem, isRecord, type NativeEndpoint, type NativeEndpoints, type NativeGiven } from '@parley/core'
import type { LeadConnectorActionEndpoints, LeadConnectorAgentEndpoints } from './types-agents.ts'

/**
 * "Scopes": the permissions that the endpoints name. Those of Conversation AI are missing from the vendor's own list.
 */
const readAgents = 'conversation-ai.readonly'
const writeAgents = 'conversation-ai.write'
export const readConversations = 'conversations.readonly'
export const writeConversations = 'conversations.write'
export const readMessages = 'conversations/message.readonly'
export const writeMessages = 'conversations/message.write'
export const writeLiveChat = 'conversations/livechat.write'
export const readContacts = 'contacts.readonly'
export const writeContacts = 'contacts.write'
export const readUsers = 'users.readonly'
export const readFiles = 'files.readonly'

/** These paths answer 404 under a version that is a date. */
export const v3Only: { readonly version: 'v3' } = { version: 'v3' }

/** v3 does not have these paths, so they are sent with the earlier version, whatever the adapter's option says. */
export const dateOnly: { readonly version: '2021-04-15' } = { version: '2021-04-15' }

const longestWait: Readonly<Record<string, number>> = { seconds: 300, minutes: 5 }
const longestSleep: Readonly<Record<string, number>> = { seconds: 172_800, minutes: 2_880, hours: 48 }

/** "Create Agent": the unit limits waits and sleeps. A sleep without a unit may have the largest of these numbers. */
const checkAgent = ({ body }: NativeGiven): FieldProblem | undefined =>
  tooLong('waitTime', body('waitTime'), body('waitTimeUnit') ?? 'seconds', longestWait) ??
  tooLong('sleepTime', body('sleepTime'), body('sleepTimeUnit') ?? 'seconds', longestSleep)

/** "Update Agent": the mode is required for the primary agent. */
const checkAgentUpdate = (given: NativeGiven): FieldProblem | undefined =>
  given.body('isPrimary') === true && (given.body('mode') ?? '') === ''
    ? { path: 'body.mode', problem: 'is required when isPrimary is true' }
    : checkAgent(given)

/** The problem of a duration that is longer than its unit allows. An unknown unit has no limit. */
function tooLong(
  name: string,
  value: unknown,
  unit: unknown,
  longest: Readonly<Record<string, number>>,
): FieldProblem | undefined {
  const most = typeof unit === 'string' && Object.hasOwn(longest, unit) ? longest[unit] : undefined
  if (typeof value !== 'number' || most === undefined || value <= most) return undefined
  return { path: `body.${name}`, problem: `must be at most ${most} ${unit}` }
}

/** "Create Action": the required details of each type. */
const required: Readonly<Record<string, readonly string[]>> = {
  triggerWorkflow: ['workflowIds', 'triggerCondition'],
  updateContactField: ['contactFieldId', 'description'],
  appointmentBooking: [
    'onlySendLink',
    'triggerWorkflow',
    'sleepAfterBooking',
    'transferBot',
    'rescheduleEnabled',
    'cancelEnabled',
  ],
  stopBot: [
    'stopBotDetectionType',
    'stopBotTriggerCondition',
    'reactivateEnabled',
    'enabled',
    'stopBotExamples',
    'finalMessage',
  ],
  humanHandOver: ['enabled', 'triggerCondition', 'reactivateEnabled', 'finalMessage', 'handoverType'],
  advancedFollowup: ['enabled', 'scenarioId', 'followupSequence'],
  transferBot: ['transferBotType', 'transferToBot', 'enabled'],
}

/** The details that are also required if a field has one of these values. */
const requiredWhen: Readonly<Record<string, readonly (readonly [string, readonly unknown[], readonly string[]])[]>> = {
  appointmentBooking: [
    ['triggerWorkflow', [true], ['workflowIds']],
    ['sleepAfterBooking', [true], ['sleepTimeUnit', 'sleepTime']],
    ['transferBot', [true], ['transferAgent']],
  ],
  stopBot: [['reactivateEnabled', [true], ['sleepTimeUnit', 'sleepTime']]],
  humanHandOver: [
    ['handoverType', ['custom', 'contactRequest'], ['examples']],
    ['reactivateEnabled', [true], ['sleepTimeUnit', 'sleepTime']],
  ],
  transferBot: [['transferBotType', ['Custom'], ['transferBotTriggerCondition', 'transferBotExamples']]],
}

const switchesOfBooking = ['triggerWorkflow', 'sleepAfterBooking', 'transferBot', 'rescheduleEnabled', 'cancelEnabled']
const longestStep: Readonly<Record<string, number>> = { minutes: 60, hours: 24, days: 180 }

/** "Attach Action": what its type requires and limits. */
const checkNewAction = (given: NativeGiven): FieldProblem | undefined =>
  given.body('type') === 'customApi' && isMissing(given.body('details.apiConfig'))
    ? problem('apiConfig', 'is required')
    : checkAction(given)

/** "Update Action": the same, but an API call keeps the omitted keys of its configuration. */
function checkAction({ body }: NativeGiven): FieldProblem | undefined {
  const type = String(body('type'))
  const detail = (name: string): unknown => body(`details.${name}`)
  for (const name of of(required, type)) if (isMissing(detail(name))) return problem(name, 'is required')
  for (const [name, values, names] of of(requiredWhen, type)) {
    const missing = values.includes(detail(name)) && names.find((other) => isMissing(detail(other)))
    if (missing) return problem(missing, `is required when ${name} is ${String(detail(name))}`)
  }
  if (type === 'appointmentBooking') return checkBooking(detail)
  if (type === 'stopBot') return tooFew('stopBotExamples', detail)
  if (type === 'transferBot' && detail('transferBotType') === 'Custom') return tooFew('transferBotExamples', detail)
  return type === 'advancedFollowup' ? checkSteps(detail('followupSequence')) : undefined
}

function checkBooking(detail: (name: string) => unknown): FieldProblem | undefined {
  // The plural is in no schema, but the vendor accepts it.
  if (isMissing(detail('calendarId')) && isMissing(detail('calendarIds'))) return problem('calendarId', 'is required')
  const on = detail('onlySendLink') === true && switchesOfBooking.find((name) => detail(name) === true)
  return on ? problem(on, 'must be false when onlySendLink is true') : undefined
}

function tooFew(name: string, detail: (name: string) => unknown): FieldProblem | undefined {
  const examples = detail(name)
  return Array.isArray(examples) && examples.length < 2 ? problem(name, 'must have at least 2 elements') : undefined
}

function checkSteps(steps: unknown): FieldProblem | undefined {
  if (!Array.isArray(steps)) return undefined
  for (const [index, step] of steps.entries()) {
    if (!isRecord(step)) continue
    const name = `details.followupSequence[${index}].followupTime`
    const wrong = tooLong(name, step['followupTime'], step['followupTimeUnit'], longestStep)
    if (wrong) return wrong
  }
  return undefined
}

const of = <T>(table: Readonly<Record<string, readonly T[]>>, type: string): readonly T[] =>
  Object.hasOwn(table, type) ? (table[type] ?? []) : []

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === ''

const problem = (name: string, text: string): FieldProblem => ({ path: `body.details.${name}`, problem: text })

/** Working hours that are switched on must name their channels. */
function checkWorkingHours({ body }: NativeGiven): FieldProblem | undefined {
  const channels = body('channels')
  return body('enabled') === true && Array.isArray(channels) && channels.length === 0
    ? { path: 'body.channels', problem: 'must not be empty when enabled is true' }
    : undefined
}

const limits = { autoPilotMaxMessages: { min: 1, max: 100 } }
const durations = [
  '`waitTime`: at most 300 seconds or 5 minutes.',
  '`sleepTime`: at most 48 hours, 2880 minutes or 172800 seconds.',
]

export const agentEndpoints: NativeEndpoints<LeadConnectorAgentEndpoints> = {
  'POST /conversation-ai/agents': {
    summary: 'Creates an agent',
    scope: writeAgents,
    required: { body: ['name', 'personality', 'goal', 'instructions'] },
    limits,
    check: checkAgent,
    notes: durations,
  },
  'GET /conversation-ai/agents/search': {
    summary: 'Lists agents, or finds them by name',
    scope: readAgents,
    notes: ['Takes no `locationId`: some accounts refuse a request that has one.'],
  },
  'GET /conversation-ai/agents/{agentId}': { summary: 'Reads one agent', scope: readAgents },
  'PUT /conversation-ai/agents/{agentId}': {
    summary: 'Changes an agent',
    scope: writeAgents,
    required: { body: ['autoPilotMaxMessages'] },
    limits,
    check: checkAgentUpdate,
    notes: [
      ...durations,
      '`mode` is required when `isPrimary` is `true`.',
      'Omitted booleans were seen to fall back to their defaults.',
    ],
  },
  'DELETE /conversation-ai/agents/{agentId}': {
    summary: 'Deletes an agent with its configuration and history; this cannot be undone',
    scope: writeAgents,
  },
  'GET /conversation-ai/generations': {
    summary: 'Reads how a message of an agent was generated',
    scope: readAgents,
    required: { query: ['messageId', 'source'] },
  },
}

const action = {
  scope: writeAgents,
  required: { body: ['type', 'name', 'details'] },
  limits: { name: { minLength: 3, maxLength: 50 } },
  notes: [
    'The details must have the fields that their type requires.',
    '`stopBotExamples`, and `transferBotExamples` of the type `Custom`: at least 2.',
    '`followupTime`: at most 60 minutes, 24 hours or 180 days.',
    'With `onlySendLink` all other switches of a booking must be `false`.',
  ],
} satisfies Partial<NativeEndpoint>

const hours = {
  scope: writeAgents,
  required: {
    body: ['enabled', 'channels', 'timezoneMode', 'schedule', 'continueConversations', 'offHoursAutoReply', 'followUp'],
  },
  check: checkWorkingHours,
  headers: v3Only,
  notes: ['`channels` must not be empty when `enabled`.'],
} satisfies Partial<NativeEndpoint>

export const actionEndpoints: NativeEndpoints<LeadConnectorActionEndpoints> = {
  'POST /conversation-ai/agents/{agentId}/actions': {
    ...action,
    summary: 'Attaches an action to an agent',
    check: checkNewAction,
    notes: [...action.notes, '`details.apiConfig` is required for the type `customApi`.'],
  },
  'GET /conversation-ai/agents/{agentId}/actions/list': {
    summary: 'Lists the actions of an agent, all at once',
    scope: readAgents,
    notes: ['The newest reference marks this endpoint as deprecated.'],
  },
  'GET /conversation-ai/agents/{agentId}/actions': {
    summary: 'Lists the actions of an agent, all at once',
    scope: readAgents,
    headers: v3Only,
  },
  'GET /conversation-ai/agents/{agentId}/actions/{actionId}': { summary: 'Reads one action', scope: readAgents },
  'PUT /conversation-ai/agents/{agentId}/actions/{actionId}': {
    ...action,
    summary: 'Replaces an action; of an API call’s configuration, only the given keys',
    check: checkAction,
  },
  'DELETE /conversation-ai/agents/{agentId}/actions/{actionId}': { summary: 'Removes an action', scope: writeAgents },
  'PATCH /conversation-ai/agents/{agentId}/followup-settings': {
    summary: 'Sets the settings of follow-up actions',
    scope: writeAgents,
    required: { body: ['actionIds', 'followupSettings', 'followupSettings.dynamicChannelSwitching'] },
    idempotent: true,
  },
  'GET /conversation-ai/agents/{agentId}/working-hours': {
    summary: 'Reads an agent’s working hours',
    scope: readAgents,
    headers: v3Only,
  },
  'POST /conversation-ai/agents/{agentId}/working-hours': {
    ...hours,
    summary: 'Sets an agent’s working hours; a conflict if it already has some',
  },
  'PUT /conversation-ai/agents/{agentId}/working-hours': {
    ...hours,
    summary: 'Replaces an agent’s working hours',
    notes: [...hours.notes, 'The vendor does not document the method; this one is likely.'],
  },
  'DELETE /conversation-ai/agents/{agentId}/working-hours': {
    summary: 'Removes an agent’s working hours, so that it works at any time',
    scope: writeAgents,
    headers: v3Only,
  },
}
