import type { Context } from 'hono'
import * as z from 'zod'
import { wrongRequest } from './access.ts'
import { inner } from './describe.ts'
import { type Env, Refusal } from './problems.ts'
import type { Route } from './route.ts'

/** The checked input of a request. */
interface RequestInput {
  params: Record<string, unknown>
  query: Record<string, unknown>
  body: unknown
}

/** Reads and checks what the requests of a route have. It throws InvalidRequestError that names each wrong field. */
export interface RequestReader {
  address(c: Context<Env>): Pick<RequestInput, 'params' | 'query'>
  /** Reads no more than the limit of the route, and nothing if the route takes no body. @throws Refusal 413, 415 */
  body(c: Context<Env>): Promise<unknown>
}

export function requestReader({ params, query, body, maxBody = usualBody }: Route): RequestReader {
  const [paramsSchema, querySchema] = [z.strictObject(params), z.strictObject(query)]
  return {
    address: (c) => ({
      params: checked(paramsSchema, c.req.param(), ''),
      query: checked(querySchema, queryOf(c, query), ''),
    }),
    body: async (c) => body && checked(body, await jsonOf(c, maxBody), 'body'),
  }
}

const usualBody = 256 * 1024

async function jsonOf(c: Context<Env>, limit: number): Promise<unknown> {
  const type = c.req.header('content-type') ?? ''
  // A form of another site could have any other type that browsers send unasked.
  if (!/^application\/json\s*(?:;|$)/i.test(type))
    throw new Refusal(415, 'unsupported-media-type', 'Send the body as application/json.')
  if (Number(c.req.header('content-length')) > limit) throw tooLarge(limit)
  const text = new TextDecoder().decode(await bytesOf(c.req.raw.body, limit))
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw wrongRequest({ path: 'body', problem: 'is not JSON' })
  }
  if (isDeeper(value, 50)) throw wrongRequest({ path: 'body', problem: 'is nested too deeply' })
  return value
}

/**
 * Reads a body up to its limit, and then stops. The stream is not cancelled, because that closes the connection on some servers
 * before the client has the answer.
 */
async function bytesOf(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array> {
  const reader = body?.getReader()
  const chunks: Uint8Array[] = []
  for (let size = 0; reader; ) {
    const { value } = await reader.read().catch(() => {
      throw wrongRequest({ path: 'body', problem: 'ended early' })
    })
    if (!value) break
    size += value.byteLength
    if (size > limit) throw tooLarge(limit)
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}

const tooLarge = (limit: number): Refusal => new Refusal(413, 'too-large', `The body has more than ${limit} bytes.`)

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
