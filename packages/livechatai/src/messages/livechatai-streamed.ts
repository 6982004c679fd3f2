import {
  isEventStream,
  isRaw,
  type ParleyError,
  type Raw,
  type Reading,
  serverEvents,
  type TextStream,
  tryParseJson,
  Unreadable,
  type VendorReply,
} from '@parley/core'

/** What a stream has said so far. */
export interface Streamed {
  /** The answer, in all its pieces. */
  text: string
  /** Ids and links, from whichever part had them. */
  fields: Record<string, unknown>
  /** The error that came in the place of what is missing. */
  error: ParleyError | undefined
}

/** A piece of a stream, and what it may say: words of the answer, all of them once more, or only ids and links. */
interface Piece {
  part: string | Raw
  says: 'words' | 'all' | 'facts'
}

/**
 * The pieces of an answer. Its framing is not documented, so every likely one is read: events whose data is JSON or the
 * text itself, or nothing but the text. A stream ends where it says so (`[DONE]`, an event named `done`), with an error, or
 * with its body. A character is given whole, also where its halves come in two events.
 *
 * @throws Unreadable when the stream ends within an event or a character, so that what is there may not be all.
 */
export async function* readStreamed(
  { headers, errorIn }: VendorReply,
  stream: TextStream,
  streamed: Streamed,
  reading: Reading,
): AsyncGenerator<string, void, undefined> {
  let half = ''
  for await (const { part, says } of isEventStream(headers) ? fromEvents(stream, reading) : fromText(stream)) {
    streamed.error = typeof part === 'string' ? undefined : errorIn?.(part)
    if (streamed.error) return
    const said = half + (typeof part === 'string' ? part : take(part, says, streamed))
    half = /[\ud800-\udbff]$/.exec(said)?.[0] ?? ''
    const text = half ? said.slice(0, -1) : said
    streamed.text += text
    if (text !== '') yield text
  }
  if (half !== '') throw new Unreadable('')
}

async function* fromEvents(stream: TextStream, reading: Reading): AsyncGenerator<Piece, void, undefined> {
  let hasWarned = false
  for await (const { name, data, isCut } of serverEvents(stream)) {
    if (isError.test(name)) {
      yield { part: errorOf(data), says: 'facts' }
      return
    }
    const says = saysWords.test(name) ? 'words' : saysEnd.test(name) ? 'all' : 'facts'
    if (says === 'facts' && !hasWarned && !saysNothing.test(name)) {
      hasWarned = true
      reading.warn('degraded', 'The stream has an event that is not known; only the ids and links in it are read.')
    }
    for (const part of partsOf(data)) {
      if (part === end) return
      if (typeof part !== 'string') yield { part, says }
      else if (says === 'words' && isCut && !isJson(data)) throw new Unreadable('')
      else if (says === 'words') yield { part, says }
    }
    if (says === 'all') return
  }
}

// The vendor documents no names, so these are the ones that other chat APIs give their events.
const saysWords = /^(?:message|(?:[\w-]+[.:_-])?(?:answer|chunk|content|data|delta|response|text|token|completion))$/i
const saysEnd = /^(?:close|closed|complete|completed|done|end|finish|finished|stop)$/i
const isError = /(?:error|exception|fail|failed|failure|abort|aborted|cancell?ed|timeout)s?$/i
const saysNothing =
  /^(?:citations|connected|heartbeat|keep-?alive|links|meta|metadata|open|ping|sources|start|status)$/i

const end = Symbol('the end of a stream')

/** The data of an event: JSON, several JSON objects on lines of their own, or the text itself. */
function* partsOf(data: string): Generator<string | Raw | typeof end, void, undefined> {
  const whole = tryParseJson(data)
  const lines = whole === undefined ? data.split('\n') : []
  const isEnd = (lines.at(-1) ?? '').trim() === '[DONE]'
  if (isEnd) lines.pop()
  const objects = lines.map(tryParseJson)
  if (isRaw(whole) || typeof whole === 'string') yield whole
  // A number is as good a word of an answer as any other.
  else if (whole !== undefined) {
    if (whole !== null) yield data
  } else if (lines.length > 0 && objects.every(isRaw)) yield* objects
  else if (lines.length > 0) yield lines.join('\n')
  if (isEnd) yield end
}

/** An event that its name calls an error is one, whatever its data looks like. */
function errorOf(data: string): Raw {
  const said = tryParseJson(data)
  return isRaw(said)
    ? { ...said, status: 'error' }
    : { status: 'error', message: typeof said === 'string' ? said : data }
}

/** An envelope may come as bare text too. What begins like one is held back until it is known whether it is. */
async function* fromText(stream: TextStream): AsyncGenerator<Piece, void, undefined> {
  let held = ''
  let hasBegun = false
  for await (const piece of stream) {
    held += piece
    if (!hasBegun && /^\s*(?:\{|$)/.test(held)) continue
    const part = held.startsWith('{') ? tryParseJson(held) : undefined
    yield { part: isRaw(part) && part['status'] === 'error' ? part : held, says: 'words' }
    hasBegun = true
    held = ''
  }
  const whole = tryParseJson(held)
  if (held !== '') yield { part: isRaw(whole) ? whole : held, says: 'words' }
}

const isJson = (text: string): boolean => tryParseJson(text) !== undefined

const known = ['conversationId', 'contactId', 'messageId', 'responseMessageId', 'links'] as const
const texts = ['response', 'content', 'text', 'delta', 'message', 'data'] as const

function take(part: Raw, says: Piece['says'], { text, fields }: Streamed): string {
  const inner = isRaw(part['data']) ? part['data'] : part
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
function textIn(part: Raw, depth = 0): string {
  for (const key of texts) {
    const value = part[key]
    if (key === 'message' && typeof part['status'] === 'string') continue
    if (typeof value === 'string') return value
    const nested = isRaw(value) && depth < 3 ? textIn(value, depth + 1) : ''
    if (nested !== '') return nested
  }
  return ''
}
