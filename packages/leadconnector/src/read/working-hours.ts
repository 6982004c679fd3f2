import {
  compact,
  isRecord,
  type JsonObject,
  type Payload,
  type PayloadReader,
  type Weekday,
  type WorkingHours,
} from '@parley/core'
import { readInterval, withoutKeys } from '../agents/action-kinds.ts'
import { mapAgentChannel, timezones } from '../vocabulary.ts'
import type { LeadConnectorWorkingHoursPayload } from '../wire.ts'
import { readDuration } from './agent.ts'

const days: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Reads "Working Hours". Values without a field in the contract, such as the users to notify, are kept in `attributes`. */
export function readWorkingHours(
  raw: Payload,
  reading: PayloadReader,
  agentId: string,
): WorkingHours<LeadConnectorWorkingHoursPayload> {
  const hours = compact<WorkingHours<LeadConnectorWorkingHoursPayload>>({
    agentId: reading.text(raw, 'employeeId') ?? agentId,
    enabled: reading.flag(raw, 'enabled') ?? false,
    channels: (reading.texts(raw, 'channels') ?? []).map((channel, index) =>
      reading.word(channel, `channels[${index}]`, mapAgentChannel),
    ),
    timezone: reading.term(raw, 'timezoneMode', timezones.map) ?? { value: 'unknown', native: null },
    schedule: reading.nested(raw, 'schedule', (schedule) => readSchedule(schedule, reading)) ?? [],
    continuesForMs: reading.nested(raw, 'continueConversations', (part) => readContinuation(part, reading)),
    autoReply: reading.nested(raw, 'offHoursAutoReply', (part) => readReplyText(part, reading)),
    followUp: reading.nested(raw, 'followUp', (part) => readReplyText(part, reading)),
    attributes: readAttributes(raw),
  })
  if (reading.keepRaw) hours.raw = raw as LeadConnectorWorkingHoursPayload
  return hours
}

/** A day that is switched off is closed, even if it still has hours. */
const readSchedule = (schedule: Payload, reading: PayloadReader): WorkingHours['schedule'] =>
  days.flatMap((day) => {
    const intervals = reading.nested(schedule, day, (raw) =>
      reading.flag(raw, 'enabled') === false
        ? undefined
        : reading.list(raw, 'slots', (slot) => readInterval(slot, reading)),
    )
    return intervals ? [{ day, intervals }] : []
  })

/** Reads a part with a switch. If it is switched off, its other values have no effect. */
const readContinuation = (part: Payload, reading: PayloadReader): number | null | undefined =>
  reading.flag(part, 'enabled') === false
    ? null
    : reading.nested(part, 'inactivityTimeout', (timeout) => readDuration(timeout, 'value', 'unit', reading))

const readReplyText = (part: Payload, reading: PayloadReader): string | null | undefined =>
  reading.flag(part, 'enabled') === false ? null : reading.text(part, 'message')

const known = ['employeeId', 'enabled', 'channels', 'timezoneMode', 'schedule', 'createdAt', 'updatedAt']

/** The values of each part, besides its switch. */
const parts: Readonly<Record<string, readonly string[]>> = {
  continueConversations: ['enabled', 'inactivityTimeout'],
  offHoursAutoReply: ['enabled', 'message'],
  followUp: ['enabled', 'message'],
}

function readAttributes(raw: Payload): JsonObject | undefined {
  const attributes: Record<string, unknown> = { ...withoutKeys(raw, [...known, ...Object.keys(parts), 'traceId']) }
  for (const [key, own] of Object.entries(parts)) {
    const part = raw[key]
    const rest = isRecord(part) ? withoutKeys(part, own) : undefined
    if (rest) attributes[key] = rest
  }
  return Object.keys(attributes).length > 0 ? (attributes as JsonObject) : undefined
}
