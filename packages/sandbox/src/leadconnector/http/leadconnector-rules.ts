import { isJson, type Json } from '../leadconnector-json.ts'

/** Says what is wrong with a value, in the words of the vendor's validator; nothing when all is well. */
export type Rule = (value: unknown, path: string) => readonly string[]

export interface Field {
  readonly rule: Rule
  readonly required: boolean
}

export type Shape = Readonly<Record<string, Field>>

export const needed = (rule: Rule): Field => ({ rule, required: true })
export const optional = (rule: Rule): Field => ({ rule, required: false })

/** Every broken rule of an object. Unknown keys are let through, as most endpoints do; null counts as left out. */
export function violations(shape: Shape, value: Json, prefix = ''): string[] {
  return Object.entries(shape).flatMap(([key, { rule, required }]) => {
    const path = prefix + key
    const field = value[key]
    if (field !== undefined && field !== '' && field !== null) return [...rule(field, path)]
    return required ? [`${path} should not be empty`, ...rule(field, path)] : []
  })
}

export const any: Rule = () => []

export const string: Rule = (value, path) => (typeof value === 'string' ? [] : [`${path} must be a string`])

export const boolean: Rule = (value, path) => (typeof value === 'boolean' ? [] : [`${path} must be a boolean value`])

export const number =
  (min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): Rule =>
  (value, path) => {
    if (typeof value !== 'number' || Number.isNaN(value)) {
      return [`${path} must be a number conforming to the specified constraints`]
    }
    if (value > max) return [`${path} must not be greater than ${max}`]
    return value < min ? [`${path} must not be less than ${min}`] : []
  }

export const length =
  (min: number, max: number): Rule =>
  (value, path) => {
    if (typeof value !== 'string') return [`${path} must be a string`]
    if (value.length < min) return [`${path} must be longer than or equal to ${min} characters`]
    return value.length > max ? [`${path} must be shorter than or equal to ${max} characters`] : []
  }

export const oneOf =
  (...values: readonly string[]): Rule =>
  (value, path) =>
    values.includes(value as string) ? [] : [`${path} must be one of the following values: ${values.join(', ')}`]

export const list =
  (item: Rule, min = 0, max = Number.POSITIVE_INFINITY): Rule =>
  (value, path) => {
    if (!Array.isArray(value)) return [`${path} must be an array`]
    if (value.length < min) return [`${path} must contain at least ${min} elements`]
    if (value.length > max) return [`${path} must contain no more than ${max} elements`]
    const broken = value.flatMap((entry) => item(entry, `each value in ${path}`))
    return [...new Set(broken)]
  }

/** A list of objects; its texts name the index. */
export const listOfObjects =
  (shape: Shape, min = 0, max = Number.POSITIVE_INFINITY): Rule =>
  (value, path) => {
    const broken = list(any, min, max)(value, path)
    if (broken.length > 0 || !Array.isArray(value)) return broken
    return value.flatMap((entry, index) => object(shape)(entry, `${path}.${index}`))
  }

export const object =
  (shape: Shape): Rule =>
  (value, path) =>
    isJson(value) ? violations(shape, value, `${path}.`) : [`${path} must be an object`]
