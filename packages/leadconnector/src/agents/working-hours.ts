import {
  type Call,
  checkId,
  checkInput,
  checkOptionalText,
  checkWord,
  invalid,
  isParleyError,
  isRecord,
  type Payload,
  pathOf,
  type RequestSpec,
  saysMissing,
  type Weekday,
  type WorkingHours,
  type WorkingHoursInput,
  type WorkingHoursOperations,
} from '@parley/core'
import { type Context, unwrap } from '../protocol.ts'
import { durationOf } from '../read/agent.ts'
import { readWorkingHours } from '../read/working-hours.ts'
import { agentChannelOf, timezones } from '../vocabulary.ts'
import type { LeadConnectorWorkingHoursPayload } from '../wire.ts'
import { writeIntervals } from './action-kinds.ts'
import { flagOf, objectsOf } from './action-parts.ts'

export type LeadConnectorHours = WorkingHours<LeadConnectorWorkingHoursPayload>
export type LeadConnectorWorkingHours = WorkingHoursOperations<LeadConnectorHours>

/** "Working Hours" exists in v3 only. */
const v3 = (context: Context, spec: RequestSpec): RequestSpec => {
  const { headers, ...rest } = context.spec('conversationAI', spec)
  return { ...rest, headers: { ...headers, version: 'v3' } }
}

/** The message begins with the missing thing: "Working hours not found for the agent: …". */
const noHours = /^\s*(?:the |no )?working[ _-]?hours\b/i

export const getWorkingHours =
  (context: Context): LeadConnectorWorkingHours['get'] =>
  async (agent, options) => {
    const call = context.begin('agents.workingHours.get', options)
    const agentId = checkId(call, agent, 'agent')
    try {
      return await call.read(
        v3(context, { path: pathOf`/conversation-ai/agents/${agentId}/working-hours` }),
        (body, reading) =>
          isRecord(body) && body['data'] === null ? null : readWorkingHours(unwrap(body, 'data'), reading, agentId),
      )
    } catch (error) {
      // "No such agent" and "no working hours" are both a 400 with a text. Only the second one means `null`.
      if (saysMissing(error, noHours)) return null
      throw error
    }
  }

export const setWorkingHours =
  (context: Context): LeadConnectorWorkingHours['set'] =>
  async (agent, input, options) => {
    const call = context.begin('agents.workingHours.set', options)
    const agentId = checkId(call, agent, 'agent')
    const body = workingHoursBody(call, checkInput(call, input))
    const path = pathOf`/conversation-ai/agents/${agentId}/working-hours`
    // If a POST was carried out and is then retried, the vendor answers with a conflict, and a PUT follows.
    const write = (method: 'POST' | 'PUT') =>
      call.read(v3(context, { method, path, body, idempotent: true }), (answer, reading) =>
        readWorkingHours(unwrap(answer, 'data'), reading, agentId),
      )
    try {
      return await write('POST')
    } catch (error) {
      // The agent already has working hours, so they are replaced.
      if (!isParleyError(error) || error.code !== 'conflict') throw error
      return write('PUT')
    }
  }

export const clearWorkingHours =
  (context: Context): LeadConnectorWorkingHours['clear'] =>
  async (agent, options) => {
    const call = context.begin('agents.workingHours.clear', options)
    const id = checkId(call, agent, 'agent')
    const path = pathOf`/conversation-ai/agents/${id}/working-hours`
    const { body } = await call.request(v3(context, { method: 'DELETE', path }))
    const data = isRecord(body) && isRecord(body['data']) ? body['data'] : {}
    return { id, confirmed: data['deleted'] === true }
  }

const days: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** "Working Hours": the complete body, because the vendor replaces everything. @throws InvalidRequestError */
function workingHoursBody(call: Call, input: WorkingHoursInput): Record<string, unknown> {
  const enabled = flagOf(call, input.enabled, 'enabled')
  const channels = channelsOf(call, input.channels)
  if (enabled && channels.length === 0) throw invalid(call, 'channels', 'must not be empty when enabled is true')
  const timezone = checkWord(call, input.timezone, 'timezone', ['contact', 'business'])
  if (timezone === undefined) throw invalid(call, 'timezone', 'is required')
  const more = input.attributes === undefined ? {} : input.attributes
  if (!isRecord(more)) throw invalid(call, 'attributes', 'must be an object')
  const autoReply = checkOptionalText(call, input.autoReply, 'autoReply')
  const followUp = checkOptionalText(call, input.followUp, 'followUp')
  return {
    ...more,
    enabled,
    channels,
    timezoneMode: timezones.wire[timezone],
    schedule: scheduleOf(call, input.schedule),
    continueConversations: { ...partOf(more, 'continueConversations'), ...continuationOf(call, input.continuesForMs) },
    offHoursAutoReply: {
      sendNotification: false,
      ...partOf(more, 'offHoursAutoReply'),
      enabled: autoReply !== undefined,
      message: autoReply ?? '',
    },
    followUp: { ...partOf(more, 'followUp'), enabled: followUp !== undefined, message: followUp ?? '' },
  }
}

/** The part of a nested object that reading kept in `attributes`, such as the users to notify. */
const partOf = (attributes: Payload, key: string): Payload => (isRecord(attributes[key]) ? attributes[key] : {})

function channelsOf(call: Call, channels: WorkingHoursInput['channels']): string[] {
  if (!Array.isArray(channels)) throw invalid(call, 'channels', 'must be a list')
  return channels.map((channel, index) => {
    const word = agentChannelOf(channel)
    if (word === undefined) throw invalid(call, `channels[${index}]`, 'must be a channel that agents answer on')
    return word
  })
}

function scheduleOf(call: Call, schedule: unknown): Record<string, unknown> {
  const open = new Map<Weekday, unknown[]>()
  for (const [index, given] of objectsOf(call, schedule, 'schedule').entries()) {
    const day = checkWord(call, given['day'] as Weekday, `schedule[${index}].day`, days)
    if (day === undefined) throw invalid(call, `schedule[${index}].day`, 'is required')
    if (open.has(day)) throw invalid(call, `schedule[${index}].day`, 'must not appear twice')
    open.set(day, writeIntervals(call, given['intervals'], `schedule[${index}].intervals`))
  }
  return Object.fromEntries(days.map((day) => [day, { enabled: open.has(day), slots: open.get(day) ?? [] }]))
}

function continuationOf(call: Call, value: number | null | undefined): Record<string, unknown> {
  if (value === null || value === undefined) return { enabled: false }
  const { amount, unit } = durationOf(call, value, 'continuesForMs', ['minutes', 'hours', 'days'])
  return { enabled: true, inactivityTimeout: { value: amount, unit } }
}
