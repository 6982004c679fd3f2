import { type Json, listOf, numberOf, textOf } from '../leadconnector-json.ts'
import type { AgentRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'

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

/** Writes what a body names. Documented as partial; a boolean that is left out falls back to false all the same. */
export function writeAgent(agent: AgentRecord, body: Json, now: number, resetsBooleans: boolean): void {
  for (const key of texts) if (typeof body[key] === 'string') agent[key] = body[key]
  if (typeof body['fullPrompt'] === 'string') agent.fullPrompt = body['fullPrompt']
  for (const key of switches) {
    if (typeof body[key] === 'boolean') agent[key] = body[key]
    else if (resetsBooleans) agent[key] = false
  }
  agent.waitTime = numberOf(body['waitTime']) ?? agent.waitTime
  agent.autoPilotMaxMessages = numberOf(body['autoPilotMaxMessages']) ?? agent.autoPilotMaxMessages
  // Null is a value here: asleep until somebody wakes the bot.
  if (body['sleepTime'] !== undefined) agent.sleepTime = numberOf(body['sleepTime'])
  if (body['sleepTimeUnit'] !== undefined) agent.sleepTimeUnit = textOf(body['sleepTimeUnit'])
  if (body['channels'] !== undefined) agent.channels = listOf(body['channels'])
  if (body['knowledgeBaseIds'] !== undefined) agent.knowledgeBaseIds = listOf(body['knowledgeBaseIds'])
  if (Array.isArray(body['knowledgeBaseTriggers'])) agent.knowledgeBaseTriggers = body['knowledgeBaseTriggers']
  agent.updatedAt = now
}

/** A location has one primary agent: the first one, until another is made primary. */
export function settlePrimary(location: LocationState, changed: AgentRecord): void {
  if (!changed.isPrimary) return
  for (const agent of location.agents.values()) if (agent !== changed) agent.isPrimary = false
}
