import type { RequestSpec } from './protocol.ts'

/** More than this nobody quotes. */
const most = 1000

/** Every text that a request carries, longest first: what a vendor may quote when it says what is wrong. */
export function textsOf({ body, query }: RequestSpec): string[] {
  const texts = new Set<string>()
  const collect = (value: unknown): void => {
    if (texts.size >= most) return
    if (typeof value === 'string') texts.add(value)
    else if (value instanceof URLSearchParams) for (const part of value.values()) texts.add(part)
    else if (typeof value === 'object' && value !== null && !isFile(value))
      for (const part of Object.values(value)) collect(part)
  }
  collect(query)
  collect(body)
  return [...texts].sort((one, other) => other.length - one.length)
}

const isFile = (value: object): boolean =>
  value instanceof FormData || value instanceof Blob || ArrayBuffer.isView(value)
