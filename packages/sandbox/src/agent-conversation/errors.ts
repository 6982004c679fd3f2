import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { AgentConversationSettings } from './settings.ts'

/** A 400. The details name the invalid fields. */
export const badRequest = (...details: readonly string[]): HTTPException => new HTTPException(400, { cause: details })

export const forbidden = (): HTTPException => new HTTPException(403)

export const notFound = (): HTTPException => new HTTPException(404)

/** Writes the documented error bodies. An unexpected error becomes the vendor's plain 500. */
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

/** The response of the vendor's web framework to an unknown path. It is not documented. */
export const unknownRoute = (c: Context): Response =>
  c.json({ message: `Cannot ${c.req.method} ${c.req.path}`, error: 'Not Found', statusCode: 404 }, 404)

type Body = Readonly<Record<string, unknown>>

interface TextRules {
  readonly required?: boolean
  readonly max?: number
}

/** Reads a body field by field and reports all invalid fields together. Null counts as missing. */
export interface Fields {
  text(name: string, rules?: TextRules): string | null
  choice<Word extends string>(name: string, words: readonly Word[], rules?: { required?: boolean }): Word | null
  /** `before` is the value when the field is missing. */
  flag(name: string, before?: boolean): boolean
  amount(name: string, rules?: { required?: boolean }): number | null
  /** A list of strings, which may be empty. */
  texts(name: string, rules?: { required?: boolean }): readonly string[] | null
  object(name: string): Readonly<Record<string, unknown>> | null
  /** A list of objects with these string fields. */
  records<Name extends string>(name: string, members: readonly Name[]): Record<Name, string>[]
  /** Adds an error of the caller. */
  refuse(detail: string): void
  /** Throws the 400 if any field was invalid. */
  check(): void
}

export function fieldsOf(body: Body): Fields {
  const details: string[] = []
  const missing = (name: string, required?: boolean) => {
    const isMissing = body[name] === undefined || body[name] === null
    if (isMissing && required) details.push(`${name} should not be empty`)
    return isMissing
  }
  const wrong = (detail: string): null => {
    details.push(detail)
    return null
  }
  return {
    text(name, { required = false, max } = {}) {
      if (missing(name, required)) return null
      const value = body[name]
      if (typeof value !== 'string') return wrong(`${name} must be a string`)
      if (required && value.trim() === '') return wrong(`${name} should not be empty`)
      if (max !== undefined && value.length > max) {
        return wrong(`${name} must be shorter than or equal to ${max} characters`)
      }
      return value
    },
    choice(name, words, { required = false } = {}) {
      if (missing(name, required)) return null
      const word = words.find((candidate) => candidate === body[name])
      return word ?? wrong(`${name} must be one of the following values: ${words.join(', ')}`)
    },
    flag(name, before = false) {
      if (missing(name)) return before
      if (typeof body[name] !== 'boolean') wrong(`${name} must be a boolean value`)
      return body[name] === true
    },
    amount(name, { required = false } = {}) {
      if (missing(name, required)) return null
      const value = body[name]
      return typeof value === 'number' && value >= 0 ? value : wrong(`${name} must be a number not less than 0`)
    },
    texts(name, { required = false } = {}) {
      if (missing(name, required)) return null
      const list = body[name]
      const isTexts = Array.isArray(list) && list.every((entry) => typeof entry === 'string')
      return isTexts ? list : wrong(`each value in ${name} must be a string`)
    },
    object(name) {
      if (missing(name)) return null
      const value = body[name]
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
      return isObject ? (value as Readonly<Record<string, unknown>>) : wrong(`${name} must be an object`)
    },
    records<Name extends string>(name: string, members: readonly Name[]) {
      if (missing(name)) return []
      const list = body[name]
      const isRecord = (entry: unknown): entry is Record<Name, string> =>
        typeof entry === 'object' &&
        entry !== null &&
        members.every((member) => typeof (entry as Record<string, unknown>)[member] === 'string')
      if (Array.isArray(list) && list.every(isRecord)) return list
      wrong(`each value in ${name} must have ${members.join(' and ')}`)
      return []
    },
    refuse: wrong,
    check() {
      if (details.length > 0) throw badRequest(...details)
    },
  }
}
