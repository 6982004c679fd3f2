import { invalid } from '../input/check.ts'
import { isRaw, type Raw } from '../read/reading.ts'
import type { Call } from '../transport/call.ts'
import type { FieldLimit, NativeEndpoint, NativeGiven } from './endpoint.ts'

const parts = ['query', 'body'] as const
type Part = (typeof parts)[number]

/** Refuses what the vendor documents as wrong. @throws InvalidRequestError naming the field and its limit. */
export function checkNative(call: Call, endpoint: NativeEndpoint, input: { query?: unknown; body?: unknown }): void {
  const given: NativeGiven = {
    query: fieldsOf(call, 'query', input.query),
    body: fieldsOf(call, 'body', input.body),
  }
  for (const part of parts) {
    for (const names of endpoint.required?.[part] ?? []) checkRequired(call, part, given, names.split(' | '))
    for (const [name, limit] of Object.entries(endpoint.limits ?? {}))
      checkField(call, `${part}.${name}`, given[part](name), limit)
  }
  const problem = endpoint.check?.(given)
  if (problem) throw invalid(call, problem.path, problem.problem ?? 'is wrong')
}

function checkRequired(call: Call, part: Part, given: NativeGiven, names: string[]): void {
  if (!names.every((name) => isMissing(given[part](name)))) return
  const [name, ...others] = names
  throw invalid(call, `${part}.${name}`, ['is required', ...others].join(', or '))
}

/** Reads single fields of a query, a JSON body or a form. @throws InvalidRequestError for a part that holds none. */
function fieldsOf(call: Call, part: Part, given: unknown): (name: string) => unknown {
  if (given === undefined || given === null) return () => undefined
  if (given instanceof FormData) return (name) => given.get(name)
  if (part === 'body' && !isRaw(given)) return () => undefined
  if (!isRaw(given)) throw invalid(call, part, 'must be an object')
  return (name) => valueAt(given, name)
}

/** `details.name` is the name inside `details`. */
const valueAt = (fields: Raw, name: string): unknown =>
  name
    .split('.')
    .reduce<unknown>((value, key) => (isRaw(value) && Object.hasOwn(value, key) ? value[key] : undefined), fields)

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === ''

function checkField(call: Call, path: string, value: unknown, limit: FieldLimit): void {
  // In a query a number may as well be written as a text.
  const amount = typeof value === 'string' ? Number(value) : value
  if (typeof amount === 'number') {
    if (limit.max !== undefined && !(amount <= limit.max)) throw invalid(call, path, `must be at most ${limit.max}`)
    if (limit.min !== undefined && !(amount >= limit.min)) throw invalid(call, path, `must be at least ${limit.min}`)
  }
  if (typeof value === 'string') {
    const { maxLength, minLength } = limit
    const length = maxLength !== undefined || minLength !== undefined ? [...value].length : 0
    if (maxLength !== undefined && length > maxLength)
      throw invalid(call, path, `must have at most ${maxLength} characters`)
    if (minLength !== undefined && length < minLength)
      throw invalid(call, path, `must have at least ${minLength} characters`)
  }
  if (Array.isArray(value) && limit.maxItems !== undefined && value.length > limit.maxItems)
    throw invalid(call, path, `must have at most ${limit.maxItems} elements`)
}
