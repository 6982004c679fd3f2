import type { Context, Hono } from 'hono'
import type { EmulatorContext } from '../kit/emulator.ts'
import type { WebhookSender } from '../kit/webhooks.ts'
import { type Rule, refusal, shape, uuid, validate } from './errors.ts'
import type { LangGraphSettings } from './settings.ts'
import { graphName, type Json, type State, type StoredThread, systemAssistantId } from './state.ts'

/** The running emulator, as its endpoints see it. */
export interface Desk {
  readonly app: Hono
  readonly apiKey: string
  readonly settings: LangGraphSettings
  readonly webhooks: WebhookSender
  readonly context: EmulatorContext
  /** A reset replaces this object, so each call reads it again. */
  readonly state: State
}

/** One authenticated request. */
export interface Call extends Pick<Desk, 'settings' | 'webhooks' | 'context'> {
  readonly c: Context
  readonly state: State
  path(name: string): string
  query(name: string): string | undefined
  /** The JSON in the body. @throws a 400 with what is wrong. */
  body<Body = Json>(rule: Rule): Promise<Body>
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Handler = (call: Call) => Response | Promise<Response>

/** Parameters such as `:thread_id` are checked before anything else. Those of an assistant may be a graph's name. */
export function route(desk: Desk, method: Method, path: string, handler: Handler): void {
  const ids = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name as string).filter((name) => name !== 'assistant_id')
  const checked = shape(Object.fromEntries(ids.map((name) => [name, uuid])))
  desk.app.on(method, path, (c) => {
    if (desk.settings.auth === 'key' && c.req.header('x-api-key') !== desk.apiKey) throw refusal(401, 'Unauthorized')
    validate(checked, Object.fromEntries(ids.map((name) => [name, c.req.param(name)])))
    return handler(callOf(desk, c))
  })
}

const callOf = (desk: Desk, c: Context): Call => ({
  c,
  state: desk.state,
  settings: desk.settings,
  webhooks: desk.webhooks,
  context: desk.context,
  path: (name) => c.req.param(name) ?? '',
  query: (name) => c.req.query(name),
  async body<Body>(rule: Rule) {
    const value = readJson(await c.req.text())
    validate(rule, value)
    return value as Body
  },
})

function readJson(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw refusal(400, 'Malformed JSON in request body')
  }
}

/** The thread in the path. */
export function threadOf(call: Call): StoredThread {
  const id = call.path('thread_id')
  const thread = call.state.threads.get(id)
  if (!thread) throw refusal(404, `Thread with ID ${id} not found`)
  return thread
}

/** The name of a graph stands for the assistant that the server made for it, even after that was deleted. */
export const assistantIdOf = (name: string): string => (name === graphName ? systemAssistantId(name) : name)

/** Whether an object has all of these values, also inside of its own objects. */
export function contains(whole: unknown, part: unknown): boolean {
  if (whole === null || whole === undefined || part === null || part === undefined) return true
  return Object.entries(part).every(([key, value]) => {
    const own = (whole as Json)[key]
    if (own === null || own === undefined) return false
    return typeof value === 'object' && value !== null && typeof own === 'object' ? contains(own, value) : own === value
  })
}

/**
 * One page of a search. The whole number is right only on the first page, and the next offset is named only if the list
 * is exactly as long as the page, as in the server's own code (`api/threads.mjs` of `@langchain/langgraph-api`).
 */
export function page<Item>(call: Call, all: readonly Item[], body: Json, show: (item: Item) => Json): Response {
  const { limit = 10, offset = 0, select } = body as { limit?: number; offset?: number; select?: readonly string[] }
  const items = all.slice(offset, offset + limit)
  const next = offset + (items.length > 0 ? all.length : 0)
  const isNamed = items.length > 0 && all.length === body['limit']
  if (isNamed) call.c.header('x-pagination-next', String(next))
  call.c.header('x-pagination-total', String(isNamed ? next + 1 : next))
  const wanted = (item: Json) =>
    select ? Object.fromEntries(Object.entries(item).filter(([key]) => select.includes(key))) : item
  return call.c.json(items.map((item) => wanted(show(item))))
}
