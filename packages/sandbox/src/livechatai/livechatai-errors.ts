import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** The introduction shows `{ status, message, code }` but lists no codes; these words are ours. */
const codes: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  402: 'QUOTA_EXCEEDED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  429: 'TOO_MANY_REQUESTS',
}

export const refusal = (status: ContentfulStatusCode, message: string): HTTPException =>
  new HTTPException(status, { message })

export const badRequest = (message: string): HTTPException => refusal(400, message)

export const notFound = (what: string): HTTPException => refusal(404, `${what} not found`)

export interface ErrorEnvelope {
  readonly status: 'error'
  readonly message: string
  readonly code: string
}

export const errorEnvelope = (status: number, message: string): ErrorEnvelope => ({
  status: 'error',
  message,
  code: codes[status] ?? 'INTERNAL_SERVER_ERROR',
})
