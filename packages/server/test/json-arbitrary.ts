import fc from 'fast-check'

export type Schema = Readonly<Record<string, unknown>>

/**
 * Values of a JSON schema, as the description of the server has them: valid ones mostly, and some that are of another type, too
 * long or have fields too many.
 */
export function valuesOf(
  schema: Schema,
  components: Readonly<Record<string, Schema>>,
  known: readonly string[],
): fc.Arbitrary<unknown> {
  const right = rightValues(schema, components, known)
  return fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: wrong })
}

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', '\u0000', '%', '\ud800', '2026-01-15T10:30:00.000Z', '2026-13-45', '__proto__', "'; --"),
)

const wrong: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  text,
  fc.constant('x'.repeat(3000)),
  fc.constantFrom(null, -1, 1e308, 0.5, [], {}, [[]], true),
)

function rightValues(
  schema: Schema,
  components: Readonly<Record<string, Schema>>,
  known: readonly string[],
): fc.Arbitrary<unknown> {
  const inner = (one: unknown) => valuesOf((one ?? {}) as Schema, components, known)
  const {
    $ref,
    anyOf,
    oneOf,
    enum: words,
    const: only,
    type,
    items,
    properties,
    required = [],
    maxLength = 40,
  } = schema
  if (typeof $ref === 'string') return inner(components[$ref.split('/').at(-1) as string])
  const choices = (anyOf ?? oneOf) as unknown[] | undefined
  if (choices) return fc.oneof(...choices.map(inner))
  if (words) return fc.constantFrom(...(words as unknown[]))
  if ('const' in schema) return fc.constant(only)
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => inner({ ...schema, type: one })))
  if (type === 'array') return fc.array(inner(items), { maxLength: 3 })
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (type === 'integer' || type === 'number') return fc.integer({ min: Number(schema['minimum'] ?? 0), max: 1000 })
  if (type === 'object') {
    const shape = Object.entries((properties ?? {}) as Record<string, unknown>).map(([name, one]) => [name, inner(one)])
    const all = Object.fromEntries(shape) as Record<string, fc.Arbitrary<unknown>>
    return fc.record(all, { requiredKeys: (required as string[]).filter((name) => name in all) })
  }
  if (type !== 'string') return fc.jsonValue({ maxDepth: 1 })
  const long = Number(maxLength)
  return fc.oneof(
    fc.constantFrom(...known),
    text,
    text.map((value) => value.slice(0, long)),
  )
}
