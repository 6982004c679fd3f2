import {
  type Call,
  checkOptionalText,
  checkWord,
  invalid,
  isRaw,
  type Raw,
  type Weekday,
  type WorkingHoursInput,
} from '@parley/core'
import { timezones } from '../map/map-leadconnector-action-words.ts'
import { agentChannelOf } from '../map/map-leadconnector-agent-words.ts'
import { flagOf } from './leadconnector-action-field.ts'
import { objectsOf } from './leadconnector-action-parts.ts'
import { durationOf } from './leadconnector-duration.ts'
import { writeIntervals } from './leadconnector-follow-up-parts.ts'

const days: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** "Working Hours": all of it, because the vendor replaces all of it. @throws InvalidRequestError */
export function workingHoursBody(call: Call, input: WorkingHoursInput): Record<string, unknown> {
  const enabled = flagOf(call, input.enabled, 'enabled')
  const channels = channelsOf(call, input.channels)
  if (enabled && channels.length === 0) throw invalid(call, 'channels', 'must not be empty when enabled is true')
  const timezone = checkWord(call, input.timezone, 'timezone', ['contact', 'business'])
  if (timezone === undefined) throw invalid(call, 'timezone', 'is required')
  const more = input.attributes === undefined ? {} : input.attributes
  if (!isRaw(more)) throw invalid(call, 'attributes', 'must be an object')
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

/** What reading kept of a nested object, such as whom the vendor notifies. */
const partOf = (attributes: Raw, key: string): Raw => (isRaw(attributes[key]) ? attributes[key] : {})

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
