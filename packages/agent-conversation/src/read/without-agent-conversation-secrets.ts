import { foldWord, isRaw, Unreadable } from '@parley/core'

/** Keys of skills, headers of webhooks and escalations, and the system prompt ("Secrets in this response"). */
const secret: ReadonlySet<string> = new Set(['apikey', 'agentsecretkey', 'secretkey', 'headers', 'instructions'])

/** No agent is nested anywhere near as deep; going on for ever would end the program instead. */
const deepest = 100

/**
 * A copy of an agent's payload without what must not be logged or stored, at whatever depth it is: a skill that is
 * added tomorrow nests its headers somewhere else. Applied before anything reads, warns or keeps.
 *
 * @throws Unreadable for what is nested too deep to be looked through.
 */
export function withoutSecrets(value: unknown, depth: number = 0): unknown {
  if (depth > deepest) throw new Unreadable('')
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1))
  if (!isRaw(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !secret.has(foldWord(key)))
      .map(([key, inner]) => [key, withoutSecrets(inner, depth + 1)]),
  )
}
