/**
 * JSON, without the numbers that JavaScript cannot hold. A whole number beyond 2^53 becomes the text of its digits, because
 * it is an id, and rounding it would make it another one. A number too large for any (`1e999`), which would be read as
 * infinite and which JSON cannot say again, becomes the text `Infinity`, which no reader takes for a number.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  if (!hugePower.test(text) && !hasLongNumber(text)) return JSON.parse(text)
  return JSON.parse(hasSource ? text : quoteLong(text), exact)
}

/** The same. @returns `undefined` when it is no JSON. */
export function tryParseJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

/** Ends like a number, since ids and texts are full of `3e512`; whatever matches for another reason is only slower. */
const hugePower = /\d[eE]\+?\d{3,}(?:[\s,}\]]|$)/

/** Numbers with fewer digits are safe. A reviver makes parsing three times as slow, so it is used for no other text. */
const digits = 16

/** So many digits in a row cannot hide between two places that far apart, so that only those are looked at. */
function hasLongNumber(text: string): boolean {
  for (let place = digits - 1; place < text.length; place += digits) {
    if (!isDigit(text, place)) continue
    let from = place
    while (place - from < digits && isDigit(text, from)) from--
    let to = place + 1
    while (to - from <= digits && isDigit(text, to)) to++
    // `from` stands before the first digit.
    if (to - from > digits) return true
  }
  return false
}

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/** Longer than any id. */
const longestId = 255

/** `source` is how a primitive was written. Node.js from 22 on and current browsers hand it to a reviver. */
type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown

const exact: Reviver = (_key, value, context) => {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  if (!Number.isFinite(value)) return String(value)
  // With a fraction or an exponent it is a measure, not an id.
  const source = context?.source
  return source !== undefined && source.length <= longestId && /^-?\d+$/.test(source) ? source : value
}

const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g

/** For runtimes without `source`: the long whole numbers as texts from the start. Texts are skipped as a whole. */
export const quoteLong = (text: string): string =>
  text.replace(token, (found) =>
    /^-?[1-9]\d{15,}$/.test(found) && found.length <= longestId && !Number.isSafeInteger(Number(found))
      ? `"${found}"`
      : found,
  )

const hasSource: boolean = JSON.parse('1', ((_key, _value, context) => context?.source === '1') as Reviver)

let segmenter: Intl.Segmenter | undefined

/** What ends beyond this many units after the limit is no character that a reader would miss. */
const room = 64

/**
 * The beginning of a text, cut between two characters as readers see them (a letter with its accents, a flag, a family),
 * so that no half of one is left. Where the first one alone is too long, the cut is between two code points.
 *
 * @param most how long the result may be, in what `sizeOf` counts: UTF-16 units by default, as `length` does.
 * @param sizeOf the size of a piece of text. No UTF-16 unit may count less than one.
 */
export function cutText(
  text: string,
  most: number,
  sizeOf: (piece: string) => number = (piece) => piece.length,
): string {
  if (text.length <= most && sizeOf(text) <= most) return text
  // No unit counts less than one, so what lies far behind the limit need not be looked at.
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

/** The same object type with `undefined` allowed everywhere, as readers give it. */
export type Loose<T> = { [Key in keyof T]: T[Key] | undefined }

/**
 * Leaves away the fields that are `undefined`, because in a model a field that is there says something. For the few
 * objects of a page; a reader of thousands assigns its fields one by one instead.
 */
export function compact<T extends object>(fields: Loose<T>): T {
  const result: Record<string, unknown> = {}
  for (const key in fields) {
    const value = fields[key]
    if (value === undefined) continue
    // Assigned, a payload's key of this name would become the result's prototype.
    if (key === '__proto__')
      Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true })
    else result[key] = value
  }
  return result as T
}

/** How people write one and the same address: in any case, with spaces around it or inside. */
const plainEmail = (email: unknown): string =>
  typeof email === 'string' ? email.replace(/\s/g, '').normalize('NFC').toLowerCase() : ''

const digitsOf = (phone: unknown): string => (typeof phone === 'string' ? phone.replace(/\D/g, '') : '')

/** Whether two email addresses are the same, whatever their case and spaces. An empty one is the same as none. */
export const sameEmail = (one: unknown, other: unknown): boolean =>
  plainEmail(one) !== '' && plainEmail(one) === plainEmail(other)

/** Whether two phone numbers have the same digits, whatever stands between them. One without digits is the same as none. */
export const samePhone = (one: unknown, other: unknown): boolean =>
  digitsOf(one) !== '' && digitsOf(one) === digitsOf(other)

/** A hook only looks on: what it throws would make a message that went out look as if it had failed. */
export const guarded = <T>(hook: ((told: T) => void) | undefined): ((told: T) => void) | undefined =>
  hook &&
  ((told) => {
    try {
      hook(told)
    } catch {}
  })

/** About 53 bits of a text (cyrb53): short enough for a cursor, long enough that no two ids of a list share one. */
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
