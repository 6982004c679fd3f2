import {
  type ActionExample,
  type Call,
  checkOptionalText,
  checkText,
  checkWord,
  compact,
  invalid,
  isRaw,
  type Raw,
  type Reading,
} from '@parley/core'
import { exampleChanges } from '../map/map-leadconnector-action-words.ts'
import { type ActionField, flagOf, textsOf, wordOf } from './leadconnector-action-field.ts'
import { type DurationUnit, durationOf, readDuration } from './leadconnector-duration.ts'

// Fields of an action that take up several keys of the vendor's, or a list of objects.

const units: readonly DurationUnit[] = ['minutes', 'hours', 'days']

/** `reactivateEnabled` with its duration. */
export const reactivationField: ActionField = {
  name: 'reactivation',
  keys: ['reactivateEnabled', 'sleepTime', 'sleepTimeUnit'],
  read(details, reading) {
    const isOn = reading.flag(details, 'reactivateEnabled')
    if (isOn === undefined) return undefined
    const afterMs = isOn ? readDuration(details, 'sleepTime', 'sleepTimeUnit', reading) : null
    // Switched on without a readable time: when it wakes cannot be said.
    return afterMs === undefined ? undefined : { afterMs }
  },
  write(call, value, path) {
    if (!isRaw(value)) throw invalid(call, path, 'must be an object')
    const { afterMs } = value as { afterMs?: unknown }
    // Some validators want the duration even of a reactivation that is switched off.
    if (afterMs === null) return { reactivateEnabled: false, sleepTime: 1, sleepTimeUnit: 'hours' }
    const { amount, unit } = durationOf(call, afterMs, `${path}.afterMs`, units)
    return { reactivateEnabled: true, sleepTime: amount, sleepTimeUnit: unit }
  },
  otherwise: { afterMs: null },
}

/** How long an agent is silent after a booking. */
export const bookingPauseField: ActionField = {
  name: 'pauseMs',
  keys: ['sleepAfterBooking', 'sleepTime', 'sleepTimeUnit'],
  read(details, reading) {
    const isOn = reading.flag(details, 'sleepAfterBooking')
    return isOn ? readDuration(details, 'sleepTime', 'sleepTimeUnit', reading) : isOn === false ? null : undefined
  },
  write(call, value, path) {
    if (value === null) return { sleepAfterBooking: false }
    const { amount, unit } = durationOf(call, value, path, units)
    return { sleepAfterBooking: true, sleepTime: amount, sleepTimeUnit: unit }
  },
  otherwise: null,
}

/** Workflows behind a switch: an empty list switches it off. */
export const switchedWorkflowsField: ActionField = {
  name: 'workflowIds',
  keys: ['triggerWorkflow', 'workflowIds'],
  read(details, reading) {
    const ids = reading.texts(details, 'workflowIds')
    return reading.flag(details, 'triggerWorkflow') === false ? [] : ids
  },
  write(call, value, path) {
    const ids = textsOf(call, value, path)
    return ids.length > 0 ? { triggerWorkflow: true, workflowIds: ids } : { triggerWorkflow: false }
  },
  otherwise: [],
}

/** The agent that takes over after a booking, behind a switch. */
export const bookingTransferField: ActionField = {
  name: 'transferToAgentId',
  keys: ['transferBot', 'transferAgent'],
  read: (details, reading) =>
    reading.flag(details, 'transferBot') === false ? null : reading.text(details, 'transferAgent'),
  write: (call, value, path) =>
    value === null ? { transferBot: false } : { transferBot: true, transferAgent: checkText(call, value, path) },
  otherwise: null,
}

/** Several calendars, which no schema has and live answers do; the first one goes where the single one is documented. */
export const calendarsField: ActionField = {
  name: 'calendars',
  keys: ['calendarIds'],
  read: (details, reading) =>
    reading.list(details, 'calendarIds', (raw) =>
      compact({ id: reading.id(raw), condition: reading.text(raw, 'triggerCondition') }),
    ),
  write(call, value, path) {
    const calendars = objectsOf(call, value, path).map(({ id, condition }, index) =>
      compact<Record<string, unknown>>({
        id: checkText(call, id, `${path}[${index}].id`),
        triggerCondition: checkOptionalText(call, condition, `${path}[${index}].condition`),
      }),
    )
    return { calendarIds: calendars, calendarId: calendars[0]?.['id'] }
  },
}

/** The vendor’s switch for handing over without an owner, the other way round. */
export const assignsField: ActionField = {
  name: 'assigns',
  keys: ['skipAssignToUser'],
  read(details, reading) {
    const skips = reading.flag(details, 'skipAssignToUser')
    return skips === undefined ? undefined : !skips
  },
  write: (call, value, path) => ({ skipAssignToUser: !flagOf(call, value, path) }),
}

/** Texts in the documents; objects with an id and a type in the editor's own answers. */
const exampleWords = ['add', 'update', 'delete'] as ('add' | 'update' | 'delete')[]

export const examplesField: ActionField = {
  name: 'examples',
  keys: ['contactUpdateExamples'],
  read: readExamples,
  write: (call, value, path) => ({
    contactUpdateExamples: objectsOf(call, value, path).map(({ id, text, change }, index) => {
      const said = checkText(call, text, `${path}[${index}].text`)
      const word = checkWord(call, wordOf(change) as 'add' | undefined, `${path}[${index}].change`, exampleWords)
      if (id === undefined && word === undefined) return said
      return compact<Record<string, unknown>>({ id, text: said, type: word && exampleChanges.wire[word] })
    }),
  }),
}

function readExamples(details: Raw, reading: Reading): ActionExample[] | undefined {
  const given = details['contactUpdateExamples']
  if (given === undefined || given === null) return undefined
  const wrapped = Array.isArray(given) ? given.map((each) => (typeof each === 'string' ? { text: each } : each)) : given
  return reading.list({ contactUpdateExamples: wrapped }, 'contactUpdateExamples', (raw) =>
    compact<ActionExample>({
      id: reading.text(raw, 'id') ?? undefined,
      text: reading.id(raw, 'text'),
      change: reading.term(raw, 'type', exampleChanges.map),
    }),
  )
}

export function objectsOf(call: Call, value: unknown, path: string): Raw[] {
  if (!Array.isArray(value) || !value.every(isRaw)) throw invalid(call, path, 'must be a list of objects')
  return value
}
