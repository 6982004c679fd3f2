import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** The server's refusals are sentences in plain text. */
export const refusal = (status: ContentfulStatusCode, message: string): HTTPException =>
  new HTTPException(status, { message })

/** What the validation of a request finds (Zod, version 3). */
type Issue = Readonly<Record<string, unknown>>
type Path = readonly (string | number)[]

/** Finds what is wrong with a value. */
export type Rule = (value: unknown, path: Path) => Issue[]

const typeOf = (value: unknown): string => {
  if (value === undefined || value === null) return String(value)
  return Array.isArray(value) ? 'array' : typeof value === 'number' && Number.isNaN(value) ? 'nan' : typeof value
}

const wrongType = (expected: string, value: unknown, path: Path): Issue => {
  const received = typeOf(value)
  const message = received === 'undefined' ? 'Required' : `Expected ${expected}, received ${received}`
  return { code: 'invalid_type', expected, received, path, message }
}

const ofType =
  (expected: string): Rule =>
  (value, path) =>
    typeOf(value) === expected ? [] : [wrongType(expected, value, path)]

export const text: Rule = ofType('string')
export const flag: Rule = ofType('boolean')
export const object: Rule = ofType('object')
export const any: Rule = () => []

export const uuid: Rule = (value, path) => {
  const wrong = text(value, path)
  if (wrong.length > 0 || isUuid(String(value))) return wrong
  return [{ validation: 'uuid', code: 'invalid_string', message: 'Invalid uuid', path }]
}

const isUuid = (id: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)

export const whole =
  (least: number, most = Number.POSITIVE_INFINITY): Rule =>
  (value, path) => {
    const wrong = ofType('number')(value, path)
    if (wrong.length > 0) return wrong
    const number = value as number
    const size = { type: 'number', inclusive: true, exact: false, path }
    if (!Number.isInteger(number))
      return [{ ...wrongType('integer', 0.5, path), received: 'float', message: 'Expected integer, received float' }]
    if (number < least)
      return [
        { code: 'too_small', minimum: least, message: `Number must be greater than or equal to ${least}`, ...size },
      ]
    if (number > most)
      return [{ code: 'too_big', maximum: most, message: `Number must be less than or equal to ${most}`, ...size }]
    return []
  }

export const word =
  (...options: readonly string[]): Rule =>
  (value, path) => {
    const expected = options.map((option) => `'${option}'`).join(' | ')
    if (typeof value !== 'string') return [wrongType(expected, value, path)]
    if (options.includes(value)) return []
    const message = `Invalid enum value. Expected ${expected}, received '${value}'`
    return [{ received: value, code: 'invalid_enum_value', options, path, message }]
  }

export const listOf =
  (rule: Rule): Rule =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item: unknown, index) => rule(item, [...path, index]))
      : [wrongType('array', value, path)]

/** A value that is right by one of the rules. */
export const either =
  (...rules: readonly Rule[]): Rule =>
  (value, path) => {
    const found = rules.map((rule) => rule(value, path))
    if (found.some((issues) => issues.length === 0)) return []
    const unionErrors = found.map((issues) => ({ issues, name: 'ZodError' }))
    return [{ code: 'invalid_union', unionErrors, path, message: 'Invalid input' }]
  }

/** One value or a list of them. */
export const oneOrMore = (rule: Rule): Rule => either(listOf(rule), rule)

export const optional =
  (rule: Rule): Rule =>
  (value, path) =>
    value === undefined ? [] : rule(value, path)

/** May also be `null`. */
export const nullish =
  (rule: Rule): Rule =>
  (value, path) =>
    value === undefined || value === null ? [] : rule(value, path)

export const shape =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (value, path) => {
    const wrong = object(value, path)
    if (wrong.length > 0) return wrong
    const fields = value as Readonly<Record<string, unknown>>
    return Object.entries(rules).flatMap(([name, rule]) => rule(fields[name], [...path, name]))
  }

/** @throws the 400 of the server's validation. */
export function validate(rule: Rule, value: unknown): void {
  const issues = rule(value, [])
  if (issues.length === 0) return
  const res = Response.json({ success: false, error: { issues, name: 'ZodError' } }, { status: 400 })
  throw new HTTPException(400, { res })
}
