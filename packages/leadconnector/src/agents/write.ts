import {
  type AgentOperations,
  type Call,
  type Channel,
  type CreateAgentInput,
  checkChange,
  checkId,
  checkInput,
  checkOptionalText,
  checkText,
  checkWord,
  flag,
  ignoreOptions,
  invalid,
  isParleyError,
  isRecord,
  type OptionRule,
  type OptionRules,
  type Payload,
  pathOf,
  texts,
  type UpdateAgentInput,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorAgentOptions } from '../options.ts'
import { type Context, unwrap } from '../protocol.ts'
import { durationOf, readAgent } from '../read/agent.ts'
import { agentChannelOf, agentModeOf, mapAgentChannel, mapMode } from '../vocabulary.ts'
import { fetchAgent, type LeadConnectorAgent } from './list.ts'

const agents = '/conversation-ai/agents'

const read = (call: Call, context: Context, path: string): Promise<Payload> =>
  call.read(context.spec('conversationAI', { path }), (body) => unwrap(body, 'agent', 'data'))

export const createAgent =
  (context: Context): AgentOperations<LeadConnectorAgent>['create'] =>
  async (input, options) => {
    const call = context.begin('agents.create', options)
    const body = agentBody(call, checkInput<CreateAgentInput>(call, input))
    for (const name of ['name', 'personality', 'goal', 'instructions']) checkText(call, body[name], name)
    const spec = context.spec('conversationAI', { method: 'POST', path: agents, body })
    const agent = await call.read(spec, (answer, reading) => readAgent(unwrap(answer, 'agent', 'data'), reading))
    return proved(context, call, agent, input.isDefault)
  }

/**
 * Reads the agent, changes it and writes all of it, because the vendor resets switches that an update omits. A change
 * that someone else makes in between is overwritten; the API cannot prevent this.
 */
export const updateAgent =
  (context: Context): AgentOperations<LeadConnectorAgent>['update'] =>
  async (agent, input, options) => {
    const call = context.begin('agents.update', options)
    const id = checkId(call, agent, 'agent')
    const path = pathOf`/conversation-ai/agents/${id}`
    const changes = agentBody(call, checkInput<UpdateAgentInput>(call, input))
    if (input.name !== undefined) checkText(call, input.name, 'name')
    checkChange(call, changes, changeable)
    const body = { ...writable(await read(call, context, path)), ...changes }
    warnOfHidden(call, changes)
    const spec = context.spec('conversationAI', { method: 'PUT', path, body })
    const updated = await call.read(spec, (answer, reading) => readAgent(unwrap(answer, 'agent', 'data'), reading, id))
    return proved(context, call, updated, input.isDefault)
  }

export const deleteAgent =
  (context: Context): AgentOperations<LeadConnectorAgent>['delete'] =>
  async (agent, options) => {
    const call = context.begin('agents.delete', options)
    const id = checkId(call, agent, 'agent')
    const spec = context.spec('conversationAI', { method: 'DELETE', path: pathOf`/conversation-ai/agents/${id}` })
    const { body } = await call.request(spec)
    return { id, confirmed: isRecord(body) && body['success'] === true }
  }

/** The fields of "Get Agent" that "Update Agent" accepts. */
const kept = [
  'name',
  'businessName',
  'isPrimary',
  'waitTime',
  'waitTimeUnit',
  'sleepEnabled',
  'sleepOnManualMessage',
  'sleepOnWorkflowMessage',
  'personality',
  'instructions',
  'autoPilotMaxMessages',
  'knowledgeBaseIds',
  'fullPrompt',
  'knowledgeBaseTriggers',
] as const

/** The default of "Create Agent". The update requires the number, and an answer may lack it. */
const defaultMessages = 75

/** The current agent in the form that an update accepts. Answers spell modes and channels more loosely. */
function writable(raw: Payload): Record<string, unknown> {
  const body: Record<string, unknown> = { autoPilotMaxMessages: defaultMessages }
  for (const key of kept) if (raw[key] !== undefined && raw[key] !== null) body[key] = raw[key]
  // Here, `null` has a meaning: paused until someone resumes the agent.
  for (const key of ['sleepTime', 'sleepTimeUnit']) if (raw[key] !== undefined) body[key] = raw[key]
  const goal = isRecord(raw['goal']) ? raw['goal']['prompt'] : raw['goal']
  if (typeof goal === 'string') body['goal'] = goal
  if (typeof raw['mode'] === 'string') {
    const mode = mapMode(raw['mode'])
    body['mode'] = mode === 'unknown' ? raw['mode'] : agentModeOf(mode)
  }
  if (Array.isArray(raw['channels'])) body['channels'] = raw['channels'].map(writtenChannel)
  return body
}

function writtenChannel(channel: unknown): unknown {
  const value = typeof channel === 'string' ? mapAgentChannel(channel) : 'unknown'
  // `WebChat` and `Live_Chat` both map to `web`, so they are kept unchanged.
  if (value === 'unknown' || (value === 'web' && !/live/i.test(String(channel)))) return channel
  return agentChannelOf(value) ?? channel
}

/** Two switches can be written but not read, so an update cannot preserve them. */
function warnOfHidden(call: Call, changes: Readonly<Record<string, unknown>>): void {
  for (const key of ['respondToImages', 'respondToAudio']) {
    if (changes[key] !== undefined) continue
    call.reading.warn(
      'degraded',
      `${key} was not given and cannot be read back: the update may have switched it off.`,
      {
        path: `vendor.leadconnector.${key}`,
      },
    )
  }
}

/** The vendor sometimes does not keep `isDefault`, and only reading the agent again shows it. */
async function proved(
  context: Context,
  call: Call,
  agent: LeadConnectorAgent,
  isDefault: boolean | undefined,
): Promise<LeadConnectorAgent> {
  if (isDefault === undefined) return agent
  let stored: LeadConnectorAgent
  try {
    stored = await fetchAgent(context, call, agent.id)
  } catch (error) {
    // The agent has been written. An error here would make the caller write it again, or create it twice.
    if (!isParleyError(error)) throw error
    const why = `The agent was written, but Parley could not read whether isDefault was kept (${error.code}).`
    call.reading.warn('degraded', why, { path: 'isDefault' })
    return agent
  }
  if (stored.isDefault !== isDefault)
    call.reading.warn('degraded', 'The vendor did not keep isDefault.', { path: 'isDefault' })
  return stored
}

type Body = Record<string, unknown>

/** Fields that only the dashboard can set, or that the vendor does not have. */
const ignored = ['displayName', 'description', 'liveChatEnabled', 'model', 'tags']

const textKeys = {
  name: 'name',
  businessName: 'businessName',
  instructions: 'instructions',
  personality: 'personality',
  goal: 'goal',
  prompt: 'fullPrompt',
} as const

/** What an update can change, in the words of the contract. */
const changeable = [
  ...Object.keys(textKeys),
  ...['mode', 'channels', 'knowledgeBaseIds', 'isDefault', 'maxMessages', 'replyDelayMs', 'pause'],
]

/** "Create Agent", "Update Agent": a body with only the fields of the input. @throws InvalidRequestError */
function agentBody(call: Call, input: CreateAgentInput | UpdateAgentInput): Body {
  const body: Body = {}
  for (const [name, key] of Object.entries(textKeys)) {
    const text = checkOptionalText(call, input[name as keyof typeof textKeys], name)
    if (text !== undefined) body[key] = text
  }
  writeMode(call, input, body)
  if (input.channels !== undefined) body['channels'] = list(call, input.channels, 'channels').map(channelOf(call))
  if (input.knowledgeBaseIds !== undefined)
    body['knowledgeBaseIds'] = list(call, input.knowledgeBaseIds, 'knowledgeBaseIds')
  writeFlag(call, input.isDefault, 'isDefault', body, 'isPrimary')
  if (input.maxMessages !== undefined) body['autoPilotMaxMessages'] = countOf(call, input.maxMessages)
  writeWait(call, input.replyDelayMs, body)
  writePause(call, input.pause, body)
  ignoreOptions(call, input, ignored, 'an agent has no such field in the API.')
  return Object.assign(body, vendorOptions(call, input.vendor, ownOptions))
}

const objects: OptionRule<Record<string, unknown>[]> = (call, value, path) => {
  if (!Array.isArray(value)) throw invalid(call, path, 'must be a list of objects')
  return value.map((each, index) => checkInput(call, each, `${path}[${index}]`))
}

const ownOptions: OptionRules<LeadConnectorAgentOptions> = {
  channels: texts,
  sleepEnabled: flag,
  respondToImages: flag,
  respondToAudio: flag,
  knowledgeBaseTriggers: objects,
}

/**
 * Sets the mode. The vendor has no status: an `inactive` agent has the mode `off`, and any other status leaves the mode as
 * it is.
 */
function writeMode(call: Call, input: CreateAgentInput | UpdateAgentInput, body: Body): void {
  const status = checkWord(call, input.status, 'status', ['active', 'inactive', 'draft'])
  const mode = checkWord(call, input.mode, 'mode', ['autopilot', 'suggestive', 'off'])
  if (mode !== undefined) body['mode'] = agentModeOf(mode)
  else if (status === 'inactive') body['mode'] = 'off'
  else if (status !== undefined)
    call.reading.warn('ignored-option', `status "${status}" has no effect at ${call.vendor}: the mode decides.`, {
      path: 'status',
    })
}

const channelOf =
  (call: Call) =>
  (channel: Channel, index: number): string => {
    const word = agentChannelOf(channel)
    if (word === undefined) throw invalid(call, `channels[${index}]`, 'must be a channel that agents answer on')
    return word
  }

/** "Create Agent": at most 300 seconds or 5 minutes. */
function writeWait(call: Call, value: number | undefined, body: Body): void {
  if (value === undefined) return
  const most = { milliseconds: 300_000, words: '300,000 milliseconds (5 minutes)' }
  const { amount, unit } = durationOf(call, value, 'replyDelayMs', ['seconds', 'minutes'], most)
  body['waitTime'] = amount
  body['waitTimeUnit'] = unit
}

/** "Create Agent": at most 48 hours, in any unit. */
function writePause(call: Call, pause: CreateAgentInput['pause'], body: Body): void {
  if (pause === undefined) return
  if (!isRecord(pause)) throw invalid(call, 'pause', 'must be an object')
  writeFlag(call, pause.onOperatorMessage, 'pause.onOperatorMessage', body, 'sleepOnManualMessage')
  writeFlag(call, pause.onAutomationMessage, 'pause.onAutomationMessage', body, 'sleepOnWorkflowMessage')
  const { durationMs } = pause
  if (durationMs === undefined) return
  const most = { milliseconds: 172_800_000, words: '172,800,000 milliseconds (48 hours)' }
  const path = 'pause.durationMs'
  const sleep = durationMs === null ? null : durationOf(call, durationMs, path, ['seconds', 'minutes', 'hours'], most)
  body['sleepTime'] = sleep === null ? null : sleep.amount
  body['sleepTimeUnit'] = sleep === null ? null : sleep.unit
}

function writeFlag(call: Call, value: unknown, path: string, body: Body, key: string): void {
  if (value === undefined) return
  if (typeof value !== 'boolean') throw invalid(call, path, 'must be true or false')
  body[key] = value
}

function list<T>(call: Call, value: readonly T[], path: string): readonly T[] {
  if (!Array.isArray(value) || value.some((each) => typeof each !== 'string' || each.trim() === ''))
    throw invalid(call, path, 'must be a list of non-empty strings')
  return value
}

/** "Create Agent": 1 to 100. */
function countOf(call: Call, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 100)
    throw invalid(call, 'maxMessages', 'must be a whole number from 1 to 100')
  return value
}
