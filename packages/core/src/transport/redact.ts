import { cutText } from '../read/cut-text.ts'

const tokenShaped = /\b(?:[Bb]earer|Basic)\s+[\w.~+/=-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*|\bpit-[\w-]+|\b[A-Fa-f0-9]{32,}\b/g

/** A value whose name in JSON says that it is one: `"agentApiKey": "…"`. */
const named =
  /("[\w-]{0,40}(?:api[-_]?key|secret(?:[-_]?key)?|access[-_]?token|refresh[-_]?token|password)"\s*:\s*")[^"]+/gi

/** What lies beyond this is cut off before anything is looked for, so that no body of megabytes is searched. */
const searched = 10_000

/** Takes the given secrets, and whatever looks like one, out of a text that came from outside, and shortens it. */
export function redact(text: string, secrets: readonly string[] = [], length = 200): string {
  let result = cutText(text, length + searched)
  for (const secret of secrets.map((given) => given.trim()))
    if (secret.length > 3) result = result.replaceAll(secret, '[redacted]')
  result = result.replace(named, '$1[redacted]').replace(tokenShaped, '[redacted]')
  return result.length > length ? `${cutText(result, length)}…` : result
}
