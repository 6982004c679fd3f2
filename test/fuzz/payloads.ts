import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const packages = new URL('../../packages/', import.meta.url).pathname

function fixturesOf(name: string): string[] {
  try {
    const folder = join(packages, name, 'test/fixtures')
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(folder, path))
  } catch {
    return []
  }
}

/** A payload in its documented form, or a part of one. The name says which. */
export interface Payload {
  name: string
  /** The JSON as the vendor sends it. */
  text: string
}

/** Every object in every fixture of an adapter, so that a reader also gets payloads that are not meant for it. */
export async function payloadsOf(adapter: string): Promise<Payload[]> {
  const found = new Map<string, string>()
  for (const path of fixturesOf(adapter)) {
    const fixtures = (await import(path)) as Record<string, unknown>
    for (const [name, value] of Object.entries(fixtures)) collect(value, name, found)
  }
  return [...found].map(([text, name]) => ({ name, text }))
}

/** The shorter name is kept if one payload is a part of another. */
function collect(value: unknown, name: string, found: Map<string, string>): void {
  // The expected result of a reader may be beside the payload. It is no payload.
  if (typeof value !== 'object' || value === null || [value, ...Object.values(value)].some(isModel)) return
  if (!Array.isArray(value)) {
    const text = JSON.stringify(value)
    const known = found.get(text)
    if (known === undefined || name.length < known.length) found.set(text, name)
  }
  for (const [key, inner] of Object.entries(value)) collect(inner, `${name}.${key}`, found)
}

const isModel = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'ref' in value && 'vendor' in value
