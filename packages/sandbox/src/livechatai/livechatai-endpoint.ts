import type { Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { EmulatorContext } from '../kit/emulator.ts'
import { badRequest, errorEnvelope, refusal } from './livechatai-errors.ts'
import { notFoundPage } from './livechatai-not-found-page.ts'
import type { LiveChatAISettings } from './livechatai-settings.ts'
import type { State } from './livechatai-state.ts'

/** The running emulator, as its endpoints see it. */
export interface Desk {
  readonly app: Hono
  readonly apiKey: string
  readonly settings: LiveChatAISettings
  readonly context: EmulatorContext
  /** Replaced as a whole by a reset, hence read anew by each call. */
  readonly state: State
}

/** One authenticated request. */
export interface Call {
  readonly state: State
  readonly settings: LiveChatAISettings
  readonly context: EmulatorContext
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal
  /** A query parameter; an empty one counts as absent. */
  query(name: string): string | undefined
  /** A segment of the path. */
  path(name: string): string
  /** The body's JSON object, whatever content type it claims; 400 when it is not one. */
  body(): Promise<Readonly<Record<string, unknown>>>
}

/** Gives a body to send as JSON, or a whole response. */
export type Handler = (call: Call) => object | Response | Promise<object | Response>

export type Method = 'GET' | 'POST' | 'DELETE'

/**
 * One path with what it does for each method. As in a Next.js app: a path without a route is an HTML page even for
 * a stranger, while a known path refuses a missing key before anything else, and an unknown method with an empty 405.
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

/** What a route that does not exist says. */
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
