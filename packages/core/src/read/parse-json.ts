/**
 * JSON, in which a number may be written that is too large for one (`1e999`). It would be read as infinite, which JSON
 * cannot say again, so it becomes the text `Infinity`, which no reader takes for a number.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  return hugePower.test(text) || hasLongNumber(text) ? JSON.parse(text, finite) : JSON.parse(text)
}

/** Ends like a number, since ids and texts are full of `3e512`; whatever matches for another reason is only slower. */
const hugePower = /\d[eE]\+?\d{3,}(?:[\s,}\]]|$)/

/** Fewer digits than this make no infinite number. */
const digits = 309

/** So many digits in a row cannot hide between two places that far apart, so that only those are looked at. */
function hasLongNumber(text: string): boolean {
  for (let place = digits - 1; place < text.length; place += digits) {
    let from = place
    while (isDigit(text, from)) from--
    let to = place + 1
    while (from < place && isDigit(text, to)) to++
    if (to - from > digits) return true
  }
  return false
}

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

const finite = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
