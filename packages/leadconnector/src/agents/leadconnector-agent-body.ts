import {
  type Call,
  type Channel,
  type CreateAgentInput,
  checkInput,
  checkOptionalText,
  checkWord,
  flag,
  ignoreOptions,
  invalid,
  isRaw,
  type OptionRule,
  type OptionRules,
  texts,
  type UpdateAgentInput,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorAgentOptions } from '../leadconnector-vendor-options.ts'
import { agentChannelOf, agentModeOf } from '../map/map-leadconnector-agent-words.ts'
import { durationOf } from './leadconnector-duration.ts'

type Body = Record<string, unknown>

/** What the dashboard keeps to itself, or has no field for. */
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
export const changeable = [
  ...Object.keys(textKeys),
  ...['mode', 'channels', 'knowledgeBaseIds', 'isDefault', 'maxMessages', 'replyDelayMs', 'pause'],
]

/** "Create Agent", "Update Agent": the body of what the input says, and nothing else. @throws InvalidRequestError */
export function agentBody(call: Call, input: CreateAgentInput | UpdateAgentInput): Body {
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

/** An agent has a mode and no status: switched off is what `inactive` says; what else it does is for the mode to say. */
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

/** "Create Agent": at most 48 hours, 2,880 minutes or 172,800 seconds, which is the same. */
function writePause(call: Call, pause: CreateAgentInput['pause'], body: Body): void {
  if (pause === undefined) return
  if (!isRaw(pause)) throw invalid(call, 'pause', 'must be an object')
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
