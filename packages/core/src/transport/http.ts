import ky from 'ky'
import { readBytes, readText } from './body.ts'

/** One HTTP exchange, as it goes over the wire. */
export interface Exchange {
  method: string
  url: string
  headers: Record<string, string>
  body?: string | FormData | Uint8Array
}

export interface Received {
  status: number
  headers: Headers
  text: string
  bytes?: Uint8Array
}

/**
 * Sends one request once. The only place that knows the HTTP client; retries, deadlines and errors are decided above.
 * Redirects are not followed here, so that no credential goes where it was not meant to go.
 */
export async function exchange(
  request: Exchange,
  options: { fetch?: typeof fetch | undefined; signal: AbortSignal; maxBytes: number; binary: boolean },
): Promise<Received> {
  const response = await ky(request.url, {
    method: request.method,
    headers: request.headers,
    ...(request.body !== undefined && { body: request.body as BodyInit }),
    ...(options.fetch && { fetch: options.fetch }),
    signal: options.signal,
    redirect: 'manual',
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
  })
  const { status, headers } = response
  if (options.binary && status < 300)
    return { status, headers, text: '', bytes: await readBytes(response, options.maxBytes) }
  return { status, headers, text: await readText(response, options.maxBytes) }
}

const neverSent: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** Whether a failed request certainly never reached the vendor: no connection was made. */
export function certainlyNotSent(error: unknown): boolean {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = (cause as { cause?: unknown }).cause) {
    if (neverSent.has((cause as { code?: unknown }).code)) return true
    const { errors } = cause as { errors?: unknown }
    if (Array.isArray(errors) && errors.length > 0) return errors.every(certainlyNotSent)
  }
  return false
}
