import {
  DecodeError,
  isRecord,
  type ParleyError,
  type Payload,
  type PayloadReader,
  tryParseJson,
  type VendorReply,
} from '@parley/core'
import { isEventStream, serverEvents, type TextStream } from '@parley/core/operations'

/** What a stream has delivered so far. */
export interface Streamed {
  /** The answer, in all its pieces. */
  text: string
  /** Ids and links, from whichever part had them. */
  fields: Record<string, unknown>
  /** The error that ended the stream. */
  error: ParleyError | undefined
}

/** A piece of a stream, and what it may say: words of the answer, all of them once more, or only ids and links. */
type Says = 'words' | 'all' | 'facts'

type Piece = { part: string | Payload; says: Says } | { error: ParleyError }

type ErrorIn = (part: unknown, event?: string) => ParleyError | undefined

/**
 * The pieces of an answer. Its framing is not documented, so every likely one is read: events whose data is JSON or the
 * text itself, JSON on lines of its own, or nothing but the text. A stream ends where it says so (`[DONE]`, an event
 * named `done`), with an error, or with its body. A character is given whole, also where its halves come in two events.
 *
 * @throws DecodeError when the stream ends within an event, a line of JSON or a character, or when a part begins like
 * JSON and is none: part of the answer may be missing then.
 */
export async function* readStreamed(
  { headers, errorIn = () => undefined }: VendorReply,
  stream: TextStream,
  streamed: Streamed,
  reading: PayloadReader,
): AsyncGenerator<string, void, undefined> {
  let half = ''
  const pieces = isEventStream(headers)
    ? fromEvents(stream, errorIn, reading)
    : fromText(stream, errorIn, jsonLines.test(headers.get('content-type') ?? ''))
  for await (const piece of pieces) {
    if ('error' in piece) {
      streamed.error = piece.error
      return
    }
    const { part, says } = piece
    const said = half + (typeof part === 'string' ? part : take(part, says, streamed))
    half = /[\ud800-\udbff]$/.exec(said)?.[0] ?? ''
    const text = half ? said.slice(0, -1) : said
    streamed.text += text
    if (text !== '') yield text
  }
  if (half !== '') throw new DecodeError('')
}

async function* fromEvents(
  stream: TextStream,
  errorIn: ErrorIn,
  reading: PayloadReader,
): AsyncGenerator<Piece, void, undefined> {
  let hasWarned = false
  let hasText = false
  for await (const { name, data, isCut } of serverEvents(stream)) {
    const whole = tryParseJson(data)
    const named = errorIn(whole ?? data, name)
    if (named) return yield { error: named }
    const says = saysWords.test(name) ? 'words' : saysEnd.test(name) ? 'all' : 'facts'
    if (says === 'facts' && !hasWarned && !saysNothing.test(name)) {
      hasWarned = true
      reading.warn('degraded', 'The stream has an unknown event; only its ids and links are read.')
    }
    const { parts, isEnd } = partsOf(data, whole, errorIn)
    if (isCut && says !== 'all' && !isEnd && (typeof whole !== 'object' || whole === null)) throw new DecodeError('')
    for (const part of parts) {
      if (typeof part !== 'string') {
        const error = errorIn(part)
        if (error) return yield { error }
        yield { part, says }
      } else if (says === 'words') {
        // The rest of it is missing, unless this is an answer about JSON.
        if (!hasText && typeof whole !== 'string' && startsJson.test(part)) throw new DecodeError('')
        hasText ||= part !== ''
        yield { part, says }
      }
    }
    if (isEnd || says === 'all') return
  }
}

// The vendor documents no names, so these are the ones that other chat APIs give their events.
const saysWords = /^(?:message|(?:[\w-]+[.:_-])?(?:answer|chunk|content|data|delta|response|text|token|completion))$/i
const saysEnd = /^(?:close|closed|complete|completed|done|end|finish|finished|stop)$/i
const saysNothing =
  /^(?:citations|connected|heartbeat|keep-?alive|links|meta|metadata|open|ping|sources|start|status)$/i

const startsJson = /^\s*(?:\{\s*(?:"|$)|\[\s*\{)/

/** The data of an event: JSON, several JSON objects on lines of their own, or the text itself. */
function partsOf(data: string, whole: unknown, errorIn: ErrorIn): { parts: (string | Payload)[]; isEnd: boolean } {
  if (isRecord(whole) || typeof whole === 'string') return { parts: [whole], isEnd: false }
  if (Array.isArray(whole) && whole.length > 0 && whole.every(isRecord)) return { parts: whole, isEnd: false }
  // A number is as good a word of an answer as any other.
  if (whole !== undefined) return { parts: whole === null ? [] : [data], isEnd: false }
  const lines = data.split('\n')
  const isEnd = lines.at(-1)?.trim() === '[DONE]'
  if (isEnd) lines.pop()
  const objects = lines.map(tryParseJson)
  if (objects.every(isRecord)) return { parts: objects, isEnd }
  const last = objects.at(-1)
  // The error that ended the text, rather than a line of it.
  if (isRecord(last) && errorIn(last)) return { parts: [lines.slice(0, -1).join('\n'), last], isEnd }
  return { parts: [lines.join('\n')], isEnd }
}

const jsonLines = /^\s*application\/(?:[\w.+-]*json-?seq|[\w.-]*ndjson|[\w.-]*json-?lines?|jsonl)\b/i

/**
 * An envelope, an error or JSON on lines may come as bare text too. What begins like one is held back until it is known
 * whether it is.
 */
async function* fromText(
  stream: TextStream,
  errorIn: ErrorIn,
  isJsonLines: boolean,
): AsyncGenerator<Piece, void, undefined> {
  let isLines = isJsonLines
  let held = ''
  let hasBegun = false
  for await (const piece of stream) {
    held += piece
    for (let at = held.indexOf('\n'); at >= 0 && !hasBegun; at = held.indexOf('\n')) {
      const line = jsonIn(held.slice(0, at))
      if (!isLines && !isRecord(line)) break
      isLines = true
      held = held.slice(at + 1)
      yield* piecesOf(line, errorIn)
    }
    if (isLines || (!hasBegun && /^\s*(?:\{|$)/.test(held))) continue
    const place = held.search(maybeError)
    const text = place < 0 ? held : held.slice(0, place)
    held = held.slice(text.length)
    hasBegun ||= text !== ''
    if (text !== '') yield { part: text, says: 'words' }
  }
  const whole = jsonIn(held)
  const error = errorIn(whole)
  if (error) yield { error }
  else if (isLines || (!hasBegun && isRecord(whole))) yield* piecesOf(whole, errorIn)
  else if (held !== '') yield { part: held, says: 'words' }
}

/** Where the error may begin that ends a text. */
const maybeError = /\{\s*(?:"\w*)?$|\{\s*"(?:status|error|type|event|message|code)"/

/** The JSON in a line; `null` in an empty one. A record separator goes before it in a JSON text sequence (RFC 7464). */
const jsonIn = (line: string): unknown => {
  const text = line.replace('\u001e', '').trim()
  return text === '' || text === '[DONE]' ? null : tryParseJson(text)
}

function* piecesOf(line: unknown, errorIn: ErrorIn): Generator<Piece, void, undefined> {
  if (line === undefined) throw new DecodeError('')
  for (const part of Array.isArray(line) ? line : [line]) {
    const error = errorIn(part)
    if (error) return yield { error }
    if (isRecord(part) || typeof part === 'string') yield { part, says: 'words' }
  }
}

const known = ['conversationId', 'contactId', 'messageId', 'responseMessageId', 'links'] as const
const texts = ['response', 'content', 'text', 'delta', 'message', 'data'] as const

function take(part: Payload, says: Says, { text, fields }: Streamed): string {
  const inner = isRecord(part['data']) ? part['data'] : part
  const hadAnswer = fields['responseMessageId'] !== undefined
  for (const key of known) {
    const value = inner[key] ?? part[key]
    if (value !== undefined && value !== null) fields[key] = value
  }
  if (says === 'facts') return ''
  const said = textIn(inner)
  const isWhole = text !== '' && said.startsWith(text)
  if (says === 'all') return text === '' || isWhole ? said.slice(text.length) : ''
  // What names the answer may bring it once more, whole.
  const isNamed = !hadAnswer && fields['responseMessageId'] !== undefined
  return isNamed && isWhole ? said.slice(text.length) : said
}

/** Beside a `status`, a `message` is the envelope's own. */
function textIn(part: Payload, depth = 0): string {
  for (const key of texts) {
    const value = part[key]
    if (key === 'message' && typeof part['status'] === 'string') continue
    if (typeof value === 'string') return value
    const nested = isRecord(value) && depth < 3 ? textIn(value, depth + 1) : ''
    if (nested !== '') return nested
  }
  return ''
}
