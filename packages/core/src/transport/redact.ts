const tokenShaped = /\b(?:Bearer|Basic)\s+[\w.~+/=-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*|\bpit-[\w-]+|\b[A-Fa-f0-9]{32,}\b/g

/** Takes the given secrets, and whatever looks like one, out of a text that came from outside, and shortens it. */
export function redact(text: string, secrets: readonly string[] = [], length = 200): string {
  let result = text
  for (const secret of secrets) if (secret.length > 3) result = result.replaceAll(secret, '[redacted]')
  result = result.replace(tokenShaped, '[redacted]')
  return result.length > length ? `${result.slice(0, length)}…` : result
}
