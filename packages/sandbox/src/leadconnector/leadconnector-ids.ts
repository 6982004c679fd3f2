const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Two different FNV-1a sums of a text, so that near texts give far numbers. */
function sums(text: string): [number, number] {
  let first = 0x811c9dc5
  let second = 0x1b873593
  for (let index = 0; index < text.length; index += 1) {
    first = Math.imul(first ^ text.charCodeAt(index), 0x01000193)
    second = Math.imul(second ^ text.charCodeAt(index), 0x85ebca6b)
    second ^= second >>> 13
  }
  return [first >>> 0, second >>> 0]
}

/** A stream of 32-bit numbers that depends on the text alone. */
function numbers(text: string): () => number {
  let [state, step] = sums(text)
  return () => {
    state = (state + 0x9e3779b9 + step) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    step = Math.imul(step, 5) + 1
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
}

/** An opaque id in the vendor's usual form, the same one for the same key. */
export function idFrom(key: string, length = 20): string {
  const next = numbers(key)
  return Array.from({ length }, () => alphabet[next() % alphabet.length]).join('')
}

export function uuidFrom(key: string): string {
  const next = numbers(key)
  const hex = Array.from({ length: 4 }, () => next().toString(16).padStart(8, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A number in [0, below) that depends on the key alone: variety that does not change from run to run. */
export function pick(key: string, below: number): number {
  return numbers(key)() % below
}
