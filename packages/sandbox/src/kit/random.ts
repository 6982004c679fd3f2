/** Deterministic numbers in [0, 1). */
export type Random = () => number

/** The same seed and name give the same numbers. Two names give unrelated numbers. */
export function createRandom(seed: number, name = ''): Random {
  let state = hash(`${seed}:${name}`)
  // mulberry32: 32 bits of state are enough for made-up data, and the results are the same on every machine.
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A whole number, both bounds included. */
export const integer = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1))

export const chance = (random: Random, probability: number): boolean => random() < probability

export function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[Math.floor(random() * list.length)]
  if (item === undefined) throw new RangeError('Nothing to pick from an empty list')
  return item
}

/** A shuffled copy. */
export function shuffle<T>(random: Random, list: readonly T[]): T[] {
  const copy = [...list]
  for (let at = copy.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    const [a, b] = [copy[at] as T, copy[other] as T]
    copy[at] = b
    copy[other] = a
  }
  return copy
}

/** Random characters of an alphabet. Default: the alphabet of hexadecimal ids. */
export function characters(random: Random, length: number, alphabet = '0123456789abcdef'): string {
  let text = ''
  for (let at = 0; at < length; at += 1) text += alphabet[Math.floor(random() * alphabet.length)]
  return text
}

/** A version 4 UUID. */
export function uuid(random: Random): string {
  const hex = characters(random, 30)
  const variant = '89ab'[Math.floor(random() * 4)]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18)}`
}

/** FNV-1a, mixed once more, because seeds are small numbers close to each other. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  return (value ^ (value >>> 13)) >>> 0
}
