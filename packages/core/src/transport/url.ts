import { InvalidRequestError } from '../errors/kinds.ts'
import type { Query } from './protocol.ts'

/**
 * A path with its ids percent-encoded: ``pathOf`/conversations/${id}/messages` ``.
 *
 * @throws InvalidRequestError for an id that would make it the path of something else: an empty one leads to the list,
 * and a URL takes `..` as "one step up", however it is encoded.
 */
export function pathOf(parts: TemplateStringsArray, ...ids: string[]): string {
  let path = parts[0] as string
  for (const [index, id] of ids.entries()) {
    if (id === '' || id === '.' || id === '..') {
      const problem = 'must not be empty, "." or ".."'
      throw new InvalidRequestError({ message: `An id ${problem}.`, fields: [{ path: 'id', problem }] })
    }
    path += encodePart(id) + parts[index + 1]
  }
  return path
}

/** Half a character has no encoding; it becomes the sign for a broken one, as in every other text that is sent. */
export const encodePart = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))

/** The whole URL. An array repeats its key; `null` and `undefined` leave it away. */
export function urlOf(base: string, path: string, query: Query | undefined): string {
  let url = base + path
  if (!query) return url
  let separator = url.includes('?') ? '&' : '?'
  for (const key in query) {
    const value = query[key]
    if (value === undefined || value === null) continue
    for (const single of Array.isArray(value) ? value : [value]) {
      url += `${separator}${encodePart(key)}=${encodePart(String(single))}`
      separator = '&'
    }
  }
  return url
}
