import type { Context } from 'hono'
import { isJson, type Json } from './records.ts'
import type { LocationState, State, TokenRecord } from './state.ts'

/** A request that passed all checks of the gate. */
export interface Call {
  readonly state: State
  readonly token: TokenRecord
  readonly now: number
  /** The time of the emulator's clock, and the host that the client called, which links use. */
  readonly origin: string
  readonly version: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** All values of a repeated query parameter. */
  readonly all: (name: string) => readonly string[]
  readonly body: Json
  readonly form: FormData | null
}

/** A call with the location of its token. */
export interface LocationCall extends Call {
  readonly location: LocationState
}

export type Family = 'conversation-ai' | 'conversations' | 'contacts' | 'users' | 'knowledge-bases' | 'oauth' | 'files'

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly family: Family
  /** Null: every token of the location may call it. */
  readonly scope: string | null
  /** The path exists in one edition only and returns 404 in the other. */
  readonly only?: 'v3' | 'date'
}

export interface LocationEndpoint extends Route {
  readonly tenant?: 'location'
  /** The agent search is the only endpoint that must not receive a `locationId`. */
  readonly ignoresLocationId?: boolean
  /** Live sends were seen without rate limit headers. */
  readonly isSend?: boolean
  readonly handle: (call: LocationCall) => Reply | Promise<Reply>
}

export interface CompanyEndpoint extends Route {
  readonly tenant: 'company'
  readonly handle: (call: Call) => Reply | Promise<Reply>
}

export type Endpoint = LocationEndpoint | CompanyEndpoint

export interface Reply {
  readonly status: number
  /** A JSON object gets a `traceId`. Bytes and strings are sent unchanged. */
  readonly body: Json | readonly unknown[] | string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

export const ok = (body: Reply['body']): Reply => ({ status: 200, body })
export const created = (body: Json): Reply => ({ status: 201, body })

/** The vendor returns 400 where other APIs return 404, and the order of the keys varies. */
export const badRequest = (message: string): Reply => ({
  status: 400,
  body: { message, error: 'Bad Request', statusCode: 400 },
})

export const unauthorized = (message: string): Reply => ({
  status: 401,
  body: { statusCode: 401, message, error: 'Unauthorized' },
})

export const forbidden = (message: string): Reply => ({
  status: 403,
  body: { statusCode: 403, message, error: 'Forbidden' },
})

export const otherLocation = (): Reply => forbidden('The token does not have access to this location.')

export const notFound = (message: string): Reply => ({
  status: 404,
  body: { statusCode: 404, message, error: 'Not Found' },
})

export const conflict = (message: string): Reply => ({
  status: 409,
  body: { statusCode: 409, message, error: 'Conflict' },
})

/** The validator's error: one string per broken rule. */
export const invalid = (messages: readonly string[]): Reply => ({
  status: 422,
  body: { statusCode: 422, message: messages, error: 'Unprocessable Entity' },
})

export const serverError = (message: string): Reply => ({ status: 500, body: { statusCode: 500, message } })

/** Returns the vendor's validator messages for a value. An empty list means a valid value. */
export type Rule = (value: unknown, path: string) => readonly string[]

interface Field {
  readonly rule: Rule
  readonly required: boolean
}

export type Shape = Readonly<Record<string, Field>>

export const needed = (rule: Rule): Field => ({ rule, required: true })
export const optional = (rule: Rule): Field => ({ rule, required: false })

/** All broken rules of an object. Unknown keys are allowed, as in most endpoints. Null counts as missing. */
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

/** A list of objects. Its messages include the index. */
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

/** A query string as the validator sees it: the named parameters are numbers, the others are strings. */
export function readQuery(query: Readonly<Record<string, string>>, numbers: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries(query).map(([key, value]) => [
      key,
      numbers.includes(key) && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value,
    ]),
  )
}

/** For endpoints that refuse unknown keys. */
export function strictViolations(shape: Shape, value: Json): string[] {
  const unknown = Object.keys(value).filter((key) => !(key in shape))
  return [...unknown.map((key) => `property ${key} should not exist`), ...violations(shape, value)]
}

export interface ReadBody {
  readonly body: Json
  readonly form: FormData | null
}

/** Reads a body by its content type. A form becomes an object of its text fields. */
export async function readBody(c: Context): Promise<ReadBody | { refusal: Reply }> {
  const type = c.req.header('content-type') ?? ''
  if (type.includes('form')) {
    const form = await c.req.formData().catch(() => null)
    if (!form) return { refusal: badRequest('Unexpected end of form') }
    return { body: Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')), form }
  }
  const text = await c.req.text()
  if (text.trim() === '') return { body: {}, form: null }
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? { body: value, form: null } : { refusal: badRequest('Request body must be an object') }
  } catch (error) {
    return { refusal: badRequest(error instanceof Error ? error.message : 'Unexpected token in JSON') }
  }
}
