import { foldWord, isRaw, Unreadable } from '@parley/core'

/**
 * Headers of webhooks and escalations, the system prompt, and every key: of skills (`apiKey`), of a new agent
 * (`agentApiKey`), and whatever a skill that is added tomorrow calls its own ("Secrets in this response").
 */
const secret = /^(?:headers|instructions)$|(?:apikey|secretkey|licensekey|secret|token|password)$/

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
      .filter(([key]) => !secret.test(foldWord(key)))
      .map(([key, inner]) => [key, withoutSecrets(inner, depth + 1)]),
  )
}
