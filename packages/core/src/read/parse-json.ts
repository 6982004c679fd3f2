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
