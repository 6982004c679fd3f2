import {
  type Channel,
  type Control,
  didYouMean,
  flagOption,
  instantOf,
  isRecord,
  type OptionCheck,
  readable,
  readTimestamp,
  tryParseRef,
} from '@parley/core'
import { placeOf, wrongArgument } from '../ref-parts.ts'
import { isText } from '../store/cursor-parts.ts'
import { storableTime } from '../store/database-time.ts'
import type { DeskFilter, DeskStatus } from './desk.ts'

/** How many values a field may have. */
const mostValues = 100
/** How long a value may be, in characters. */
const longest = 1000

const text: OptionCheck = (value) => {
  if (typeof value !== 'string' || value.trim() === '') return 'must be a non-empty string'
  if (value.length > longest) return `must have at most ${longest} characters`
  return isText(value) ? undefined : 'must not contain a NUL character or half of a surrogate pair'
}

const id: OptionCheck = (value) =>
  text(value) ?? (tryParseRef(value) ? 'must be an id, not a ref: pass the id from parseRef(ref)' : undefined)

const idOrNull: OptionCheck = (value) => {
  const problem = value === null ? undefined : id(value)
  return problem && `${problem}, or null`
}

const instant: OptionCheck = (value) =>
  instantOf(value) !== undefined && storableTime(readTimestamp(value)) !== null
    ? undefined
    : 'must be an instant in ISO 8601, such as 2026-01-15T10:30:00Z'

/** The compiler refuses a word that is missing, and one that does not exist. */
const words =
  <Word extends string>(all: Record<Word, true>): OptionCheck =>
  (value) =>
    typeof value === 'string' && Object.hasOwn(all, value) ? undefined : `must be one of ${Object.keys(all).join(', ')}`

/** `many`: a value, or a list of values. `list`: only a list. */
type Field = readonly [check: OptionCheck, form?: 'many' | 'list']

const fields: { readonly [Name in keyof DeskFilter]-?: Field } = {
  status: [words<DeskStatus>({ open: true, closed: true }), 'many'],
  channel: [
    words<Channel>({
      ...{ sms: true, email: true, whatsapp: true, messenger: true, instagram: true, tiktok: true, google: true },
      ...{ slack: true, teams: true, web: true, voice: true, api: true, internal: true, system: true },
    }),
    'many',
  ],
  agentId: [id, 'many'],
  contactId: [id, 'many'],
  assignee: [idOrNull, 'many'],
  control: [words<Control['holder']>({ agent: true, operator: true, unknown: true }), 'many'],
  unread: [flagOption],
  isStarred: [flagOption],
  snoozed: [(value) => (value === 'any' || typeof value === 'boolean' ? undefined : 'must be true, false or any')],
  tag: [text, 'many'],
  hasOpenSends: [flagOption],
  since: [instant],
  until: [instant],
  search: [text],
  accounts: [text, 'list'],
  unknown: [words({ include: true, exclude: true })],
}

/**
 * Checks a filter that comes from outside, and copies it.
 *
 * @param operation what is called, for the error.
 * @throws InvalidRequestError that names the path of the first wrong value: `status[1]`.
 */
export function checkFilter(operation: string, filter: unknown): DeskFilter {
  const checked: Record<string, unknown> = {}
  for (const [name, value] of readable(placeOf(operation), 'filter', () => entriesOf(operation, filter))) {
    if (value === undefined) continue
    if (!Object.hasOwn(fields, name))
      throw wrongArgument(operation, name, `is not a field of a filter${didYouMean(name, Object.keys(fields))}`)
    checked[name] = readable(placeOf(operation), name, () => checkedField(operation, name as keyof DeskFilter, value))
  }
  const { since, until } = checked as DeskFilter
  if (since !== undefined && until !== undefined && (instantOf(since) as number) > (instantOf(until) as number))
    throw wrongArgument(operation, 'since', 'must not be after until')
  return checked as DeskFilter
}

function entriesOf(operation: string, filter: unknown): [string, unknown][] {
  const isPlain = isRecord(filter) && Object.prototype.toString.call(filter) === '[object Object]'
  if (!isPlain) throw wrongArgument(operation, 'filter', 'must be an object')
  return Object.entries(filter)
}

function checkedField(operation: string, name: keyof DeskFilter, value: unknown): unknown {
  const [check, form] = fields[name]
  if (form === undefined || !Array.isArray(value)) {
    const problem = form === 'list' ? 'must be a list' : check(value)
    if (problem === undefined) return value
    throw wrongArgument(operation, name, form === 'many' ? `${problem}, or a list of such values` : problem)
  }
  if (value.length === 0) throw wrongArgument(operation, name, 'must not be an empty list: omit it instead')
  if (value.length > mostValues) throw wrongArgument(operation, name, `must have at most ${mostValues} values`)
  return Array.from(value, (each: unknown, index) => {
    const problem = check(each)
    if (problem === undefined) return each
    throw wrongArgument(operation, `${name}[${index}]`, problem)
  })
}
