import type { MiddlewareHandler } from 'hono'

/** One request as it arrived, safe to print: no header values, and credentials masked. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string | readonly string[]>>
  /** Lower case, in the order in which they arrived. */
  readonly headerNames: readonly string[]
  /** JSON and forms read, other text as it is, null when there was none. */
  readonly body: unknown
  /** Null while it is being answered, or when no answer was sent. */
  status: number | null
}

const secret = /secret|token|password|authorization|api_?key/i
const longest = 100_000
/** A server that runs for days must not keep everything. */
const most = 10_000

export function createRequestLog(): { requests: RecordedRequest[]; middleware: MiddlewareHandler } {
  const requests: RecordedRequest[] = []
  const middleware: MiddlewareHandler = async (c, next) => {
    const query = Object.fromEntries(
      Object.entries(c.req.queries()).map(([name, values]) => {
        const shown = values.map((value) => (secret.test(name) ? '***' : value))
        return [name, shown.length === 1 ? (shown[0] ?? '') : shown]
      }),
    )
    const record: RecordedRequest = {
      method: c.req.method,
      path: c.req.path,
      query,
      headerNames: [...c.req.raw.headers.keys()],
      body: await readBody(c.req.raw),
      status: null,
    }
    requests.push(record)
    if (requests.length > most) requests.shift()
    await next()
    // A connection that hung or broke off was handled past Hono, which then knows no status.
    if (!c.res.headers.has('x-hono-already-sent')) record.status = c.res.status
  }
  return { requests, middleware }
}

/** Reads a copy, so that the emulator still finds the body. */
async function readBody(request: Request): Promise<unknown> {
  if (request.method === 'GET' || request.method === 'HEAD' || !request.body) return null
  // Without the half of a character that the cut may leave.
  const text = (await request.clone().text()).slice(0, longest).replace(/[\ud800-\udbff]$/, '')
  if (text === '') return null
  if (request.headers.get('content-type')?.includes('x-www-form-urlencoded')) {
    return mask(Object.fromEntries(new URLSearchParams(text)))
  }
  try {
    return mask(JSON.parse(text))
  } catch {
    return text
  }
}

function mask(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mask)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      secret.test(key) && typeof member === 'string' ? '***' : mask(member),
    ]),
  )
}
