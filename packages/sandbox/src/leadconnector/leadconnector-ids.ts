const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** FNV-1a with a last mix, as a signed 32-bit number: seeding asks for tens of thousands of these. */
function hash(text: string): number {
  let sum = 0x811c9dc5 | 0
  for (let index = 0; index < text.length; index += 1) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193)
  return mix(sum)
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return mixed ^ (mixed >>> 15)
}

/** The number at a place in a text's own sequence. The second sum keeps two texts of one hash apart. */
function numberAt(first: number, second: number, place: number): number {
  return mix(first + Math.imul(place + 1, 0x9e3779b9) + Math.imul(second, place | 1)) >>> 0
}

/** An opaque id in the vendor's usual form, the same one for the same key. */
export function idFrom(key: string, length = 20): string {
  const first = hash(key)
  const second = hash(`${key}~`)
  let id = ''
  for (let place = 0; place < length; place += 1) id += alphabet[numberAt(first, second, place) % alphabet.length]
  return id
}

export function uuidFrom(key: string): string {
  const first = hash(key)
  const second = hash(`${key}~`)
  let hex = ''
  for (let place = 0; place < 4; place += 1) hex += numberAt(first, second, place).toString(16).padStart(8, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A number in [0, below) that depends on the key alone: variety that does not change from run to run. */
export function pick(key: string, below: number): number {
  return (hash(key) >>> 0) % below
}
