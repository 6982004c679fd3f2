import {
  type Agent,
  type AgentActionPointer,
  type Call,
  compact,
  invalid,
  isRecord,
  type JsonObject,
  type JsonValue,
  type Payload,
  type PayloadReader,
} from '@parley/core'
import { mapActionType, mapAgentChannel, mapAgentStatus, mapMode } from '../vocabulary.ts'
import type { LeadConnectorAgentPayload } from '../wire.ts'

/** The vendor's fields of an agent that the model lacks. */
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

/** Reads an agent from the search, which omits the texts, or from a get, which omits the dates. */
export function readAgent(raw: Payload, reading: PayloadReader, asked?: string): Agent<LeadConnectorAgentPayload> {
  reading.asked(raw, asked, 'name', 'mode', 'personality', 'goal')
  const mode = raw['mode'] == null ? undefined : reading.term(raw, 'mode', mapMode)
  const native = mode?.native ?? null
  return compact<Agent<LeadConnectorAgentPayload>>({
    ...(reading.entity('agent', reading.id(raw), raw) as Agent<LeadConnectorAgentPayload>),
    name: reading.text(raw, 'name') ?? null,
    businessName: reading.text(raw, 'businessName'),
    status: { value: native === null ? 'unknown' : mapAgentStatus(native), native },
    mode,
    channels: reading
      .texts(raw, 'channels')
      ?.map((channel, index) => reading.word(channel, `channels[${index}]`, mapAgentChannel)),
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

/** The goal: a string in a get, an object in the search. */
const readGoal = (raw: Payload, reading: PayloadReader): string | null | undefined =>
  isRecord(raw['goal'])
    ? reading.nested(raw, 'goal', (goal) => reading.text(goal, 'prompt'))
    : reading.text(raw, 'goal')

const readActionPointer = (raw: Payload, reading: PayloadReader): AgentActionPointer =>
  compact<AgentActionPointer>({
    id: reading.id(raw),
    name: reading.text(raw, 'name') ?? undefined,
    type: reading.term(raw, 'type', mapActionType) ?? { value: 'unknown', native: null },
  })

function readPause(raw: Payload, reading: PayloadReader): Agent['pause'] {
  const pause = compact<NonNullable<Agent['pause']>>({
    onOperatorMessage: reading.flag(raw, 'sleepOnManualMessage'),
    onAutomationMessage: reading.flag(raw, 'sleepOnWorkflowMessage'),
    durationMs: readDuration(raw, 'sleepTime', 'sleepTimeUnit', reading),
  })
  return Object.keys(pause).length > 0 ? pause : undefined
}

function readAttributes(raw: Payload): JsonObject | undefined {
  const attributes: Record<string, JsonValue> = {}
  for (const key of others) if (raw[key] !== undefined) attributes[key] = raw[key] as JsonValue
  return Object.keys(attributes).length > 0 ? attributes : undefined
}

/** The vendor writes a duration as a number and a unit, in two fields. */
interface Duration {
  amount: number
  unit: string
}

const milliseconds = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const

export type DurationUnit = keyof typeof milliseconds

/** A duration in the largest of these units that expresses it exactly. @throws InvalidRequestError */
export function durationOf(
  call: Call,
  value: unknown,
  path: string,
  units: readonly DurationUnit[],
  most?: { milliseconds: number; words: string },
): Duration {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw invalid(call, path, 'must be a duration in milliseconds')
  if (most && value > most.milliseconds) throw invalid(call, path, `must be at most ${most.words}`)
  const descending = units.toSorted((one, other) => milliseconds[other] - milliseconds[one])
  const smallest = descending.at(-1) as DurationUnit
  const unit = value === 0 ? smallest : descending.find((each) => value % milliseconds[each] === 0)
  if (unit === undefined) throw invalid(call, path, `must be in whole ${smallest}`)
  return { amount: value / milliseconds[unit], unit }
}

/** Reads a duration from a number and its unit. Without the unit, the number has no meaning. */
export function readDuration(
  raw: Payload,
  key: string,
  unitKey: string,
  reading: PayloadReader,
): number | null | undefined {
  const amount = reading.number(raw, key)
  if (amount === null || amount === undefined) return amount
  const unit = raw[unitKey]
  const scale = typeof unit === 'string' && Object.hasOwn(milliseconds, unit) ? milliseconds[unit as DurationUnit] : 0
  // A very large number is not finite in milliseconds.
  if (scale > 0 && Number.isFinite(amount * scale)) return amount * scale
  reading.warn('unreadable-field', `${reading.vendor} sent a ${key} with an unknown unit.`, {
    path: reading.at(unitKey),
    raw: unit,
  })
  return undefined
}
