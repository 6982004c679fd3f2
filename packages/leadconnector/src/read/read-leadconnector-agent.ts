import {
  type Agent,
  type AgentActionPointer,
  compact,
  isRaw,
  type JsonObject,
  type JsonValue,
  type Raw,
  type Reading,
} from '@parley/core'
import { readDuration } from '../agents/leadconnector-duration.ts'
import { mapLeadConnectorActionType } from '../map/map-leadconnector-action-type.ts'
import { mapLeadConnectorAgentChannel } from '../map/map-leadconnector-agent-channel.ts'
import { mapLeadConnectorAgentStatus, mapLeadConnectorMode } from '../map/map-leadconnector-mode.ts'
import type { LeadConnectorAgentPayload } from '../wire/agent.ts'

/** What the vendor keeps of an agent and the model has no word for. */
const others = [
  'sleepEnabled',
  'respondToImages',
  'respondToAudio',
  'emailWaitTime',
  'emailWaitTimeUnit',
  'emailSettings',
  'knowledgeBaseTriggers',
  'workingHours',
] as const

/** Reads an agent of the search or of a get: the search lacks the texts, the get lacks the dates. */
export function readAgent(raw: Raw, reading: Reading, asked?: string): Agent<LeadConnectorAgentPayload> {
  reading.asked(raw, asked, 'name', 'mode', 'personality', 'goal')
  const mode = raw['mode'] == null ? undefined : reading.term(raw, 'mode', mapLeadConnectorMode)
  const native = mode?.native ?? null
  return compact<Agent<LeadConnectorAgentPayload>>({
    ...(reading.entity('agent', reading.id(raw), raw) as Agent<LeadConnectorAgentPayload>),
    name: reading.text(raw, 'name') ?? null,
    businessName: reading.text(raw, 'businessName'),
    status: { value: native === null ? 'unknown' : mapLeadConnectorAgentStatus(native), native },
    mode,
    channels: reading
      .texts(raw, 'channels')
      ?.map((channel, index) => reading.word(channel, `channels[${index}]`, mapLeadConnectorAgentChannel)),
    isDefault: reading.flag(raw, 'isPrimary'),
    instructions: reading.text(raw, 'instructions'),
    personality: reading.text(raw, 'personality'),
    goal: readGoal(raw, reading),
    prompt: reading.text(raw, 'fullPrompt'),
    knowledgeBaseIds: reading.texts(raw, 'knowledgeBaseIds'),
    actions: reading.list(raw, 'actions', (action) => readActionPointer(action, reading)),
    replyDelayMs: readDuration(raw, 'waitTime', 'waitTimeUnit', reading) ?? undefined,
    maxMessages: reading.number(raw, 'autoPilotMaxMessages') ?? undefined,
    pause: readPause(raw, reading),
    attributes: readAttributes(raw),
    createdAt: reading.time(raw, 'createdAt'),
    updatedAt: reading.time(raw, 'updatedAt'),
  })
}

/** A text in a get, an object in the search. */
const readGoal = (raw: Raw, reading: Reading): string | null | undefined =>
  isRaw(raw['goal']) ? reading.nested(raw, 'goal', (goal) => reading.text(goal, 'prompt')) : reading.text(raw, 'goal')

const readActionPointer = (raw: Raw, reading: Reading): AgentActionPointer =>
  compact<AgentActionPointer>({
    id: reading.id(raw),
    name: reading.text(raw, 'name') ?? undefined,
    type: reading.term(raw, 'type', mapLeadConnectorActionType) ?? { value: 'unknown', native: null },
  })

function readPause(raw: Raw, reading: Reading): Agent['pause'] {
  const pause = compact<NonNullable<Agent['pause']>>({
    onOperatorMessage: reading.flag(raw, 'sleepOnManualMessage'),
    onAutomationMessage: reading.flag(raw, 'sleepOnWorkflowMessage'),
    durationMs: readDuration(raw, 'sleepTime', 'sleepTimeUnit', reading),
  })
  return Object.keys(pause).length > 0 ? pause : undefined
}

function readAttributes(raw: Raw): JsonObject | undefined {
  const attributes: Record<string, JsonValue> = {}
  for (const key of others) if (raw[key] !== undefined) attributes[key] = raw[key] as JsonValue
  return Object.keys(attributes).length > 0 ? attributes : undefined
}
