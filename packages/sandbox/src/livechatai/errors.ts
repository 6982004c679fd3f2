import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { LiveChatAISettings } from './settings.ts'

/** The introduction shows `{ status, message, code }` but lists no codes. These words are made up. */
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

interface ErrorEnvelope {
  readonly status: 'error'
  readonly message: string
  readonly code: string
}

export const errorEnvelope = (status: number, message: string): ErrorEnvelope => ({
  status: 'error',
  message,
  code: codes[status] ?? 'INTERNAL_SERVER_ERROR',
})

/** Readers of client input. Each takes the parameter's name for its error. */

export function requiredText(name: string, value: unknown): string {
  const text = optionalText(name, value)
  if (text === undefined || text.trim() === '') throw badRequest(`${name} is required`)
  return text
}

/** Null counts as missing. The reference does not describe null. */
export function optionalText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw badRequest(`${name} must be a string`)
  return value
}

export function optionalFlag(name: string, value: unknown): boolean | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'boolean') throw badRequest(`${name} must be a boolean`)
  return value
}

export function requiredFlag(name: string, value: unknown): boolean {
  const flag = optionalFlag(name, value)
  if (flag === undefined) throw badRequest(`${name} is required`)
  return flag
}

export function optionalWord<const Word extends string>(
  name: string,
  value: unknown,
  words: readonly Word[],
): Word | undefined {
  const text = optionalText(name, value)
  if (text === undefined) return undefined
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw badRequest(`${name} must be one of: ${words.join(', ')}`)
  return word
}

export function requiredWord<const Word extends string>(name: string, value: unknown, words: readonly Word[]): Word {
  const word = optionalWord(name, requiredText(name, value), words)
  if (word === undefined) throw badRequest(`${name} is required`)
  return word
}

/** A whole number from a query string, within limits. A missing parameter gives the default. */
export function wholeNumber(
  name: string,
  value: string | undefined,
  limits: { readonly min: number; readonly max?: number; readonly byDefault: number },
): number {
  if (value === undefined) return limits.byDefault
  const number = Number(value)
  if (!/^-?\d+$/.test(value) || !Number.isSafeInteger(number)) throw badRequest(`${name} must be an integer`)
  if (number < limits.min) throw badRequest(`${name} must be at least ${limits.min}`)
  if (limits.max !== undefined && number > limits.max) throw badRequest(`${name} must be at most ${limits.max}`)
  return number
}

/**
 * The response to a send or reply when the workspace's messages are used up, otherwise null. No page gives its status.
 */
export function overQuota({ overQuota: status }: LiveChatAISettings): Response | null {
  if (status === null) return null
  return Response.json(errorEnvelope(402, 'The monthly message quota of this workspace is used up'), { status })
}
