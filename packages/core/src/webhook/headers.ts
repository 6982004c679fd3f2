import type { WebhookHeaders } from './webhook.ts'

/** A header by its name in lower case. `undefined`: it is not there. One that came twice is joined, as in HTTP. */
export function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (typeof Headers !== 'undefined' && headers instanceof Headers) return headers.get(name) ?? undefined
  if (typeof headers !== 'object' || headers === null) return undefined
  // Headers of another realm, or of a library of its own.
  const { get } = headers as { get?: unknown }
  if (typeof get === 'function') return asText(get.call(headers, name))
  // Spelled in two ways it came twice as well: neither may decide alone.
  const texts = Object.entries(headers).flatMap(([key, value]) =>
    key.toLowerCase() === name ? (asText(value) ?? []) : [],
  )
  return texts.length > 0 ? texts.join(', ') : undefined
}

const asText = (value: unknown): string | undefined =>
  Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : undefined
