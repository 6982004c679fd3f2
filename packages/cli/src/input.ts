import { instantOf, tryParseRef } from '@parley/core'
import { Argument, InvalidArgumentError } from 'commander'

// Checks of what a person types. A refusal is printed with the name of the option, before anything else happens.

export function contactRef(text: string): string {
  if (tryParseRef(text)?.kind === 'contact') return text
  throw new InvalidArgumentError('It must be the ref of a contact: vendor:account/contact/id')
}

export function conversationRef(text: string): string {
  if (tryParseRef(text)?.kind === 'conversation') return text
  throw new InvalidArgumentError('It must be the ref of a conversation: vendor:account/conversation/id')
}

/** Of a command that takes one conversation. */
export const conversationArgument = (): Argument =>
  new Argument('<conversation>', 'the ref of the conversation: vendor:account/conversation/id').argParser(
    conversationRef,
  )

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

/** The newest message that a person has seen at the vendor, or `none`. */
export function seenRef(text: string): string {
  if (text === 'none' || tryParseRef(text)?.kind === 'message') return text
  throw new InvalidArgumentError('It must be the ref of a message, or none.')
}

export function accountOrConversation(text: string): string {
  const kind = tryParseRef(text.includes('/') ? text : `${text}/contact/any`)?.kind
  if (kind === 'conversation' || (kind === 'contact' && !text.includes('/'))) return text
  throw new InvalidArgumentError('It must be vendor:account, or the ref of a conversation.')
}

export function vendorOrAccount(text: string): string {
  if (/^[\w-]+$/.test(text) || tryParseRef(`${text}/contact/any`)) return text
  throw new InvalidArgumentError('It must be the name of a vendor, or vendor:account.')
}

export function visitorId(text: string): string {
  if (/^(?=.*\S).{1,200}$/u.test(text)) return text
  throw new InvalidArgumentError('It must have 1 to 200 characters.')
}

/** One more value of an option that can be given several times. */
export const another = (text: string, before: readonly string[] = []): readonly string[] => {
  if (text.trim() !== '') return [...before, text]
  throw new InvalidArgumentError('It must not be empty.')
}

/** The name of an account. */
export function accountName(name: string): string {
  if (tryParseRef(`${name}/contact/any`)) return name
  throw new InvalidArgumentError('It must be vendor:account, as "parley accounts" shows it.')
}

/** One more name of an account. */
export const accountNames = (name: string, names: readonly string[] = []): readonly string[] => [
  ...names,
  accountName(name),
]

/** A time without a zone is one of the zone of this machine, as all times that are printed. */
export function instant(text: string): string {
  const read = instantIn(text)
  if (read !== undefined) return read.toISOString()
  throw new InvalidArgumentError(
    `It must be a time in ISO 8601, such as 2026-01-15, 2026-01-15T10:30 (in the zone of this machine) or 2026-01-15T10:30Z.`,
  )
}

function instantIn(text: string): Date | undefined {
  const read = instantOf(text)
  if (read === undefined) return undefined
  const date = new Date(read)
  if (!/^\d{4}-\d\d-\d\d(?:[T ][\d:.,]+)?$/i.test(text.trim())) return date
  const local = new Date(read)
  local.setFullYear(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
  local.setHours(date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds())
  return local
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** A time that has not passed, or how long it takes until then. `null`: `none`. */
export function wakeTime(text: string): string | null {
  if (text === 'none') return null
  const [, number, unit = ''] = /^([1-9]\d{0,4})([mhdw])$/.exec(text) ?? []
  const until = number === undefined ? instantIn(text) : new Date(Date.now() + Number(number) * (units[unit] ?? 0))
  if (until && until.getTime() > Date.now()) return until.toISOString()
  const problem = until ? 'The time has passed. It must be' : 'It must be'
  throw new InvalidArgumentError(
    `${problem} how long, such as 30m, 2h, 3d or 1w, a time in ISO 8601, such as 2030-01-15T09:00 (in the zone of this machine) or 2030-01-15T09:00Z, or none.`,
  )
}

export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1 to 999999.')
}

export function zeroOrMore(text: string): number {
  return text === '0' ? 0 : wholeNumber(text)
}

/** In milliseconds. */
export const seconds = (text: string): number => wholeNumber(text) * 1000

export function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535. With 0, a free port is taken.')
}

/** The address of a server, without a path. */
export function serverAddress(text: string): string {
  const url = URL.parse(text)
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin
  throw new InvalidArgumentError('It must be an address without a path, such as https://inbox.example')
}

export function path(text: string): string {
  if (text !== '') return text
  throw new InvalidArgumentError('It must be the path of a file.')
}
