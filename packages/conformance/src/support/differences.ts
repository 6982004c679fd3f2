import { show } from './show.ts'

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Where a value is not what is expected, with the path. Fields that the expectation does not have are free; one that it
 * has as `undefined` must be missing; lists must have the same length.
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
 * Where two readings of the same thing contradict each other: fields that both carry. What the vendor called it (`native`)
 * and what it sent (`raw`) may differ from call to call, one call may cut instants to whole seconds, and `unknown`
 * contradicts nothing.
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
