import type { Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { EmulatorContext } from '../kit/emulator.ts'
import { badRequest, errorEnvelope, notFound, refusal, requiredText, wholeNumber } from './errors.ts'
import type { LiveChatAISettings } from './settings.ts'
import type { Oddity, State, StoredAgent, StoredContact, StoredConversation, Teammate } from './state.ts'

/** The running emulator, as its endpoints see it. */
export interface Desk {
  readonly app: Hono
  readonly apiKey: string
  readonly settings: LiveChatAISettings
  readonly context: EmulatorContext
  /** A reset replaces this object, so each call reads it again. */
  readonly state: State
}

/** One authenticated request. */
export interface Call {
  readonly state: State
  readonly settings: LiveChatAISettings
  readonly context: EmulatorContext
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal
  /** A query parameter. An empty value counts as missing. */
  query(name: string): string | undefined
  /** A path parameter. */
  path(name: string): string
  /** The JSON object in the body, whatever the content type is. Throws a 400 for any other body. */
  body(): Promise<Readonly<Record<string, unknown>>>
}

/** Returns a body to send as JSON, or a whole response. */
type Handler = (call: Call) => object | Response | Promise<object | Response>

type Method = 'GET' | 'POST' | 'DELETE'

/**
 * A path with its handler for each method. It behaves like a Next.js app: a path without a route returns an HTML page,
 * even without a key. A known path first refuses a missing key, then an unknown method with an empty 405.
 */
export function endpoint(desk: Desk, path: string, handlers: Partial<Record<Method, Handler>>): void {
  desk.app.all(`/api/v2${path}`, async (c) => {
    const handler = handlers[(c.req.method === 'HEAD' ? 'GET' : c.req.method) as Method]
    if (!handler) return c.body(null, 405, { allow: Object.keys(handlers).join(', ') })
    try {
      authorize(desk, c)
      const answer = await handler(callOf(desk, c))
      return answer instanceof Response ? answer : c.json(answer)
    } catch (error) {
      if (!(error instanceof HTTPException)) throw error
      const status = desk.settings.errorStatus === 'ok' ? 200 : error.status
      return c.json(errorEnvelope(error.status, error.message), status)
    }
  })
}

/** The response of a route that does not exist. */
export const unknownRoute = (): Response =>
  new Response(notFoundPage, { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } })

function authorize(desk: Desk, c: Context): void {
  const { permission } = desk.settings
  if (c.req.header('authorization') !== `Bearer ${desk.apiKey}`) throw refusal(401, 'No valid API key provided')
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (permission === 'none' || (permission === 'read' && !reads)) {
    throw refusal(403, "The API key doesn't have permission to perform the request")
  }
}

function callOf(desk: Desk, c: Context): Call {
  return {
    state: desk.state,
    settings: desk.settings,
    context: desk.context,
    get signal() {
      return c.req.raw.signal
    },
    query: (name) => c.req.query(name) || undefined,
    path: (name) => c.req.param(name) ?? '',
    body: async () => readObject(await c.req.text()),
  }
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw badRequest('The request body is not valid JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('The request body must be a JSON object')
  }
  return value as Record<string, unknown>
}

/** The vendor's app is a Next.js app, so an unknown path returns an HTML page instead of JSON. */
const notFoundPage = `<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><meta name="viewport" content="width=device-width"/><title>404: This page could not be found</title><meta name="next-head-count" content="3"/><noscript data-n-css=""></noscript><script defer="" src="/_next/static/chunks/webpack.js"></script><script defer="" src="/_next/static/chunks/pages/_error.js"></script></head><body><div id="__next"><div style="height:100vh;text-align:center;display:flex;flex-direction:column;align-items:center;justify-content:center"><div><h1 class="next-error-h1">404</h1><div style="display:inline-block"><h2>This page could not be found.</h2></div></div></div></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"statusCode":404}},"page":"/_error","query":{},"isFallback":false}</script></body></html>`

/** One page of a list. */
interface Slice<T> {
  readonly items: readonly T[]
  readonly page: number
  readonly size: number
  readonly total: number
  readonly pages: number
}

/**
 * The page that a request selects. The parameter for the size is `perPage`, `limit` or `pageSize`. The maximum is 100.
 */
export function slice<T>(call: Call, all: readonly T[], sizeName: string, defaultSize: number): Slice<T> {
  const page = wholeNumber('page', call.query('page'), { min: 1, byDefault: 1 })
  const size = wholeNumber(sizeName, call.query(sizeName), { min: 1, max: 100, byDefault: defaultSize })
  const pages = Math.ceil(all.length / size)
  if (page > Math.max(pages, 1) && call.settings.pastLastPage === 'notFound') throw notFound('Page')
  return { items: all.slice((page - 1) * size, page * size), page, size, total: all.length, pages }
}

const previousPage = (slice: Slice<unknown>): number | null => (slice.page > 1 ? slice.page - 1 : null)
const nextPage = (slice: Slice<unknown>): number | null => (slice.page < slice.pages ? slice.page + 1 : null)

/** `conversations/list`, `conversations/list-views`, `contacts/list-conversations`. */
export const meta = (slice: Slice<unknown>): object => ({
  total: slice.total,
  perPage: slice.size,
  currentPage: slice.page,
  totalPages: slice.pages,
})

/** `agents/list`, `contacts/list`, `data-sources/list`: two fields beside the list. */
export const pages = (slice: Slice<unknown>): object => ({
  totalCount: slice.total,
  pages: {
    page: slice.page,
    perPage: slice.size,
    totalPages: slice.pages,
    hasPrevious: previousPage(slice) !== null,
    hasNext: nextPage(slice) !== null,
    previous: previousPage(slice),
    next: nextPage(slice),
  },
})

/** `ai-suggestions/list`. */
export const pagination = (slice: Slice<unknown>): object => ({
  page: slice.page,
  limit: slice.size,
  totalCount: slice.total,
  totalPages: slice.pages,
  hasNextPage: nextPage(slice) !== null,
  hasPreviousPage: previousPage(slice) !== null,
})

/** `analytics/csat`. */
export const metadata = (slice: Slice<unknown>): object => ({
  totalItemCount: slice.total,
  totalPageCount: slice.pages,
  currentPage: slice.page,
  prev: previousPage(slice),
  next: nextPage(slice),
  pageSize: slice.size,
})

/**
 * The AI agent in `agentId` of a query or body. Throws a 400 without an id and a 404 for an unknown agent or one of
 * another workspace.
 */
export function agentOf(call: Call, agentId: unknown): StoredAgent {
  const agent = call.state.agents.get(requiredText('agentId', agentId))
  if (!agent) throw notFound('Agent')
  return agent
}

export function contactById(call: Call, id: string, agentId?: string): StoredContact {
  const contact = call.state.contacts.get(id)
  if (!contact || (agentId !== undefined && contact.agentId !== agentId)) throw notFound('Contact')
  return contact
}

export function conversationById(call: Call, id: string, agentId?: string): StoredConversation {
  const conversation = call.state.conversations.get(id)
  if (!conversation || (agentId !== undefined && conversation.agentId !== agentId)) throw notFound('Conversation')
  return conversation
}

export function teammateById(call: Call, id: string): Teammate {
  const teammate = call.state.teammates.get(id)
  if (!teammate) throw notFound('User')
  return teammate
}

/**
 * Words that no page of the reference has. They replace every open enum if the setting asks for odd values everywhere.
 */
export const neverSeen = {
  conversation: { integrationType: 'TELEGRAM_BOT' },
  message: { role: 'moderator', type: 'CAROUSEL' },
  citation: { type: 'CONFLUENCE' },
  dataSource: { source: 'CONFLUENCE', status: 'QUEUED_FOR_REVIEW' },
  reply: { sender: 'SUPERVISOR', type: 'CAROUSEL' },
  suggestion: { evaluationTag: 'TOO_LONG' },
} as const satisfies Record<string, Oddity>

/** The fields of a response, with its own oddity and the undocumented words, as the setting says. */
export function withOddities(
  settings: LiveChatAISettings,
  plain: Oddity,
  kind: keyof typeof neverSeen,
  own: Oddity = {},
): Oddity {
  if (settings.oddValues === 'none') return plain
  return settings.oddValues === 'some' ? { ...plain, ...own } : { ...plain, ...own, ...neverSeen[kind] }
}
