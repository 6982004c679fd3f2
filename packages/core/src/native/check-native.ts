import { invalid } from '../input/invalid.ts'
import { checkPlain } from '../input/plain.ts'
import { isRaw, type Raw } from '../read/reading.ts'
import type { Call } from '../transport/call.ts'
import { isRawBody } from '../transport/content.ts'
import type { NativeEndpoint, NativeGiven } from './endpoint.ts'
import { limitProblem } from './limit-problem.ts'

const parts = ['query', 'body'] as const
type Part = (typeof parts)[number]

/**
 * Refuses what the vendor documents as wrong.
 *
 * @returns what is given, to be read by name.
 * @throws InvalidRequestError naming the field and its limit.
 */
export function checkNative(
  call: Call,
  endpoint: NativeEndpoint,
  input: { query?: unknown; body?: unknown },
): NativeGiven {
  checkQuery(call, input.query)
  checkPlain(call, { query: input.query, ...(!isRawBody(input.body) && { body: input.body }) })
  if (endpoint.body === 'form' && !(input.body instanceof FormData)) throw invalid(call, 'body', 'must be a FormData')
  const given: NativeGiven = { query: fieldsOf(input.query), body: fieldsOf(input.body) }
  for (const part of parts) {
    for (const names of endpoint.required?.[part] ?? []) checkRequired(call, part, given, names.split(' | '))
    for (const [name, limit] of Object.entries(endpoint.limits ?? {})) {
      const value = given[part](name)
      const problem = limitProblem(part === 'query' ? asNumber(value) : value, limit)
      if (problem) throw invalid(call, `${part}.${name}`, problem)
    }
  }
  const problem = endpoint.check?.(given)
  if (problem) throw invalid(call, problem.path, problem.problem ?? 'is wrong')
  return given
}

function checkRequired(call: Call, part: Part, given: NativeGiven, names: string[]): void {
  if (!names.every((name) => isMissing(given[part](name)))) return
  const [name, ...others] = names
  throw invalid(call, `${part}.${name}`, ['is required', ...others].join(', or '))
}

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === ''

/** What is none of these would go out as `[object Object]`. */
function checkQuery(call: Call, query: unknown): void {
  if (query === undefined) return
  if (!isRaw(query)) throw invalid(call, 'query', 'must be an object')
  for (const [name, value] of Object.entries(query)) {
    const isGood = value === undefined || value === null || (Array.isArray(value) ? value : [value]).every(isPlain)
    if (!isGood) throw invalid(call, `query.${name}`, 'must be a string, a finite number, a boolean or a list of them')
  }
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)

/** Reads single fields of a query, a JSON body or a form. */
function fieldsOf(given: unknown): (name: string) => unknown {
  if (given instanceof FormData) {
    return (name) => {
      const values = given.getAll(name)
      return values.length > 1 ? values : values[0]
    }
  }
  return isRaw(given) ? (name) => valueAt(given, name) : () => undefined
}

/** `details.name` is the name inside `details`. */
const valueAt = (fields: Raw, name: string): unknown =>
  name
    .split('.')
    .reduce<unknown>((value, key) => (isRaw(value) && Object.hasOwn(value, key) ? value[key] : undefined), fields)

/** In a query a number may as well be written as a text. */
const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
