import ky, { isNetworkError } from 'ky'
import { ConfigurationError, InvalidRequestError, ResponseError } from '../errors/kinds.ts'
import { notLoaded } from '../input/check.ts'
import { parseJson } from '../read/text.ts'
import { aborted } from './clock.ts'
import { at, BodyTooLarge, decided, type Parsed, requestIdOf, safeId } from './failure.ts'
import type { Query, RequestSpec } from './protocol.ts'
import type { Sending } from './settings.ts'
import type { TextStream } from './stream.ts'

/** The result of one try. If the caller aborts, there is no result: the signal's reason is thrown. */
export type Tried = { received: Received & { stream?: TextStream } } | { failed: unknown; timedOut: boolean }

/** One try of a request. */
export interface Try extends Content {
  url: string
  credential: string
  attempt: number
  /** How often the request was sent before, for any reason. */
  resends: number
  /** When the try began to wait for a slot in the vendor's limit. */
  entered: number
}

/** Sends a request once, within its time limits, and calls `onRequest`. */
export async function tryOnce(sending: Sending, request: Try): Promise<Tried> {
  const { settings, call, spec } = sending
  const { clock } = settings
  const method = spec.method ?? 'GET'
  // Loaded before the request is sent, because a response would be lost if loading failed later.
  const code = spec.expect === 'stream' ? import('./stream.ts') : undefined
  const loaded = await code?.catch((cause) => {
    throw notLoaded(call, { ...decided(sending, 'not-done'), cause })
  })
  const tracing = settings.onRequest && (await import('./trace.ts').catch(() => undefined))
  call.signal?.throwIfAborted()
  const controller = new AbortController()
  const giveUp = () => controller.abort(call.signal?.reason)
  call.signal?.addEventListener('abort', giveUp, { once: true })
  const started = clock.now()
  let timedOut = false
  let cancel = () => {}
  const allow = (most = spec.attemptTimeout ?? settings.attemptTimeout) => {
    cancel()
    cancel = clock.after(Math.min(most, call.deadline - clock.now()), () => {
      timedOut = true
      controller.abort()
    })
  }
  allow()
  let received: Received | undefined
  let failure: 'network' | 'response' | undefined
  const end = () => {
    cancel()
    call.signal?.removeEventListener('abort', giveUp)
    tracing?.trace(sending, request, { started, received, failure, timedOut, plainPath, safeId })
  }
  try {
    call.onRequest?.()
    const answer = exchange(
      { method, ...request },
      {
        fetch: settings.fetch,
        signal: controller.signal,
        maxBytes: settings.maxResponseBytes,
        binary: spec.expect === 'bytes',
        streaming: spec.expect === 'stream',
      },
    )
    // The deadline also applies to a `fetch` that ignores its signal.
    received = await Promise.race([answer, aborted(controller.signal)])
    if (!received.unread || !loaded) return { received }
    const { signal } = controller
    const streaming = { signal, allow, isLate: () => timedOut, end: () => controller.abort() }
    return { received: { ...received, stream: loaded.streamText(sending, received.unread, streaming) } }
  } catch (failed) {
    failure = failed instanceof BodyTooLarge ? 'response' : 'network'
    if (call.signal?.aborted) throw call.signal.reason
    return { failed, timedOut }
  } finally {
    // The request of a stream ends when the consumer stops reading or the deadline passes.
    if (received?.unread) controller.signal.addEventListener('abort', end, { once: true })
    else end()
  }
}

/** The headers and the body of a request. */
export interface Content {
  headers: HeaderFields
  body?: string | RawBody
}

/** Header names in lower case. A plain object, because the HTTP client copies it faster than `Headers`. */
type HeaderFields = Record<string, string>

/** A body that is sent unchanged. The platform sets its content type, except for bytes. */
type RawBody = FormData | URLSearchParams | Blob | Uint8Array

export const isRawBody = (body: unknown): body is RawBody =>
  body instanceof FormData || body instanceof URLSearchParams || body instanceof Blob || body instanceof Uint8Array

const anyContentType: ReadonlySet<RequestSpec['expect']> = new Set<RequestSpec['expect']>(['bytes', 'text', 'stream'])

/**
 * The headers and the body of a request. A later header replaces an earlier one in any spelling; those of the credential
 * come last.
 *
 * @throws ConfigurationError or InvalidRequestError for a value that cannot be sent. The platform's own error would quote
 * the value.
 */
export function contentOf(sending: Sending, credential: string): Content {
  const { call, spec } = sending
  const { protocol } = sending.settings
  const headers: HeaderFields = { accept: anyContentType.has(spec.expect) ? '*/*' : 'application/json' }
  const content: Content = { headers }
  if (isRawBody(spec.body)) content.body = spec.body
  else if (spec.body !== undefined) {
    headers['content-type'] = 'application/json'
    content.body = jsonOf(sending)
  }
  const own = { ...protocol.headers, ...spec.headers }
  add(headers, own)
  add(headers, protocol.authorize(credential))
  // The assignment of a header `__proto__` has no effect.
  if (canBeSent(headers) && !Object.hasOwn(own, '__proto__')) return content
  for (const [name, value] of Object.entries(own))
    if (!canBeSent({ [name]: value })) throw refused(sending, `the header ${name}`, `headers.${name}`)
  const message = `${at(call)}: the credential contains a character that a header cannot carry, such as a line break.`
  throw new ConfigurationError({ ...sending.context, message, ...decided(sending, 'not-done') })
}

function add(headers: HeaderFields, more: Readonly<Record<string, string>>): void {
  for (const name in more) headers[name.toLowerCase()] = String(more[name])
}

/**
 * Headers that describe the connection or the length of the body. The platform sets them itself: it drops, rejects or wrongly
 * sends those of a program (Fetch, "forbidden request-header"; undici). A plain object drops `__proto__`.
 */
const reserved =
  /^(?:connection|content-length|expect|host|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|__proto__)$/i

/** Whether a program may send a header of this name. */
export const isHeaderName = (name: string): boolean => /^[!#$%&'*+.^`|~\w-]+$/.test(name) && !reserved.test(name)

function canBeSent(headers: HeaderFields): boolean {
  const entries = Object.entries(headers)
  return entries.every(([name, value]) => isHeaderName(name) && isHeaderValue(value))
}

/**
 * Whether a value can be sent. The platform removes white space around it. It accepts control characters inside it and then
 * fails while sending, when it is no longer known whether anything was sent.
 */
const isHeaderValue = (value: string): boolean =>
  /^[ -~]*$/.test(value) || /^[\t -~\x80-\xff]*$/.test(value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, ''))

function jsonOf(sending: Sending): string {
  try {
    return JSON.stringify(sending.spec.body)
  } catch {
    throw refused(sending, 'the body, which is no JSON,', 'body')
  }
}

const refused = (sending: Sending, what: string, path: string): InvalidRequestError =>
  new InvalidRequestError({
    ...sending.context,
    message: `${at(sending.call)}: ${what} cannot be sent.`,
    fields: [{ path, problem: 'cannot be sent' }],
    ...decided(sending, 'not-done'),
  })

/** One HTTP request. */
interface Exchange {
  method: string
  url: string
  headers: HeaderFields
  body?: string | FormData | URLSearchParams | Blob | Uint8Array
}

export interface Received {
  status: number
  headers: Headers
  text: string
  bytes?: Uint8Array
  /** The body of a stream, which is read while it arrives. */
  unread?: ReadableStream<Uint8Array>
}

/**
 * Sends one request once. Only this function uses the HTTP client; its callers decide on retries, deadlines and errors.
 * Redirects are not followed here, so that the credential is not sent to another origin.
 */
async function exchange(
  request: Exchange,
  options: {
    fetch?: typeof fetch | undefined
    signal: AbortSignal
    maxBytes: number
    binary: boolean
    /** Whether to leave the body unread if the answer is successful and not JSON. */
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
      ...(body !== undefined && { body: body as BodyInit }),
      headers,
      ...(fetch && { fetch }),
      signal,
      redirect: 'manual',
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
    })
  } catch (error) {
    // The client's own error contains the request, with the credential in its headers and customers' text in its URL.
    throw isNetworkError(error) ? (error.cause ?? new Error('network error')) : error
  }
}

/**
 * A form as bytes. If a request with a `FormData` body is aborted before the body is read, Node.js raises an unhandled
 * rejection, which ends the program.
 */
async function encoded(given: HeaderFields, form: FormData): Promise<{ headers: HeaderFields; body: Uint8Array }> {
  const content = new Response(form)
  const headers = { ...given, 'content-type': content.headers.get('content-type') ?? 'multipart/form-data' }
  return { headers, body: new Uint8Array(await content.arrayBuffer()) }
}

export function parseAnswer(
  received: Extract<Tried, { received: unknown }>['received'],
  spec: RequestSpec,
  operation: string,
): Parsed {
  const { status, headers, text } = received
  const answer = { status, headers, operation, broken: false }
  if (status < 300) {
    if (spec.expect === 'bytes') return { ...answer, body: received.bytes }
    if (spec.expect === 'text') return { ...answer, body: text }
    if (received.stream) return { ...answer, body: received.stream }
  }
  if (text === '') return { ...answer, body: undefined }
  try {
    return { ...answer, body: parseJson(text) }
  } catch {
    return { ...answer, body: text, broken: spec.expect !== 'none' }
  }
}

/** The error of a 2xx whose body is not JSON: an HTML page from a proxy, or a truncated body. Does not quote the body. */
export const unreadableBody = (sending: Sending, answer: Parsed, credential: string): ResponseError => {
  const { settings, call, context } = sending
  const type = answer.headers.get('content-type')?.split(';', 1)[0]
  const html = type?.includes('html') || /^\s*</.test(String(answer.body))
  return new ResponseError({
    ...context,
    status: answer.status,
    requestId: requestIdOf(settings.protocol, answer, credential),
    // A write that was answered with a 2xx was most likely done, but the response does not prove it.
    ...decided(sending, 'unknown'),
    message: `${at(call)}: the response is ${html ? 'an HTML page' : 'not complete JSON'}, not what the API documents; HTTP ${answer.status}.`,
  })
}

/**
 * Reads the body as text, at most `limit` bytes.
 *
 * A `Content-Length` within the limit is trusted if the body is not compressed, because the HTTP client enforces it. Any
 * other body is counted while it arrives.
 */
export async function readText(response: Response, limit: number): Promise<string> {
  const declared = await declaredWithin(response, limit)
  return declared ? response.text() : new TextDecoder().decode(await counted(response, limit))
}

/** Reads the body as bytes, at most `limit` of them. */
export async function readBytes(response: Response, limit: number): Promise<Uint8Array> {
  await declaredWithin(response, limit)
  return counted(response, limit)
}

/** Whether the announced length of the body is within the limit. @throws BodyTooLarge if it is longer; nothing is read. */
async function declaredWithin(response: Response, limit: number): Promise<boolean> {
  const declared = response.headers.get('content-length')
  if (declared === null || response.headers.has('content-encoding')) return false
  if (Number(declared) > limit) {
    await response.body?.cancel()
    throw new BodyTooLarge()
  }
  return Number(declared) <= limit
}

async function counted(response: Response, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  if (!reader) return new Uint8Array()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      await reader.cancel()
      throw new BodyTooLarge()
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

/**
 * A path with its ids percent-encoded, each in braces: ``pathOf`/conversations/${id}/messages` ``. The braces are not sent.
 * They show a trace which parts of the path are ids, also after more is appended to it.
 *
 * @throws InvalidRequestError for an id that would lead to another path: an empty id leads to the list, and `..` leads one
 * level up, even if it is encoded.
 */
export function pathOf(parts: readonly string[], ...ids: string[]): string {
  let path = parts[0] as string
  for (const [index, id] of ids.entries()) {
    if (id === '' || id === '.' || id === '..') {
      const problem = 'must not be empty, "." or ".."'
      throw new InvalidRequestError({ message: `An id ${problem}.`, fields: [{ path: 'id', problem }] })
    }
    path += `{${encodePart(id)}}${parts[index + 1]}`
  }
  return path
}

/** A path as it is sent, without the braces of `pathOf`. */
export const plainPath = (path: string): string => path.replace(/[{}]/g, '')

/**
 * Percent-encodes a string. Half of a surrogate pair has no encoding and becomes U+FFFD, as in every other sent string.
 */
function encodePart(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
  }
}

/** The whole URL. An array repeats its key. A key with `null` or `undefined` is omitted. */
export function urlOf(base: string, path: string, query: Query | undefined): string {
  let url = base + plainPath(path)
  if (!query) return url
  let separator = url.includes('?') ? '&' : '?'
  for (const key in query) {
    const value = query[key]
    if (value === undefined || value === null) continue
    for (const single of Array.isArray(value) ? value : [value]) {
      url += `${separator}${encodePart(key)}=${encodePart(String(single))}`
      separator = '&'
    }
  }
  return url
}
