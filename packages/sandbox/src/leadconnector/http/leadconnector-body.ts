import type { Context } from 'hono'
import { isJson, type Json } from '../leadconnector-json.ts'
import { badRequest, type Reply } from './leadconnector-reply.ts'

export interface ReadBody {
  readonly body: Json
  readonly form: FormData | null
}

/** Reads what was sent by its type: a form becomes an object of its text fields. */
export async function readBody(c: Context): Promise<ReadBody | { refusal: Reply }> {
  const type = c.req.header('content-type') ?? ''
  if (type.includes('form')) {
    const form = await c.req.formData().catch(() => null)
    if (!form) return { refusal: badRequest('Unexpected end of form') }
    return { body: Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')), form }
  }
  const text = await c.req.text()
  if (text.trim() === '') return { body: {}, form: null }
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? { body: value, form: null } : { refusal: badRequest('Request body must be an object') }
  } catch (error) {
    return { refusal: badRequest(error instanceof Error ? error.message : 'Unexpected token in JSON') }
  }
}
