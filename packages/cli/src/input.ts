import { instantOf, tryParseRef } from '@parley/core'
import { InvalidArgumentError } from 'commander'

// Checks of what a person types. A refusal is printed with the name of the option, before anything else happens.

export function contactRef(text: string): string {
  if (tryParseRef(text)?.kind === 'contact') return text
  throw new InvalidArgumentError('It must be the ref of a contact: vendor:account/contact/id')
}

/** One more name of an account. */
export function accountNames(name: string, names: readonly string[] = []): readonly string[] {
  if (tryParseRef(`${name}/contact/any`)) return [...names, name]
  throw new InvalidArgumentError('It must be vendor:account, as status shows it.')
}

/** A time without a zone is one of UTC, as all times that are printed. */
export function instant(text: string): string {
  const read = instantOf(text)
  if (read !== undefined) return new Date(read).toISOString()
  throw new InvalidArgumentError('It must be a time in ISO 8601, such as 2026-01-15 or 2026-01-15T10:30Z.')
}

export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1 to 999999.')
}

export function path(text: string): string {
  if (text !== '') return text
  throw new InvalidArgumentError('It must be the path of a file.')
}
