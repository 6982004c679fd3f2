import type { Query } from './protocol.ts'

/** A path with its ids percent-encoded: ``pathOf`/conversations/${id}/messages` ``. */
export function pathOf(parts: TemplateStringsArray, ...ids: string[]): string {
  let path = parts[0] as string
  for (const [index, id] of ids.entries()) path += encodeURIComponent(id) + parts[index + 1]
  return path
}

/** The whole URL. An array repeats its key; `null` and `undefined` leave it away. */
export function urlOf(base: string, path: string, query: Query | undefined): string {
  let url = base + path
  if (!query) return url
  let separator = url.includes('?') ? '&' : '?'
  for (const key in query) {
    const value = query[key]
    if (value === undefined || value === null) continue
    for (const single of Array.isArray(value) ? value : [value]) {
      url += `${separator}${encodeURIComponent(key)}=${encodeURIComponent(String(single))}`
      separator = '&'
    }
  }
  return url
}
