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

/** A payload as the vendor documents it, or a part of one; its name says which. */
export interface Payload {
  name: string
  /** As the vendor would send it. */
  text: string
}

/** Every object in every fixture of an adapter: a reader gets what it is for, and all that it is not for. */
export async function payloadsOf(adapter: string): Promise<Payload[]> {
  const found = new Map<string, string>()
  for (const path of fixturesOf(adapter)) {
    const fixtures = (await import(path)) as Record<string, unknown>
    for (const [name, value] of Object.entries(fixtures)) collect(value, name, found)
  }
  return [...found].map(([text, name]) => ({ name, text }))
}

/** The shorter name stays, where one payload is a part of another. */
function collect(value: unknown, name: string, found: Map<string, string>): void {
  // What a reader makes of a payload may stand beside it; it is none.
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
