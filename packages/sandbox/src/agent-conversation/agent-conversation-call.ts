import type { Context, Hono } from 'hono'
import type { EmulatorContext } from '../kit/emulator.ts'
import type { WebhookSender } from '../kit/webhooks/webhook-sender.ts'
import { badRequest, forbidden, notFound } from './agent-conversation-errors.ts'
import { type AgentConversationSettings, shapedSettings } from './agent-conversation-settings.ts'
import type { State, StoredAgent, StoredConversation, StoredUser } from './agent-conversation-state.ts'

/** The running emulator, as its endpoints see it. */
export interface Desk {
  readonly app: Hono
  readonly organizationKey: string
  readonly settings: AgentConversationSettings
  readonly webhooks: WebhookSender
  readonly context: EmulatorContext
  /** Replaced as a whole by a reset, hence read anew by each call. */
  readonly state: State
}

/** One authenticated request. */
export interface Call {
  readonly c: Context
  readonly state: State
  readonly settings: AgentConversationSettings
  readonly webhooks: WebhookSender
  readonly context: EmulatorContext
  /** Where the emulator is reached, for the URLs that it hands out. */
  readonly origin: string
  /** A segment of the path. */
  path(name: string): string
  /** A query parameter; an empty one counts as absent. */
  query(name: string): string | undefined
  /** The body's JSON object; 400 when it is none. A missing body is an empty object, so that its fields are named. */
  body(): Promise<Readonly<Record<string, unknown>>>
}

/** A request with an agent's key, which also says whose data it sees. */
export interface AgentCall extends Call {
  readonly agent: StoredAgent
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
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

/** The conversation that the path names; another agent's is as unknown as none. */
export function conversationOf({ state, agent, path }: AgentCall): StoredConversation {
  const conversation = state.conversations.get(path('id'))
  if (conversation?.agentId !== agent.id) throw notFound()
  return conversation
}

/** Users belong to the organisation: every agent of it knows them. */
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
