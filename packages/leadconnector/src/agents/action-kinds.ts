import {
  type AgentActionType,
  type Call,
  checkOptionalText,
  checkText,
  checkWord,
  compact,
  type DayHours,
  DecodeError,
  type FollowUpSettings,
  type FollowUpStep,
  invalid,
  isRecord,
  type JsonObject,
  type Payload,
  type PayloadReader,
  type TimeInterval,
} from '@parley/core'
import { durationOf, readDuration } from '../read/agent.ts'
import { followUpScenarios, handOverTriggers, stopTriggers, timezones, transferTriggers } from '../vocabulary.ts'
import {
  type ActionField,
  assignsField,
  bookingPauseField,
  bookingTransferField,
  calendarsField,
  examplesField,
  flagField,
  flagOf,
  idField,
  objectsOf,
  reactivationField,
  switchedWorkflowsField,
  textField,
  textsField,
  wordField,
  wordOf,
} from './action-parts.ts'

/** "FollowupSequence": at least 2 minutes, and at most 60 minutes, 24 hours or 180 days, depending on the unit. */
const longest: Readonly<Record<string, number>> = { minutes: 60, hours: 24, days: 180 }

const stepKeys = [
  'id',
  'followupTime',
  'followupTimeUnit',
  'aiEnabledMessage',
  'customMessage',
  'triggerWorkflow',
  'workflowId',
]

const stepsField: ActionField = {
  name: 'steps',
  keys: ['followupSequence'],
  read: (details, reading) => reading.list(details, 'followupSequence', (raw) => readStep(raw, reading)) ?? [],
  write: (call, value, path) => ({
    followupSequence: stepsOf(call, value, path).map((step, index) => writeStep(call, step, `${path}[${index}]`)),
  }),
  required: true,
}

/** "advancedFollowup": at most five steps. */
function stepsOf(call: Call, value: unknown, path: string): Payload[] {
  const steps = objectsOf(call, value, path)
  if (steps.length > 5) throw invalid(call, path, 'must have at most 5 steps')
  return steps
}

const readStep = (raw: Payload, reading: PayloadReader): FollowUpStep =>
  compact<FollowUpStep>({
    id: needed(reading.number(raw, 'id'), reading, 'id'),
    afterMs: needed(readDuration(raw, 'followupTime', 'followupTimeUnit', reading), reading, 'followupTime'),
    message: reading.flag(raw, 'aiEnabledMessage') === false ? reading.text(raw, 'customMessage') : null,
    workflowId: reading.flag(raw, 'triggerWorkflow') === true ? reading.text(raw, 'workflowId') : null,
    attributes: withoutKeys(raw, stepKeys),
  })

function writeStep(call: Call, step: Payload, path: string): Record<string, unknown> {
  const { id, afterMs, message, workflowId, attributes } = step as Partial<FollowUpStep>
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 0)
    throw invalid(call, `${path}.id`, 'must be a whole number of at least 0')
  if (attributes !== undefined && !isRecord(attributes)) throw invalid(call, `${path}.attributes`, 'must be an object')
  const { amount, unit } = durationOf(call, afterMs, `${path}.afterMs`, ['minutes', 'hours', 'days'])
  if (amount > (longest[unit] as number))
    throw invalid(call, `${path}.afterMs`, 'must be at most 60 minutes, or 24 whole hours, or 180 whole days')
  if (unit === 'minutes' && amount < 2) throw invalid(call, `${path}.afterMs`, 'must be at least 2 minutes')
  const said = checkOptionalText(call, message, `${path}.message`)
  const workflow =
    workflowId === undefined || workflowId === null ? undefined : checkText(call, workflowId, `${path}.workflowId`)
  return compact<Record<string, unknown>>({
    ...attributes,
    id,
    followupTime: amount,
    followupTimeUnit: unit,
    aiEnabledMessage: said === undefined,
    customMessage: said,
    triggerWorkflow: workflow !== undefined,
    workflowId: workflow,
  })
}

const settingsField: ActionField = {
  name: 'settings',
  keys: ['followupSettings'],
  read: (details, reading) =>
    reading.nested(details, 'followupSettings', (raw) => readSettings(raw, reading)) ?? undefined,
  write(call, value, path) {
    if (!isRecord(value)) throw invalid(call, path, 'must be an object')
    return { followupSettings: writeSettings(call, value, `${path}.`) }
  },
}

const readSettings = (raw: Payload, reading: PayloadReader): FollowUpSettings =>
  compact<FollowUpSettings>({
    // Documented default.
    switchesChannel: reading.flag(raw, 'dynamicChannelSwitching') ?? true,
    withinHours: reading.flag(raw, 'followUpHours'),
    timezone: reading.term(raw, 'timezoneToUse', timezones.map),
    hours: reading.list(raw, 'workingHours', (day) => ({
      day: needed(reading.number(day, 'dayOfTheWeek'), reading, 'dayOfTheWeek'),
      intervals: reading.list(day, 'intervals', (interval) => readInterval(interval, reading)) ?? [],
    })),
  })

/** "FollowupSettings". @param prefix of the paths in errors. */
export function writeSettings(call: Call, input: object, prefix = ''): Record<string, unknown> {
  const { switchesChannel, withinHours, timezone, hours } = input as Partial<FollowUpSettings>
  const zone = checkWord(call, wordOf(timezone) as 'contact' | 'business' | undefined, `${prefix}timezone`, [
    'contact',
    'business',
  ])
  return compact<Record<string, unknown>>({
    dynamicChannelSwitching: flagOf(call, switchesChannel, `${prefix}switchesChannel`),
    followUpHours: withinHours === undefined ? undefined : flagOf(call, withinHours, `${prefix}withinHours`),
    timezoneToUse: zone && timezones.wire[zone],
    workingHours:
      hours === undefined
        ? undefined
        : objectsOf(call, hours, `${prefix}hours`).map((day, index) => writeDay(call, day, `${prefix}hours[${index}]`)),
  })
}

/** The days are documented as 0 (Sunday) to 6, and were seen as 1 to 7. They are passed on unchanged. */
function writeDay(call: Call, day: Payload, path: string): Record<string, unknown> {
  const { day: number, intervals } = day as Partial<DayHours>
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 7)
    throw invalid(call, `${path}.day`, 'must be a whole number from 0 to 7')
  return {
    dayOfTheWeek: number,
    intervals: writeIntervals(call, intervals === undefined ? [] : intervals, `${path}.intervals`),
  }
}

export const readInterval = (raw: Payload, reading: PayloadReader): TimeInterval => ({
  from: readClock(raw, 'start', reading),
  to: readClock(raw, 'end', reading),
})

function readClock(raw: Payload, edge: 'start' | 'end', reading: PayloadReader): string {
  const hour = needed(reading.number(raw, `${edge}Hour`), reading, `${edge}Hour`)
  const minute = reading.number(raw, `${edge}Minute`) ?? 0
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** A required number of an item. */
function needed(value: number | null | undefined, reading: PayloadReader, key: string): number {
  if (typeof value !== 'number') throw new DecodeError(reading.at(key))
  return value
}

export const writeIntervals = (call: Call, value: unknown, path: string): Record<string, number>[] =>
  objectsOf(call, value, path).map(({ from, to }, index) => {
    const [startHour, startMinute] = timeOf(call, from, `${path}[${index}].from`)
    const [endHour, endMinute] = timeOf(call, to, `${path}[${index}].to`)
    return { startHour, startMinute, endHour, endMinute }
  })

function timeOf(call: Call, value: unknown, path: string): [number, number] {
  const match = /^(\d\d):(\d\d)$/.exec(checkText(call, value, path))
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])]
  if (!match || minute > 59 || hour * 60 + minute > 1_440)
    throw invalid(call, path, 'must be a time of day such as 08:15')
  return [hour, minute]
}

/** An object without the keys that have fields of their own. `undefined`: no other keys are left. */
export function withoutKeys(raw: Payload, keys: readonly string[]): JsonObject | undefined {
  const rest = Object.fromEntries(Object.entries(raw).filter(([key]) => !keys.includes(key)))
  return Object.keys(rest).length > 0 ? (rest as JsonObject) : undefined
}

const required = true
const off = { otherwise: false }
const enabled = flagField('enabled', 'enabled', { otherwise: true })

/** "Attach Action": the vendor's name of each kind. */
export const actionTypes: Readonly<Record<AgentActionType, string>> = {
  'trigger-workflow': 'triggerWorkflow',
  'update-contact-field': 'updateContactField',
  'book-appointment': 'appointmentBooking',
  'stop-agent': 'stopBot',
  'hand-over': 'humanHandOver',
  'follow-up': 'advancedFollowup',
  'transfer-bot': 'transferBot',
  'api-call': 'customApi',
}

/** The fields in the `details` of each kind. The configuration of an API call is the vendor's own object, kept unchanged. */
export const actionFields: Readonly<Record<AgentActionType, readonly ActionField[]>> = {
  'trigger-workflow': [
    textsField('workflowIds', 'workflowIds', { required, atLeast: 1, always: true }),
    textField('condition', 'triggerCondition', { required }),
    textField('message', 'triggerMessage'),
  ],
  'update-contact-field': [
    idField('fieldId', 'contactFieldId'),
    textField('description', 'description', { required }),
    examplesField,
  ],
  'book-appointment': [
    textField('calendarId', 'calendarId'),
    calendarsField,
    flagField('onlySendsLink', 'onlySendLink', off),
    flagField('canReschedule', 'rescheduleEnabled', off),
    flagField('canCancel', 'cancelEnabled', off),
    switchedWorkflowsField,
    bookingPauseField,
    bookingTransferField,
  ],
  'stop-agent': [
    enabled,
    wordField('trigger', 'stopBotDetectionType', stopTriggers.map, stopTriggers.wire),
    textField('condition', 'stopBotTriggerCondition', { required }),
    textsField('examples', 'stopBotExamples', { required, atLeast: 2 }),
    textField('finalMessage', 'finalMessage', { required }),
    reactivationField,
    textsField('tags', 'tags'),
  ],
  'hand-over': [
    enabled,
    wordField('trigger', 'handoverType', handOverTriggers.map, handOverTriggers.wire),
    textField('condition', 'triggerCondition', { required }),
    textsField('examples', 'examples'),
    textField('finalMessage', 'finalMessage', { required }),
    reactivationField,
    textsField('tags', 'tags'),
    textField('assigneeId', 'assignToUserId'),
    assignsField,
    flagField('createsTask', 'createTask'),
  ],
  'follow-up': [
    enabled,
    wordField('scenario', 'scenarioId', followUpScenarios.map, followUpScenarios.wire),
    stepsField,
    settingsField,
  ],
  'transfer-bot': [
    enabled,
    wordField('trigger', 'transferBotType', transferTriggers.map, transferTriggers.wire),
    idField('toAgentId', 'transferToBot'),
    textField('condition', 'transferBotTriggerCondition'),
    textsField('examples', 'transferBotExamples'),
  ],
  'api-call': [],
}
