import {
  dataLines,
  isRaw,
  type ParleyError,
  parseJson,
  type Raw,
  type TextStream,
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

/**
 * The pieces of an answer. Its framing is not documented, so every likely one is read: events whose data is JSON or the
 * text itself, or nothing but the text. A stream ends where it says so (`[DONE]`), with an error envelope, or with its body.
 */
export async function* readStreamed(
  { headers, errorIn }: VendorReply,
  stream: TextStream,
  streamed: Streamed,
): AsyncGenerator<string, void, undefined> {
  const isEvents = /^text\/event-stream\b/i.test(headers.get('content-type') ?? '')
  for await (const piece of isEvents ? fromEvents(stream) : fromText(stream)) {
    const part = typeof piece === 'string' ? undefined : piece
    streamed.error = part && errorIn?.(part)
    if (streamed.error) return
    const text = part ? take(part, streamed) : (piece as string)
    streamed.text += text
    if (text !== '') yield text
  }
}

async function* fromEvents(stream: TextStream): AsyncGenerator<string | Raw, void, undefined> {
  let goesOn = false
  for await (const { data, isFirst } of dataLines(stream)) {
    if (data.trim() === '[DONE]') return
    const part = parsed(data)
    if (isRaw(part)) yield part
    else if (typeof part === 'string') yield part
    // A number is as good a word of an answer as any other; a text in several lines is one text.
    else if (part !== null) yield goesOn && !isFirst ? `\n${data}` : data
    goesOn = !isRaw(part) && typeof part !== 'string'
  }
}

/** An envelope may come as bare text too. What begins like one is held back until it is known whether it is. */
async function* fromText(stream: TextStream): AsyncGenerator<string | Raw, void, undefined> {
  let held = ''
  let hasBegun = false
  for await (const piece of stream) {
    held += piece
    if (!hasBegun && /^\s*(?:\{|$)/.test(held)) continue
    const part = held.startsWith('{') ? parsed(held) : undefined
    yield isRaw(part) && part['status'] === 'error' ? part : held
    hasBegun = true
    held = ''
  }
  const whole = parsed(held)
  if (held !== '') yield isRaw(whole) ? whole : held
}

/** `undefined`: it is no JSON. */
function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

const known = ['conversationId', 'contactId', 'messageId', 'responseMessageId', 'links'] as const
const texts = ['response', 'content', 'text', 'delta', 'message', 'data'] as const

function take(part: Raw, { text, fields }: Streamed): string {
  const inner = isRaw(part['data']) ? part['data'] : part
  const hadAnswer = fields['responseMessageId'] !== undefined
  for (const key of known) {
    const value = inner[key] ?? part[key]
    if (value !== undefined && value !== null) fields[key] = value
  }
  const said = textIn(inner)
  // What names the answer may bring it once more, whole.
  const isWhole = !hadAnswer && fields['responseMessageId'] !== undefined && text !== '' && said.startsWith(text)
  return isWhole ? said.slice(text.length) : said
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
