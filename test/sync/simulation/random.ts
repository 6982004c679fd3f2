/** Numbers in [0, 1) from a seed, and what is drawn from them. */
export interface Random {
  (): number
  /** Whether something of this probability happens. */
  chance(probability: number): boolean
  /** A whole number, both bounds included. */
  between(least: number, most: number): number
  pick<T>(list: readonly T[]): T
  /** Another stream of numbers, so that what draws from one does not change the other. */
  fork(name: string): Random
}

export function randomOf(seed: number | string): Random {
  let state = hashOf(String(seed))
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return Object.assign(next, {
    chance: (probability: number) => next() < probability,
    between: (least: number, most: number) => least + Math.floor(next() * (most - least + 1)),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
    fork: (name: string) => randomOf(`${seed}/${name}`),
  })
}

/** FNV-1a, mixed once more, because seeds are small numbers close to each other. */
function hashOf(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  return (value ^ (value >>> 13)) >>> 0
}
