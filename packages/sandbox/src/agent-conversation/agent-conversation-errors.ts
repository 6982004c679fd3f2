import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { AgentConversationSettings } from './agent-conversation-settings.ts'

/** A request that cannot be carried out; the details name the fields. */
export const badRequest = (...details: readonly string[]): HTTPException => new HTTPException(400, { cause: details })

export const forbidden = (): HTTPException => new HTTPException(403)

export const notFound = (): HTTPException => new HTTPException(404)

/** The documented bodies; anything that was not foreseen is the vendor's plain 500. */
export function errorResponse(c: Context, error: unknown, settings: AgentConversationSettings): Response {
  if (!(error instanceof HTTPException)) return c.json({ status: 500, message: 'Internal Server Error' }, 500)
  const details = Array.isArray(error.cause) ? error.cause : []
  switch (error.status) {
    case 400:
      return c.json(
        { status: settings.badRequestStatus, name: 'BAD_REQUEST', message: 'INVALID_REQUEST', details },
        400,
      )
    case 403:
      return c.json({ status: 403, name: 'FORBIDDEN_ERROR', message: 'INVALID_CREDENTIALS', details }, 403)
    case 404:
      return c.json({ status: 404, name: 'ENTITY_NOT_FOUND_ERROR', message: 'ENTITY_NOT_FOUND', details }, 404)
    default:
      return c.json({ status: error.status, message: 'Internal Server Error' }, error.status)
  }
}

/** What the framework behind the vendor says about a path that it does not serve. Not documented. */
export const unknownRoute = (c: Context): Response =>
  c.json({ message: `Cannot ${c.req.method} ${c.req.path}`, error: 'Not Found', statusCode: 404 }, 404)
