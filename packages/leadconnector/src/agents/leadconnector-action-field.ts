import {
  type Call,
  checkOptionalText,
  checkWord,
  invalid,
  isRaw,
  type Raw,
  type Reading,
  type TermMap,
} from '@parley/core'

/** One field of an action: where it lies in the vendor's `details`, and how it goes there and back. */
export interface ActionField {
  name: string
  /** The keys of `details` that it takes up. */
  keys: readonly string[]
  read(details: Raw, reading: Reading): unknown
  /** A key with `undefined` is taken away. @throws InvalidRequestError */
  write(call: Call, value: unknown, path: string): Record<string, unknown>
  /** The vendor demands it. */
  required?: boolean
  /** What a new action has when nothing is said. */
  otherwise?: unknown
}

interface Demands {
  required?: boolean
  /** Elements of a list. */
  atLeast?: number
  /** The model always has it. */
  always?: boolean
  otherwise?: unknown
}

/** What is said about demands besides the checks of a value. */
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

/** An id, which is `null` where the vendor sends none. */
export const idField = (name: string, key: string): ActionField => {
  const field = textField(name, key, { required: true })
  return { ...field, read: (details, reading) => reading.text(details, key) ?? null }
}

export const textsField = (name: string, key: string, demands: Demands = {}): ActionField => ({
  name,
  keys: [key],
  read: (details, reading) => reading.texts(details, key) ?? (demands.always ? [] : undefined),
  write: (call, value, path) => ({ [key]: textsOf(call, value, path, demands.atLeast) }),
  ...demandsOf(demands),
})

export function textsOf(call: Call, value: unknown, path: string, atLeast = 0): string[] {
  if (!Array.isArray(value) || value.some((each) => typeof each !== 'string' || each.trim() === ''))
    throw invalid(call, path, 'must be a list of non-empty strings')
  if (value.length < atLeast) throw invalid(call, path, `must have at least ${atLeast} elements`)
  return value
}

export const flagField = (name: string, key: string, demands: Demands = {}): ActionField => ({
  name,
  keys: [key],
  read: (details, reading) => reading.flag(details, key),
  write: (call, value, path) => ({ [key]: flagOf(call, value, path) }),
  ...demandsOf(demands),
})

/** What was read may be written back with its term. An object without a value is no word. */
export const wordOf = (value: unknown): unknown => (isRaw(value) ? (value['value'] ?? '') : value)

export function flagOf(call: Call, value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw invalid(call, path, 'must be true or false')
  return value
}

/** A word of a closed set. @param wire the vendor's word for each of ours. */
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
