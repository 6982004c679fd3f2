/**
 * Parses JSON without losing numbers that JavaScript cannot represent. An integer beyond 2^53 becomes a string of its
 * digits, because it is an id that rounding would change. A number that would be infinite (`1e999`), which JSON cannot
 * represent, becomes the string `Infinity`, which no reader accepts as a number.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  if (!hugePower.test(text) && !hasLongNumber(text)) return JSON.parse(text)
  return JSON.parse(hasSource ? text : quoteLong(text), exact)
}

/** The same. @returns `undefined` when the text is not JSON. */
export function tryParseJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

/** Requires the end of a number, because ids and texts often contain `3e512`. A false match only costs time. */
const hugePower = /\d[eE]\+?\d{3,}(?:[\s,}\]]|$)/

/** Numbers with fewer digits are safe. A reviver makes parsing three times as slow, so it is used for no other text. */
const digits = 16

/**
 * Whether the text contains a number of this many digits. Ids with as many digits inside a string are common and need no
 * reviver. Places are checked at this distance, each one backwards, so that most characters are never read.
 */
function hasLongNumber(text: string): boolean {
  for (let last = digits - 1; last < text.length; last += digits) {
    let place = last
    while (place > last - digits && isDigit(text, place)) place--
    if (place > last - digits) last = place
    else {
      while (isDigit(text, place)) place--
      if (beginsNumber(text, place)) return true
      while (isDigit(text, last + 1)) last++
    }
  }
  return false
}

/** Whether a number can begin after this place, with its sign. A text may contain such a place too, which only costs time. */
const beginsNumber = (text: string, place: number): boolean =>
  /[\s:,[]/.test(text.charAt(text[place] === '-' ? place - 1 : place) || ' ')

const isDigit = (text: string, place: number): boolean => {
  const code = text.charCodeAt(place)
  return code >= 48 && code <= 57
}

/** Longer than any id. */
const longestId = 255

/** `source` is the text of a primitive. Node.js 22 or later and current browsers pass it to a reviver. */
type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown

const exact: Reviver = (_key, value, context) => {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  if (!Number.isFinite(value)) return String(value)
  // A number with a fraction or an exponent is a measurement, not an id.
  const source = context?.source
  return source !== undefined && source.length <= longestId && /^-?\d+$/.test(source) ? source : value
}

const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g

/** For runtimes without `source`: quotes the long integers before parsing. Strings are skipped. */
export const quoteLong = (text: string): string =>
  text.replace(token, (found) =>
    /^-?[1-9]\d{15,}$/.test(found) && found.length <= longestId && !Number.isSafeInteger(Number(found))
      ? `"${found}"`
      : found,
  )

const hasSource: boolean = JSON.parse('1', ((_key, _value, context) => context?.source === '1') as Reviver)

let segmenter: Intl.Segmenter | undefined

/** No real character is longer than this many units. */
const room = 64

/**
 * The beginning of a text, cut between two visible characters (a letter with its accents, a flag, a family emoji),
 * never inside one. If the first character alone is too long, the cut is between two code points.
 *
 * @param most the maximum size of the result, in the unit of `sizeOf`: by default UTF-16 units, like `length`.
 * @param sizeOf the size of a piece of text, at least one for each UTF-16 unit.
 */
export function cutText(
  text: string,
  most: number,
  sizeOf: (piece: string) => number = (piece) => piece.length,
): string {
  if (text.length <= most && sizeOf(text) <= most) return text
  // Each unit counts at least one, so text far beyond the limit is not examined.
  const start = text.slice(0, Math.max(0, most) + room)
  segmenter ??= new Intl.Segmenter()
  return fitting(charactersOf(segmenter, start), most, sizeOf) || fitting(start, most, sizeOf)
}

function* charactersOf(by: Intl.Segmenter, text: string): Generator<string> {
  for (const { segment } of by.segment(text)) yield segment
}

function fitting(pieces: Iterable<string>, most: number, sizeOf: (piece: string) => number): string {
  let cut = ''
  let size = 0
  for (const piece of pieces) {
    size += sizeOf(piece)
    if (size > most) break
    cut += piece
  }
  return cut
}

/** The same object type with `undefined` allowed for every field, as readers return it. */
export type Loose<T> = { [Key in keyof T]: T[Key] | undefined }

/**
 * Omits the fields that are `undefined`, because a field that is present in a model has a meaning. For a few objects
 * per page; a reader of thousands assigns its fields one by one instead.
 */
export function compact<T extends object>(fields: Loose<T>): T {
  const result: Record<string, unknown> = {}
  for (const key in fields) {
    const value = fields[key]
    if (value === undefined) continue
    // Assigning a key of this name would set the result's prototype.
    if (key === '__proto__')
      Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true })
    else result[key] = value
  }
  return result as T
}

/**
 * Normalizes an email address: people write it in any case, with spaces around it or inside. The Kelvin sign stays, the only
 * letter that would become an ASCII one, because the address with a k can belong to another person.
 */
const plainEmail = (email: unknown): string =>
  typeof email === 'string'
    ? email
        .replace(/\s/g, '')
        .split('\u212a')
        .map((part) => part.normalize('NFC').toLowerCase())
        .join('\u212a')
    : ''

/** The digits of a phone number, and its extension, which begins with a letter or a sign (`ext. 5`, `#5`). */
const digitsOf = (phone: unknown): string =>
  typeof phone === 'string' && /\d/.test(phone) ? phone.replace(/[^\da-z#;,*]/gi, '').toLowerCase() : ''

/** Whether two email addresses are the same, ignoring case and spaces. An empty one equals none. */
export const sameEmail = (one: unknown, other: unknown): boolean =>
  plainEmail(one) !== '' && plainEmail(one) === plainEmail(other)

/** Whether two phone numbers have the same digits and the same extension. A number without digits equals none. */
export const samePhone = (one: unknown, other: unknown): boolean =>
  digitsOf(one) !== '' && digitsOf(one) === digitsOf(other)

export function isSignal(value: unknown): value is AbortSignal {
  // Not `instanceof`, because a frame or a test environment has an AbortSignal class of its own.
  const { aborted, addEventListener, throwIfAborted } = Object(value) as Partial<AbortSignal>
  return typeof aborted === 'boolean' && typeof addEventListener === 'function' && typeof throwIfAborted === 'function'
}

/** Ignores the errors of a hook, because they would make a message that was sent look as if it had failed. */
export const guarded = <T>(hook: ((told: T) => void) | undefined): ((told: T) => void) | undefined =>
  hook &&
  ((told) => {
    try {
      hook(told)
    } catch {}
  })

/**
 * A message with its control characters written as escapes (`\u000a`). A message may name a field or a header that a caller
 * or a vendor made up, and a line break in it would look like another entry of a log.
 */
export const inOneLine = (message: string): string =>
  message.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** A 53-bit hash of a text (cyrb53): short enough for a cursor, long enough to distinguish the ids of a list. */
export function fingerprint(text: string): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(36)
}
