import type { Context } from 'hono'
import * as z from 'zod'
import { wrongRequest } from './access.ts'
import { inner } from './describe.ts'
import { type Env, Refusal } from './problems.ts'
import type { Route } from './route.ts'

/** The checked input of a request. */
export interface RequestInput {
  params: Record<string, unknown>
  query: Record<string, unknown>
  body: unknown
}

/** Reads and checks what the requests of a route have. It throws InvalidRequestError that names each wrong field, and Refusal 415. */
export function requestReader({ params, query, body }: Route): (c: Context<Env>) => Promise<RequestInput> {
  const [paramsSchema, querySchema] = [z.strictObject(params), z.strictObject(query)]
  return async (c) => ({
    params: checked(paramsSchema, c.req.param(), ''),
    query: checked(querySchema, queryOf(c, query), ''),
    body: body && checked(body, await jsonOf(c), 'body'),
  })
}

async function jsonOf(c: Context<Env>): Promise<unknown> {
  const type = c.req.header('content-type') ?? ''
  // A form of another site could have any other type that browsers send unasked.
  if (!/^application\/json\s*(?:;|$)/i.test(type))
    throw new Refusal(415, 'unsupported-media-type', 'Send the body as application/json.')
  const text = await c.req.text()
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw wrongRequest({ path: 'body', problem: 'is not JSON' })
  }
  if (isDeeper(value, 50)) throw wrongRequest({ path: 'body', problem: 'is nested too deeply' })
  return value
}

const isDeeper = (value: unknown, depth: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth === 0 || Object.values(value).some((item) => isDeeper(item, depth - 1)))

/** The parameters of the query string, in the types of their schemas. A list is one parameter for each of its items. */
function queryOf(c: Context<Env>, shape: Route['query']): Record<string, unknown> {
  const given = c.req.queries()
  return Object.fromEntries(
    Object.entries(given).map(([name, values]) => {
      const type = Object.hasOwn(shape, name) ? inner(shape[name] as z.ZodType)._zod.def.type : undefined
      return [name, values.length === 1 && type !== 'array' ? typed(values[0] as string, type) : values]
    }),
  )
}

function typed(value: string, type: string | undefined): unknown {
  if (type === 'boolean' && /^(?:true|false)$/.test(value)) return value === 'true'
  if (type === 'number' && /^-?\d{1,15}$/.test(value)) return Number(value)
  return value
}

function checked(schema: z.ZodType, value: unknown, root: string): Record<string, unknown> {
  const result = schema.safeParse(value)
  if (result.success) return result.data as Record<string, unknown>
  throw wrongRequest(
    ...result.error.issues.slice(0, 20).map((issue) => ({
      path: [root, ...issue.path.map(String)].filter(Boolean).join('.') || 'query',
      problem: problemOf(issue),
    })),
  )
}

/** The message of the schema. Those of zod quote no value. */
const problemOf = ({ message }: z.core.$ZodIssue): string => message.charAt(0).toLowerCase() + message.slice(1)
