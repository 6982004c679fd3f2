import { cutText } from '@parley/core'

/** A value in one short line, for the sentence of a violation. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 120 ? `${cutText(text, 120)}…` : text
}
