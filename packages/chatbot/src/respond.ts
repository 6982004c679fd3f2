import {
  type Adapter,
  type Answer,
  type AttachmentInput,
  ConfigurationError,
  type ErrorCode,
  InvalidRequestError,
  isParleyError,
  isRecord,
  type ParleyError,
  type SendOptions,
  type Source,
  supports,
  tryParseJson,
  type Visitor,
} from '@parley/core'
import type { Chatbot, ChatbotInput } from './chatbot.ts'
import type { ChatPart } from './hand-off.ts'
import type { Time } from './memory.ts'
import { sourcePart } from './ui-message.ts'

/** A request that is longer is not read to its end. */
const maxBytes = 4 * 1024 * 1024
/** Between two signs of life while the agent writes nothing, in milliseconds: proxies end connections that are silent for 30 s. */
const keepAliveMs = 15_000

/** Each file is at least one request of the vendor. */
const mostFiles = 10

interface Responder {
  agent: Adapter
  timeOf(options: SendOptions): Time<SendOptions>
  /** @param wantsControl whether the last part has to say who answers next. */
  stream(visitor: Visitor, input: ChatbotInput, options: SendOptions, wantsControl: boolean): AsyncIterable<ChatPart>
  report(error: unknown): void
}

/** Answers a browser. See `Chatbot.respond`. */
export function responderOf({ agent, stream, timeOf, report }: Responder): Chatbot['respond'] {
  return async (visitor, body, { format = 'ui', ...options } = {}) => {
    try {
      if (format !== 'ui' && format !== 'text') throw optionError('format', 'must be ui or text')
      // Loaded before anything is sent, because without it nothing could be answered.
      const sdk = format === 'ui' ? await loadSdk() : undefined
      const time = timeOf(options)
      const reading = new AbortController()
      const input = await time.wait(() => inputOf(body, reading.signal)).finally(() => reading.abort())
      const parts = await begin((own) => stream(visitor, input, own, sdk !== undefined), time.options())
      return sdk ? uiResponse(sdk, parts) : textResponse(parts)
    } catch (error) {
      report(error)
      if (!isParleyError(error)) throw error
      return problemOf(error)
    }
  }

  function uiResponse(sdk: Sdk, parts: AsyncIterable<ChatPart>): Response {
    const chunks = sdk.createUIMessageStream({
      onError: (error) => {
        report(error)
        return sentenceFor(error)
      },
      async execute({ writer }) {
        writer.write({ type: 'start' })
        let hasText = false
        let hasSources = false
        const write = (text: string) => {
          if (!hasText) writer.write({ type: 'text-start', id: 'text' })
          hasText = true
          writer.write({ type: 'text-delta', id: 'text', delta: text })
        }
        const cite = (sources: readonly Source[]) => {
          hasSources ||= sources.length > 0
          for (const source of sources) writer.write(sourcePart(source))
        }
        let isFinished = false
        for await (const part of parts) {
          if (part.type === 'text' && part.text) write(part.text)
          if (part.type === 'sources') cite(part.sources)
          if (part.type !== 'finish') continue
          isFinished = true
          const { answer } = part
          if (!hasText && answer.text) write(answer.text)
          if (hasText) writer.write({ type: 'text-end', id: 'text' })
          if (!hasSources) cite(await sourcesOf(answer))
          const { holder, until } = part.control ?? {}
          if (holder === 'operator') writer.write({ type: 'data-handOff', data: { holder, ...(until && { until }) } })
          writer.write({ type: 'data-outcome', data: { outcome: answer.outcome } })
          writer.write({ type: 'finish', finishReason: answer.outcome === 'failed' ? 'error' : 'stop' })
        }
        if (!isFinished) writer.write({ type: 'abort' })
      },
    })
    return sdk.createUIMessageStreamResponse({ stream: chunks, keepAliveMs })
  }

  /** The sources of an answer, fetched where the vendor keeps them apart. An answer without its sources is still an answer. */
  async function sourcesOf({ sources, sourcesState, message }: Answer): Promise<readonly Source[]> {
    if (sourcesState !== 'fetchable' || message === null || !supports(agent, 'sources.list')) return sources
    return agent.sources.list(message).then(
      ({ items }) => items,
      (error: unknown) => {
        report(error)
        return []
      },
    )
  }

  function textResponse(parts: AsyncIterable<ChatPart>): Response {
    let isGone = false
    const texts = new ReadableStream<Uint8Array>({
      start(controller) {
        const encoder = new TextEncoder()
        const write = async () => {
          let hasText = false
          for await (const part of parts) {
            const text = part.type === 'text' ? part.text : part.type === 'finish' && !hasText ? part.answer.text : null
            if (!text) continue
            hasText = true
            if (!isGone) controller.enqueue(encoder.encode(text))
          }
          if (!isGone) controller.close()
        }
        // Not awaited: the answer is received at its own speed, also when the browser has gone.
        write().catch((error: unknown) => {
          report(error)
          if (!isGone) controller.error(new Error(sentenceFor(error)))
        })
      },
      cancel() {
        isGone = true
      },
    })
    return new Response(texts, {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' },
    })
  }
}

/** Waits until the question is about to be sent. @throws what fails before. */
async function begin(
  stream: (options: SendOptions) => AsyncIterable<ChatPart>,
  options: SendOptions,
): Promise<AsyncIterable<ChatPart>> {
  let sent = () => {}
  const isSent = new Promise<void>((resolve) => {
    sent = resolve
  })
  const onAttempt: SendOptions['onAttempt'] = async (attempt) => {
    await options.onAttempt?.(attempt)
    sent()
  }
  const parts = stream({ ...options, onAttempt })[Symbol.asyncIterator]()
  let next = parts.next()
  for (;;) {
    const come = await Promise.race([next, isSent])
    if (come?.done !== false || come.value.type !== 'warning') break
    next = parts.next()
  }
  return (async function* () {
    for (let part = await next; !part.done; part = await parts.next()) yield part.value
  })()
}

type Sdk = typeof import('ai')

async function loadSdk(): Promise<Sdk> {
  try {
    return await import('ai')
  } catch (cause) {
    throw optionError('format', 'is ui, which needs the package ai, version 7; without it, use text', cause)
  }
}

const optionError = (path: string, said: string, cause?: unknown): ConfigurationError =>
  new ConfigurationError({ message: `respond: ${path} ${said}.`, fields: [{ path, problem: said }], cause })

const invalid = (path: string, said: string): InvalidRequestError =>
  new InvalidRequestError({
    message: `The body cannot be used: ${path} ${said}.`,
    fields: [{ path, problem: said }],
    outcome: 'not-done',
  })

/** The question in what a browser has sent. */
async function inputOf(given: unknown, signal: AbortSignal): Promise<ChatbotInput> {
  const body = isStream(given) ? await jsonOf(given, signal) : given
  if (!isRecord(body)) throw invalid('body', 'must be a JSON object')
  const { messages, message } = body
  if (Array.isArray(messages)) {
    if (messages.length === 0) throw invalid('messages', 'must not be empty')
    return questionIn(messages.at(-1), `messages[${messages.length - 1}]`)
  }
  if (message === undefined) throw invalid('messages', 'must be a list of UI messages')
  return questionIn(message, 'message')
}

/** The body was longer than `maxBytes`. */
const tooLarge = 413

/** A web request, or one of `node:http` and the servers built on it. */
type BodyStream = Request | (AsyncIterable<unknown> & { readonly readableDidRead?: boolean })

const isStream = (given: unknown): given is BodyStream =>
  given instanceof Request || (typeof given === 'object' && given !== null && Symbol.asyncIterator in given)

/** @param signal ends the reading. */
async function jsonOf(request: BodyStream, signal: AbortSignal): Promise<unknown> {
  const isWeb = request instanceof Request
  if (isWeb ? request.bodyUsed || request.body?.locked : request.readableDidRead)
    throw invalid('body', 'was read before; pass its JSON')
  const body = isWeb ? request.body : webStream(request)
  const value = tryParseJson(await new Blob((await bytesOf(body, signal)) as BlobPart[]).text())
  if (value === undefined) throw invalid('body', 'must be JSON')
  return value
}

function webStream(chunks: AsyncIterable<unknown>): ReadableStream<unknown> {
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream<unknown>({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}

async function bytesOf(body: ReadableStream<unknown> | null, signal: AbortSignal): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = []
  const reader = body?.getReader()
  if (!reader) return chunks
  const end = () => void reader.cancel().catch(() => {})
  signal.addEventListener('abort', end)
  let length = 0
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw invalid('body', 'could not be read to its end')
    })
    if (done) return chunks
    if (!(value instanceof Uint8Array)) throw invalid('body', 'must be a stream of bytes')
    length += value.byteLength
    if (length > maxBytes)
      throw new InvalidRequestError({
        message: `The body cannot be used: it is longer than ${maxBytes} bytes.`,
        status: tooLarge,
        fields: [{ path: 'body', problem: `must be at most ${maxBytes} bytes long` }],
        outcome: 'not-done',
      })
    chunks.push(value)
  }
}

function questionIn(message: unknown, path: string): ChatbotInput {
  if (!isRecord(message)) throw invalid(path, 'must be a UI message')
  const { id, role, parts } = message
  if (role !== 'user') throw invalid(`${path}.role`, 'must be user, because the last message is asked')
  if (id !== undefined && (typeof id !== 'string' || id === ''))
    throw invalid(`${path}.id`, 'must be a non-empty string')
  if (!Array.isArray(parts)) throw invalid(`${path}.parts`, 'must be a list, as the AI SDK has it from version 5 on')
  const texts: string[] = []
  const attachments: AttachmentInput[] = []
  for (const [index, part] of parts.entries()) {
    const at = `${path}.parts[${index}]`
    const type = isRecord(part) ? part['type'] : undefined
    if (type === 'text') texts.push(textOf(part, at))
    else if (type === 'file') attachments.push(fileOf(part, at))
    // Data parts are between the page and the application.
    else if (typeof type !== 'string' || !type.startsWith('data-')) throw invalid(`${at}.type`, 'must be text or file')
  }
  if (attachments.length > mostFiles) throw invalid(`${path}.parts`, `must have at most ${mostFiles} files`)
  const text = texts.join('\n')
  if (text.trim() === '') throw invalid(`${path}.parts`, 'must have a text')
  return { ...(typeof id === 'string' && { id }), text, ...(attachments.length > 0 && { attachments }) }
}

function textOf({ text }: Record<string, unknown>, path: string): string {
  if (typeof text !== 'string') throw invalid(`${path}.text`, 'must be a string')
  return text
}

function fileOf({ url, mediaType, filename }: Record<string, unknown>, path: string): AttachmentInput {
  // Any other address would let a visitor choose what the vendor's servers fetch.
  const [, data] = /^data:[^,]*;base64,([\w+/=]*)$/.exec(typeof url === 'string' ? url : '') ?? []
  if (data === undefined) throw invalid(`${path}.url`, 'must be a data: URL in base64')
  if (mediaType !== undefined && typeof mediaType !== 'string') throw invalid(`${path}.mediaType`, 'must be a string')
  if (filename !== undefined && typeof filename !== 'string') throw invalid(`${path}.filename`, 'must be a string')
  try {
    return {
      content: Uint8Array.from(atob(data), (character) => character.charCodeAt(0)),
      fileName: filename ?? 'file',
      ...(mediaType !== undefined && { contentType: mediaType }),
    }
  } catch {
    throw invalid(`${path}.url`, 'must be a data: URL in base64')
  }
}

/** The application's own faults are 500, its vendor's 502: a browser can do nothing about either. */
const statuses: Readonly<Record<ErrorCode, number>> = {
  'invalid-request': 400,
  unsupported: 400,
  conflict: 409,
  'rate-limit': 429,
  timeout: 504,
  configuration: 500,
  authentication: 500,
  permission: 500,
  'not-found': 502,
  network: 502,
  'vendor-fault': 502,
  response: 502,
  incomplete: 502,
}

const sentences: Readonly<Record<number, string>> = {
  400: 'This message cannot be sent.',
  409: 'A colleague has to answer first. Please wait.',
  413: 'This message is too large.',
  429: 'Too many messages at the moment. Please try again later.',
  500: 'The chat does not work at the moment.',
  502: 'The chat does not answer at the moment. Please try again later.',
  504: 'The answer takes too long. Please try again later.',
}

const statusOf = (error: unknown): number =>
  !isParleyError(error) ? 500 : error.status === tooLarge && !error.vendor ? tooLarge : statuses[error.code]

/** What a visitor may know. A conflict that names the message's id is about the page, not about the chat. */
const sentenceFor = (error: unknown): string => {
  const status = isParleyError(error) && error.fields?.some(({ path }) => path === 'id') ? 400 : statusOf(error)
  return sentences[status] as string
}

/** Only what is wrong with the browser's own request is told in detail. */
function problemOf(error: ParleyError): Response {
  const status = statusOf(error)
  const { code, message, fields, retryAfterMs } = error
  const isOwn = code === 'invalid-request' && error.vendor === undefined
  return Response.json(
    { title: sentenceFor(error), status, code, ...(isOwn && { detail: message, fields }) },
    {
      status,
      headers: {
        'content-type': 'application/problem+json',
        ...(retryAfterMs !== undefined && { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }),
      },
    },
  )
}
