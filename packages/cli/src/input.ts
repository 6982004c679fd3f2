import { instantOf, tryParseRef } from '@parley/core'
import { InvalidArgumentError } from 'commander'

// Checks of what a person types. A refusal is printed with the name of the option, before anything else happens.

export function contactRef(text: string): string {
  if (tryParseRef(text)?.kind === 'contact') return text
  throw new InvalidArgumentError('It must be the ref of a contact: vendor:account/contact/id')
}

export function conversationRef(text: string): string {
  if (tryParseRef(text)?.kind === 'conversation') return text
  throw new InvalidArgumentError('It must be the ref of a conversation: vendor:account/conversation/id')
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

export function sendId(text: string): string {
  if (uuid.test(text)) return text
  throw new InvalidArgumentError('It must be the id of a send, as "parley inbox sends" shows it.')
}

/** The newest message that a person has seen, or `none`. */
export function seenMessage(text: string): string {
  if (text === 'none' || uuid.test(text) || tryParseRef(text)?.kind === 'message') return text
  throw new InvalidArgumentError('It must be the ref of a message, the id of a send, or none.')
}

/** One more value of an option that can be given several times. */
export const another = (text: string, before: readonly string[] = []): readonly string[] => {
  if (text.trim() !== '') return [...before, text]
  throw new InvalidArgumentError('It must not be empty.')
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
