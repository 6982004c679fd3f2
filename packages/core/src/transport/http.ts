import ky, { isNetworkError } from 'ky'
import { readBytes, readText } from './body.ts'

/** One HTTP exchange, as it goes over the wire. */
export interface Exchange {
  method: string
  url: string
  headers: Headers
  body?: string | FormData | URLSearchParams | Blob | Uint8Array
}

export interface Received {
  status: number
  headers: Headers
  text: string
  bytes?: Uint8Array
  /** The body, where it is to be read as it comes. */
  unread?: ReadableStream<Uint8Array>
}

/**
 * Sends one request once. The only place that knows the HTTP client; retries, deadlines and errors are decided above.
 * Redirects are not followed here, so that no credential goes where it was not meant to go.
 */
export async function exchange(
  request: Exchange,
  options: {
    fetch?: typeof fetch | undefined
    signal: AbortSignal
    maxBytes: number
    binary: boolean
    /** Leaves a good answer that is not JSON unread. */
    streaming: boolean
  },
): Promise<Received> {
  const response = await fetched(request, options)
  const { status, headers } = response
  if (options.binary && status < 300)
    return { status, headers, text: '', bytes: await readBytes(response, options.maxBytes) }
  if (options.streaming && status < 300 && response.body && !isJson(headers))
    return { status, headers, text: '', unread: response.body }
  return { status, headers, text: await readText(response, options.maxBytes) }
}

const isJson = (headers: Headers): boolean => /[/+]json\s*(?:;|$)/i.test(headers.get('content-type') ?? '')

async function fetched(
  { method, url, ...content }: Exchange,
  { fetch, signal }: { fetch?: typeof globalThis.fetch | undefined; signal: AbortSignal },
): Promise<Response> {
  try {
    const { headers, body } = content.body instanceof FormData ? await encoded(content.headers, content.body) : content
    return await ky(url, {
      method,
      headers,
      ...(body !== undefined && { body: body as BodyInit }),
      ...(fetch && { fetch }),
      signal,
      redirect: 'manual',
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
    })
  } catch (error) {
    // The client's own error holds the request, with the credential in its headers and customers' words in its URL.
    throw isNetworkError(error) ? (error.cause ?? new Error('network error')) : error
  }
}

/**
 * A form as bytes. Of a form itself whose request is given up before it is read, Node.js makes an unhandled rejection,
 * which ends the program.
 */
async function encoded(given: Headers, form: FormData): Promise<{ headers: Headers; body: Uint8Array }> {
  const content = new Response(form)
  const headers = new Headers(given)
  headers.set('content-type', content.headers.get('content-type') ?? 'multipart/form-data')
  return { headers, body: new Uint8Array(await content.arrayBuffer()) }
}
