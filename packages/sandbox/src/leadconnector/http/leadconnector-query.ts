import type { Json } from '../leadconnector-json.ts'
import { type Shape, violations } from './leadconnector-rules.ts'

/** A query string as the validator sees it: the named parameters as numbers, the rest as text. */
export function readQuery(query: Readonly<Record<string, string>>, numbers: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries(query).map(([key, value]) => [
      key,
      numbers.includes(key) && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value,
    ]),
  )
}

/** For endpoints that refuse what they do not know. */
export function strictViolations(shape: Shape, value: Json): string[] {
  const unknown = Object.keys(value).filter((key) => !(key in shape))
  return [...unknown.map((key) => `property ${key} should not exist`), ...violations(shape, value)]
}
