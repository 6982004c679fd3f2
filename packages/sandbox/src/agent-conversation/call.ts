import type { Context, Hono } from 'hono'
import { parseInstant } from '../kit/clock.ts'
import type { EmulatorContext } from '../kit/emulator.ts'
import type { WebhookSender } from '../kit/webhooks.ts'
import { badRequest, forbidden, notFound } from './errors.ts'
import { type AgentConversationSettings, shapedSettings } from './settings.ts'
import type { State, StoredAgent, StoredConversation, StoredUser } from './state.ts'

/** The running emulator, as its endpoints see it. */
export interface Desk {
  readonly app: Hono
  readonly organizationKey: string
  readonly settings: AgentConversationSettings
  readonly webhooks: WebhookSender
  readonly context: EmulatorContext
  /** A reset replaces this object, so each call reads it again. */
  readonly state: State
}

/** One authenticated request. */
export interface Call {
  readonly c: Context
  readonly state: State
  readonly settings: AgentConversationSettings
  readonly webhooks: WebhookSender
  readonly context: EmulatorContext
  /** The emulator's origin, for the URLs in its responses. */
  readonly origin: string
  /** A path parameter. */
  path(name: string): string
  /** A query parameter. An empty value counts as missing. */
  query(name: string): string | undefined
  /**
   * The JSON object in the body. Throws a 400 for any other body. A missing body reads as an empty object, so that the
   * error names the missing fields.
   */
  body(): Promise<Readonly<Record<string, unknown>>>
}

/** A request with an agent's key. The key also selects the agent whose data is visible. */
export interface AgentCall extends Call {
  readonly agent: StoredAgent
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Handler<C> = (call: C) => Response | Promise<Response>

export function agentRoute(desk: Desk, method: Method, path: string, handler: Handler<AgentCall>): void {
  desk.app.on(method, `/external${path}`, (c) => {
    const { authHeader, authPrefix } = desk.settings
    const given = c.req.header(authHeader)
    const agent = [...desk.state.agents.values()].find(
      ({ apiKey, isApiSkillEnabled }) => isApiSkillEnabled && given === `${authPrefix}${apiKey}`,
    )
    if (!agent) throw forbidden()
    return handler({ ...callOf(desk, c), agent })
  })
}

export function organizationRoute(desk: Desk, method: Method, path: string, handler: Handler<Call>): void {
  desk.app.on(method, `/external${path}`, (c) => {
    if (c.req.header('Organization-Secret-Key') !== desk.organizationKey) throw forbidden()
    return handler(callOf(desk, c))
  })
}

/** The conversation in the path. A conversation of another agent is a 404, like an unknown one. */
export function conversationOf({ state, agent, path }: AgentCall): StoredConversation {
  const conversation = state.conversations.get(path('id'))
  if (conversation?.agentId !== agent.id) throw notFound()
  return conversation
}

/** The user in the path. Users belong to the organization, so every agent of it can see them. */
export function userOf({ state, path }: Call): StoredUser {
  const user = state.users.get(path('id'))
  if (!user) throw notFound()
  return user
}

function callOf(desk: Desk, c: Context): Call {
  return {
    c,
    state: desk.state,
    settings: shapedSettings(desk.settings),
    webhooks: desk.webhooks,
    context: desk.context,
    origin: new URL(c.req.url).origin,
    path: (name) => c.req.param(name) ?? '',
    query: (name) => c.req.query(name) || undefined,
    body: async () => readObject(await c.req.text()),
  }
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw badRequest('the body is not valid JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('the body must be a JSON object')
  }
  return value as Record<string, unknown>
}

interface Page<Item> {
  readonly currentPage: number
  readonly pageSize: number
  readonly totalItems: number
  readonly totalPages: number
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly data: readonly Item[]
}

/** The page that the query selects from a filtered and sorted list. */
export function pageOf<Stored, Item>(call: Call, list: readonly Stored[], show: (item: Stored) => Item): Page<Item> {
  const { pageSizeDefault, pageSizeMax, pastLastPage } = call.settings
  const asked = positive(call, 'page') ?? 1
  const pageSize = Math.min(positive(call, 'pageSize') ?? pageSizeDefault, pageSizeMax)
  const totalPages = Math.ceil(list.length / pageSize)
  const repeats = pastLastPage === 'repeat' && asked >= totalPages && totalPages > 0
  const shown = repeats ? totalPages : asked
  return {
    currentPage: asked,
    pageSize,
    totalItems: list.length,
    totalPages,
    hasNextPage: repeats || asked < totalPages,
    hasPreviousPage: asked > 1,
    data: list.slice((shown - 1) * pageSize, shown * pageSize).map(show),
  }
}

export function choiceQuery<Word extends string>(call: Call, name: string, words: readonly Word[]): Word | undefined {
  const value = call.query(name)
  if (value === undefined) return undefined
  const word = words.find((candidate) => candidate === value)
  if (!word) throw badRequest(`${name} must be one of the following values: ${words.join(', ')}`)
  return word
}

export function dateQuery(call: Call, name: string): number | undefined {
  const value = call.query(name)
  if (value === undefined) return undefined
  const at = parseInstant(value)
  if (Number.isNaN(at)) throw badRequest(`${name} must be a valid ISO 8601 date string`)
  return at
}

function positive(call: Call, name: string): number | undefined {
  const value = call.query(name)
  if (value === undefined) return undefined
  if (!/^[1-9]\d{0,8}$/.test(value)) throw badRequest(`${name} must not be less than 1`)
  return Number(value)
}
