import {
  type ActionExample,
  type Call,
  checkOptionalText,
  checkText,
  checkWord,
  compact,
  invalid,
  isRecord,
  type Payload,
  type PayloadReader,
  type TermMap,
} from '@parley/core'
import { type DurationUnit, durationOf, readDuration } from '../read/agent.ts'
import { exampleChanges } from '../vocabulary.ts'

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
    // It is switched on without a readable time, so the end of the pause is not known.
    return afterMs === undefined ? undefined : { afterMs }
  },
  write(call, value, path) {
    if (!isRecord(value)) throw invalid(call, path, 'must be an object')
    const { afterMs } = value as { afterMs?: unknown }
    // Some validators require the duration even if the reactivation is switched off.
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
    const ids = checkStrings(call, value, path)
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

/** Several calendars. No schema has them, but live answers do. The first one is also sent in the documented field. */
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

/** The inverse of the vendor’s switch for handing over without an owner. */
export const assignsField: ActionField = {
  name: 'assigns',
  keys: ['skipAssignToUser'],
  read(details, reading) {
    const skips = reading.flag(details, 'skipAssignToUser')
    return skips === undefined ? undefined : !skips
  },
  write: (call, value, path) => ({ skipAssignToUser: !flagOf(call, value, path) }),
}

/** Examples are strings in the documentation, and objects with an id and a type in the editor's own answers. */
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

function readExamples(details: Payload, reading: PayloadReader): ActionExample[] | undefined {
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

export function objectsOf(call: Call, value: unknown, path: string): Payload[] {
  if (!Array.isArray(value) || !value.every(isRecord)) throw invalid(call, path, 'must be a list of objects')
  return value
}

/** One field of an action: its keys in the vendor's `details`, and how it is written and read. */
export interface ActionField {
  name: string
  /** The keys of `details` that belong to the field. */
  keys: readonly string[]
  read(details: Payload, reading: PayloadReader): unknown
  /** A key whose value is `undefined` is removed. @throws InvalidRequestError */
  write(call: Call, value: unknown, path: string): Record<string, unknown>
  /** Whether the vendor requires the field. */
  required?: boolean
  /** The value for a new action if the input omits the field. */
  otherwise?: unknown
}

interface Demands {
  required?: boolean
  /** The least number of elements of a list. */
  atLeast?: number
  /** Whether the model always has the field. */
  always?: boolean
  otherwise?: unknown
}

/** The requirements of a field, besides the checks of its value. */
const demandsOf = ({ required, otherwise }: Demands): Pick<ActionField, 'required' | 'otherwise'> => ({
  ...(required && { required }),
  ...(otherwise !== undefined && { otherwise }),
})

export const textField = (name: string, key: string, demands: Demands = {}): ActionField => ({
  name,
  keys: [key],
  read: (details, reading) => reading.text(details, key),
  write: (call, value, path) => {
    const text = checkOptionalText(call, value, path)
    if (demands.required && !text?.trim()) throw invalid(call, path, 'must be a non-empty string')
    return { [key]: text }
  },
  ...demandsOf(demands),
})

/** An id. `null`: the vendor sends none. */
export const idField = (name: string, key: string): ActionField => {
  const field = textField(name, key, { required: true })
  return { ...field, read: (details, reading) => reading.text(details, key) ?? null }
}

export const textsField = (name: string, key: string, demands: Demands = {}): ActionField => ({
  name,
  keys: [key],
  read: (details, reading) => reading.texts(details, key) ?? (demands.always ? [] : undefined),
  write: (call, value, path) => ({ [key]: checkStrings(call, value, path, demands.atLeast) }),
  ...demandsOf(demands),
})

export function checkStrings(call: Call, value: unknown, path: string, atLeast = 0): string[] {
  if (!Array.isArray(value) || value.some((each) => typeof each !== 'string' || each.trim() === ''))
    throw invalid(call, path, 'must be a list of non-empty strings')
  if (value.length < atLeast) throw invalid(call, path, `must have at least ${atLeast} items`)
  return value
}

export const flagField = (name: string, key: string, demands: Demands = {}): ActionField => ({
  name,
  keys: [key],
  read: (details, reading) => reading.flag(details, key),
  write: (call, value, path) => ({ [key]: flagOf(call, value, path) }),
  ...demandsOf(demands),
})

/** The word of a value, which may be a term that was read before. An object without a value counts as empty. */
export const wordOf = (value: unknown): unknown => (isRecord(value) ? (value['value'] ?? '') : value)

export function flagOf(call: Call, value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw invalid(call, path, 'must be true or false')
  return value
}

/** A word of a closed set. @param wire the vendor's word for each of our words. */
export const wordField = <Value extends string>(
  name: string,
  key: string,
  map: TermMap<Value>,
  wire: Readonly<Record<Value, string>>,
): ActionField => ({
  name,
  keys: [key],
  read: (details, reading) => reading.term(details, key, map),
  write: (call, value, path) => {
    const word = checkWord(call, value as Value, path, Object.keys(wire) as Value[])
    if (word === undefined) throw invalid(call, path, 'is required')
    return { [key]: wire[word] }
  },
  required: true,
})
