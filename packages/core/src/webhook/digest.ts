import { InvalidRequestError } from '../errors/kinds.ts'

/** SHA-256 of a text, in hexadecimal. */
export async function digestOf(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Whether two texts are the same, in a time that says nothing about where they differ. */
export async function sameSecret(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([digestOf(one), digestOf(other)])
  let difference = 0
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index)
  return difference === 0
}

/** Deeper than any vendor nests, and far from where the stack would end. */
export const deepestPayload = 100

/**
 * One text for every spelling of the same JSON: keys in order, numbers and escapes as this library writes them.
 *
 * @throws InvalidRequestError for what is nested too deeply, circles included.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > deepestPayload) throw tooDeep()
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join()}]`
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member, depth + 1)}`).join()}}`
}

const tooDeep = (): InvalidRequestError =>
  new InvalidRequestError({
    message: `A webhook's payload must not be nested more than ${deepestPayload} levels deep.`,
    fields: [{ path: 'payload', problem: `is nested more than ${deepestPayload} levels deep` }],
  })
