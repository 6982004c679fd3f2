import * as z from 'zod/mini'
import { isRecord, readTimestamp } from '../read/reading.ts'
import type { Channel, EntityKind, JsonObject, JsonValue, Ref, Term, Timestamp } from './entity.ts'
import { parseRef, type RefParts } from './ref.ts'

// What the schemas of the models are made of. They check our own format, not what vendors send: readers do that, and
// tolerantly. Every message says what is wanted and never what came, which may be a customer's words.

type Identical<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : 'schema and interface differ'

/**
 * Lets a schema through whose output and the hand-written interface are one and the same type: no field more or less,
 * none optional in one of them only. Anything else does not compile.
 */
export const schemaOf =
  <Model>() =>
  <Schema extends z.ZodMiniType>(
    schema: Schema & (Identical<z.output<Schema>, Model> extends true ? unknown : never),
  ): z.ZodMiniType<Model> =>
    schema as unknown as z.ZodMiniType<Model>

/** An object of exactly these fields. */
export const object = <Shape extends z.core.$ZodShape>(
  shape: Shape,
): z.ZodMiniObject<z.core.util.Writeable<Shape>, z.core.$strict> =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has fields that the model does not have: ${issue.keys.join(', ')}`
        : 'must be an object',
  })

/** A field that may be missing; `undefined` is not missing. */
export const optional = <Schema extends z.ZodMiniType>(schema: Schema): z.ZodMiniExactOptional<Schema> =>
  z.exactOptional(schema)

/** A field that may be missing, or `null` when the vendor says that there is none. */
export const maybe = <Schema extends z.ZodMiniType>(
  schema: Schema,
): z.ZodMiniExactOptional<z.ZodMiniNullable<Schema>> => z.exactOptional(z.nullable(schema))

export const list = <Schema extends z.ZodMiniType>(schema: Schema): z.ZodMiniArray<Schema> =>
  z.array(schema, 'must be a list')

export const text: z.ZodMiniType<string> = z.string('must be a string')
export const filled: z.ZodMiniType<string> = z
  .string('must be a non-empty string')
  .check(z.minLength(1, 'must be a non-empty string'))
export const number: z.ZodMiniType<number> = z.number('must be a finite number')
export const flag: z.ZodMiniType<boolean> = z.boolean('must be true or false')
export const native: z.ZodMiniType<Term<string>['native']> = z.union(
  [z.string(), z.number(), z.boolean(), z.null()],
  'must be a string, a finite number, true, false or null',
)

export const timestamp: z.ZodMiniType<Timestamp> = z
  .string('must be a string')
  .check(
    z.refine(
      (value) => value.length === 24 && readTimestamp(value) === value,
      'must look like 2026-01-15T10:30:00.000Z',
    ),
  )

/** One of a closed set of words. */
export const oneOf = <const Word extends string>(...words: Word[]): z.ZodMiniType<Word> =>
  z.enum(words, `must be one of ${words.join(', ')}`) as unknown as z.ZodMiniType<Word>

/** A vendor's word beside one of these, or `unknown`. */
export const term = <const Value extends string>(...values: Value[]): z.ZodMiniType<Term<Value>> =>
  object({ value: oneOf<Value | 'unknown'>(...values, 'unknown'), native }) as unknown as z.ZodMiniType<Term<Value>>

export const refOf = (kind: EntityKind): z.ZodMiniType<Ref> =>
  z.string('must be a string').check(z.refine((value) => partsOf(value)?.kind === kind, `must be the ref of a ${kind}`))

function partsOf(ref: string): RefParts | undefined {
  try {
    return parseRef(ref)
  } catch {
    return undefined
  }
}

export const vendor: z.ZodMiniType<string> = z
  .string('must be a string')
  .check(z.regex(/^[a-z\d]+(?:-[a-z\d]+)*$/, 'must be a lower-case name, such as my-vendor'))

/** What every entity starts with; `refMatches` checks its ref. `raw` is the vendor's and passes through. */
export const entity: {
  ref: z.ZodMiniType<Ref>
  vendor: z.ZodMiniType<string>
  account: z.ZodMiniType<string>
  id: z.ZodMiniType<string>
  raw: z.ZodMiniExactOptional<z.ZodMiniUnknown>
} = { ref: text, vendor, account: filled, id: filled, raw: z.exactOptional(z.unknown()) }

/** The check that an entity's ref is made of its own vendor, account, kind and id. */
export const refMatches = (
  kind: EntityKind,
): z.core.$ZodCheck<{ ref: string; vendor: string; account: string; id: string }> =>
  z.refine(
    ({ ref, ...given }) => {
      const parts = partsOf(ref)
      return (
        parts?.kind === kind &&
        parts.vendor === given.vendor &&
        parts.account === given.account &&
        parts.id === given.id
      )
    },
    { path: ['ref'], error: 'must match vendor, account, kind and id' },
  )

/** One of several objects, told apart by their `kind`. Says what is wrong with the fields of that kind. */
export const byKind = <Model extends { kind: string }>(
  schemas: {
    readonly [Kind in Model['kind']]: z.ZodMiniType<Extract<Model, { kind: Kind }>>
  },
): z.ZodMiniType<Model> => {
  const kinds = Object.keys(schemas)
  return z.custom<Model>().check((given) => {
    const { value } = given
    if (!isRecord(value)) return void given.issues.push({ code: 'custom', input: value, message: 'must be an object' })
    if (!kinds.includes(value.kind)) {
      const message = `must be one of ${kinds.join(', ')}`
      return void given.issues.push({ code: 'custom', input: value, path: ['kind'], message })
    }
    const schema: z.ZodMiniType = schemas[value.kind as Model['kind']]
    for (const { message, path } of schema.safeParse(value).error?.issues ?? [])
      given.issues.push({ code: 'custom', input: value, message, path: [...path] })
  })
}

export const jsonValue: z.ZodMiniType<JsonValue> = z.custom<JsonValue>(isJson, 'must be JSON')
export const jsonObject: z.ZodMiniType<JsonObject> = z.custom<JsonObject>(
  (value) => isRecord(value) && isJson(value),
  'must be a JSON object',
)

/** Whether `JSON.parse(JSON.stringify(value))` changes nothing. */
function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isJson)
  if (!isRecord(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isJson)
}

export const channelSchema: z.ZodMiniType<Term<Channel>> = term(
  'sms',
  'email',
  'whatsapp',
  'messenger',
  'instagram',
  'tiktok',
  'google',
  'slack',
  'teams',
  'web',
  'voice',
  'api',
  'internal',
  'system',
)
