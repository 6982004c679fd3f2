import { isParleyError } from '../errors/parley-error.ts'
import type { Place } from '../transport/failure.ts'
import { isObject } from './fields.ts'
import { invalid } from './invalid.ts'

/**
 * Reads something of a value that a caller handed in. A getter or a proxy may throw whatever it likes.
 *
 * @throws InvalidRequestError that names `path`.
 */
export function readable<T>(call: Place, path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (isParleyError(error)) throw error
    throw invalid(call, path, 'cannot be read')
  }
}

/** Half of a surrogate pair. It has no UTF-8, and becomes another character on its way. */
const loneSurrogate = /\p{Surrogate}/u

/** Why a string cannot be sent as it is. `undefined`: it can. */
export const characterProblem = (text: string): string | undefined =>
  text.includes('\0') || loneSurrogate.test(text)
    ? 'must not contain a NUL character or half of a surrogate pair'
    : undefined

/**
 * Checked elsewhere: the options of vendors, and the name of a file, which is cleaned. The payload of an entity that an input
 * is made of is not sent.
 */
const others: ReadonlySet<string> = new Set(['vendor', 'raw', 'fileName'])

/** A walk through what is nested without end would use up the stack, and so would writing it as JSON. */
const deepest = 100

/**
 * Checks that what an input holds can be sent as it is. `JSON.stringify` leaves out functions and symbols, writes `null` for
 * `NaN` and for a gap in a list, and `{}` for a map: the vendor would be told something that the caller did not say. Bytes
 * are sent as bytes. Of an entity inside of an input only the id is used, which `checkId` checks.
 *
 * @param only the fields to look at. Default: all.
 * @throws InvalidRequestError that names the innermost place: `customFields.sizes[1]`.
 */
export function checkPlain(call: Place, input: object, only?: readonly string[]): void {
  for (const name of only ?? readable(call, 'input', () => Object.keys(input))) {
    if (others.has(name)) continue
    const value = readable(call, name, () => (input as Record<string, unknown>)[name])
    if (value !== undefined) checkValue(call, value, name, new Set())
  }
}

function checkValue(call: Place, value: unknown, path: string, around: Set<unknown>): void {
  if (around.has(value)) throw invalid(call, path, 'must not contain itself')
  if (around.size > deepest) throw invalid(call, path, `must not be nested more than ${deepest} deep`)
  const problem = readable(call, path, () => problemOf(value))
  if (problem !== undefined) throw invalid(call, path, problem)
  if (typeof value !== 'object' || value === null) return
  const inside = new Set([...around, value])
  for (const [step, read] of readable(call, path, () => membersOf(value))) {
    const member = readable(call, path + step, read)
    // In an object it is the same as a missing field.
    if (member !== undefined || step.startsWith('[')) checkValue(call, member, path + step, inside)
  }
}

function problemOf(value: unknown): string | undefined {
  if (typeof value === 'string') return characterProblem(value)
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'must be a finite number'
  if (value === null || typeof value === 'boolean' || Array.isArray(value) || isBytes(value)) return undefined
  const isPlain = isObject(value) && typeof value['toJSON'] !== 'function'
  return isPlain ? undefined : 'must be a string, a finite number, true, false, null, a list or a plain object'
}

const isBytes = (value: unknown): boolean => value instanceof Blob || value instanceof Uint8Array

/** What a list or an object holds that is sent: each place, and how to read it. */
function membersOf(value: object): [step: string, read: () => unknown][] {
  if (Array.isArray(value)) return Array.from(value, (_, index) => [`[${index}]`, () => value[index] as unknown])
  if (isBytes(value) || isEntity(value)) return []
  const names = Object.keys(value).filter((name) => name !== 'fileName')
  return names.map((name) => [`.${name}`, () => (value as Record<string, unknown>)[name]])
}

const isEntity = (value: { ref?: unknown; vendor?: unknown }): boolean =>
  typeof value.ref === 'string' && typeof value.vendor === 'string'
