import { foldWord, isRaw } from '@parley/core'

/** Keys of skills, headers of webhooks and escalations, and the system prompt ("Secrets in this response"). */
const secret: ReadonlySet<string> = new Set(['apikey', 'agentsecretkey', 'secretkey', 'headers', 'instructions'])

/**
 * A copy of an agent's payload without what must not be logged or stored, at whatever depth it is: a skill that is
 * added tomorrow nests its headers somewhere else. Applied before anything reads, warns or keeps.
 */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (!isRaw(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !secret.has(foldWord(key)))
      .map(([key, inner]) => [key, withoutSecrets(inner)]),
  )
}
