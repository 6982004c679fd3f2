import type { Json } from '../leadconnector-json.ts'

export interface Reply {
  readonly status: number
  /** A JSON object gets a `traceId`; bytes and text go out as they are. */
  readonly body: Json | readonly unknown[] | string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

export const ok = (body: Reply['body']): Reply => ({ status: 200, body })
export const created = (body: Json): Reply => ({ status: 201, body })

/** The vendor answers 400 where others answer 404, and does not keep one order of keys. */
export const badRequest = (message: string): Reply => ({
  status: 400,
  body: { message, error: 'Bad Request', statusCode: 400 },
})

export const unauthorized = (message: string): Reply => ({
  status: 401,
  body: { statusCode: 401, message, error: 'Unauthorized' },
})

export const forbidden = (message: string): Reply => ({
  status: 403,
  body: { statusCode: 403, message, error: 'Forbidden' },
})

export const otherLocation = (): Reply => forbidden('The token does not have access to this location.')

export const notFound = (message: string): Reply => ({
  status: 404,
  body: { statusCode: 404, message, error: 'Not Found' },
})

export const conflict = (message: string): Reply => ({
  status: 409,
  body: { statusCode: 409, message, error: 'Conflict' },
})

/** What the vendor's validator says: one text per broken rule. */
export const invalid = (messages: readonly string[]): Reply => ({
  status: 422,
  body: { statusCode: 422, message: messages, error: 'Unprocessable Entity' },
})

export const serverError = (message: string): Reply => ({ status: 500, body: { statusCode: 500, message } })
