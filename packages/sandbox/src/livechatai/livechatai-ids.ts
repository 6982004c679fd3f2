/** A number in [0, 2^32) that depends on the text alone (FNV-1a, then mixed). */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** A number in [0, 1) that depends on the text alone: what a seeded world needs to be the same after every reset. */
export const chance = (text: string): number => hash(text) / 0x1_0000_0000

export function pick<T>(options: readonly [T, ...T[]], text: string): T {
  return options[hash(text) % options.length] ?? options[0]
}

/** An id as real embed snippets show them: 25 lower-case letters and digits that begin with `c`. */
export function cuid(text: string): string {
  const part = (salt: number): string => hash(`${salt}:${text}`).toString(36).padStart(7, '0').slice(-6)
  return `c${part(1)}${part(2)}${part(3)}${part(4)}`
}
