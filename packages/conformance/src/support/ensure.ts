import { cutText, type ErrorCode, isParleyError, type ParleyError } from '@parley/core'
import { Violation } from '../check.ts'

export function ensure(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Violation(sentence)
}

/** Fails unless every expected field matches; see `Expected`. */
export function ensureMatches(actual: unknown, expected: unknown, what: string): void {
  const found = differences(actual, expected)
  ensure(found.length === 0, `${what} is wrong: ${found.slice(0, 5).join('; ')}.`)
}

export function ensureSame(actual: readonly unknown[], expected: readonly unknown[], what: string): void {
  const [have, want] = [actual.map((item) => show(item)), expected.map((item) => show(item))]
  const at = want.findIndex((item, index) => item !== have[index])
  const place = at === -1 ? want.length : at
  ensure(
    have.length === want.length && at === -1,
    `${what}: ${have.length} instead of ${want.length}, first different at ${place}: ${have[place]} instead of ${want[place]}.`,
  )
}

/** Fails unless the work rejects with a `ParleyError` of this code, and returns the error. */
export async function ensureFails(work: PromiseLike<unknown>, code: ErrorCode, what: string): Promise<ParleyError> {
  const error = await failureOf(work)
  if (error === undefined) throw new Violation(`${what} succeeded instead of failing with "${code}".`)
  if (!isParleyError(error)) throw new Violation(`${what} failed with ${String(error)}, which is not a ParleyError.`)
  ensure(error.code === code, `${what} failed with "${error.code}" instead of "${code}": ${error.message}`)
  return error
}

/** The error that the work rejects with. `undefined`: it succeeds. */
export const failureOf = async (work: PromiseLike<unknown>): Promise<unknown> => {
  try {
    await work
    return undefined
  } catch (error) {
    return error ?? new Violation('It failed with no value.')
  }
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The paths at which a value differs from the expected one. Fields that the expectation omits are not compared. A field
 * that it has as `undefined` must be missing. Lists must have the same length.
 */
export function differences(actual: unknown, expected: unknown, path = ''): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path} is ${show(actual)} instead of a list`]
    if (actual.length !== expected.length)
      return [`${path} has ${actual.length} items instead of ${expected.length}: ${show(actual)}`]
    return expected.flatMap((item, index) => differences(actual[index], item, `${path}[${index}]`))
  }
  if (isFields(expected)) {
    if (!isFields(actual)) return [`${path} is ${show(actual)} instead of ${show(expected)}`]
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(actual[key], value, path ? `${path}.${key}` : key),
    )
  }
  return Object.is(actual, expected) ? [] : [`${path} is ${show(actual)} instead of ${show(expected)}`]
}

/**
 * The paths at which two readings of the same entity contradict each other. Only fields that both have are compared. The
 * vendor's word (`native`) and payload (`raw`) may differ between calls, one call may cut instants to whole seconds, and
 * `unknown` contradicts nothing.
 */
export function contradictions(one: unknown, other: unknown, path = ''): string[] {
  if (isFields(one) && isFields(other)) {
    const keys = Object.keys(one).filter((key) => key in other && key !== 'raw' && key !== 'native')
    return keys.flatMap((key) => contradictions(one[key], other[key], path ? `${path}.${key}` : key))
  }
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length)
    return one.flatMap((item, index) => contradictions(item, other[index], `${path}[${index}]`))
  return agree(one, other) ? [] : [`${path} is ${show(one)} and ${show(other)}`]
}

function agree(one: unknown, other: unknown): boolean {
  if (show(one) === show(other) || one === 'unknown' || other === 'unknown') return true
  if (typeof one !== 'string' || typeof other !== 'string' || !(one.endsWith('.000Z') || other.endsWith('.000Z')))
    return false
  return one.length === 24 && one.slice(0, 19) === other.slice(0, 19)
}

/** A value in one short line, for the message of a failed check. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 120 ? `${cutText(text, 120)}…` : text
}

/** The result of the work. `undefined`: the adapter threw an `unsupported` error, because the vendor lacks this. */
export async function orUnsupported<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    ensure(isParleyError(error) && error.code === 'unsupported', `It failed with ${String(error)}.`)
    return undefined
  }
}

/** Like `orUnsupported`, but the adapter may also refuse the input, because some vendors accept only some inputs. */
export async function orRefused<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    const isRefusal = isParleyError(error) && (error.code === 'unsupported' || error.code === 'invalid-request')
    ensure(isRefusal, `It failed with ${String(error)}.`)
    return undefined
  }
}
