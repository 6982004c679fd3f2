import { accountName, buildRef, isRecord, type SendAttempt, tryParseRef } from '@parley/core'
import { copyAttempt } from '@parley/core/operations'

/** The two accounts of a route: `from` answers today, `to` gets a share of the new conversations. */
export type Side = 'from' | 'to'

interface Account {
  readonly vendor: string
  readonly account: string
}

/*
 * The ids of a route. Those of `from` stay as they are, so that everything that an application has stored goes on working
 * when a route takes the place of the adapter. An id of `to` gets a mark in front. An id of `from` that happens to begin
 * with a mark gets one too, so that every id has one meaning.
 */
const marks: Readonly<Record<Side, string>> = { from: 'from~', to: 'to~' }

const isMarked = (id: string): boolean => id.startsWith(marks.from) || id.startsWith(marks.to)

/** The id under which the route shows an entity of this side. */
const markedId = (side: Side, id: string): string => (side === 'to' || isMarked(id) ? `${marks[side]}${id}` : id)

/** The side of an id of the route, and the id there. */
export function placeOfId(id: string): { side: Side; id: string } {
  if (id.startsWith(marks.to)) return { side: 'to', id: id.slice(marks.to.length) }
  return { side: 'from', id: id.startsWith(marks.from) ? id.slice(marks.from.length) : id }
}

/** The fields that have ids of entities, in models, inputs, queries and attempts. */
const idFields: ReadonlySet<string> = new Set([
  ...['agentId', 'contactId', 'conversationId', 'messageId', 'operatorId', 'assigneeId', 'authorId'],
  ...['knowledgeBaseId', 'inReplyTo', 'after', 'toAgentId', 'transferToAgentId'],
])
const idListFields: ReadonlySet<string> = new Set([
  'conversationIds',
  'knowledgeBaseIds',
  'otherMessageIds',
  'mentions',
])
/** The objects without a ref whose `id` is that of an entity. */
const summaries: ReadonlySet<string> = new Set(['contact', 'assignee', 'author'])
const refFields: ReadonlySet<string> = new Set(['conversationRef', 'contactRef'])
/** What the vendor or the application has put there is passed on unchanged. */
const foreign: ReadonlySet<string> = new Set(['raw', 'customFields', 'attributes', 'details', 'value', 'vendor'])

interface Change {
  id(id: string): string
  ref(ref: string): string
  readonly account: Account
}

function changed(value: unknown, change: Change, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => changed(item, change, key))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (!isRecord(value) || !isPlain(value)) return value
  const isEntity = typeof value['ref'] === 'string' && typeof value['vendor'] === 'string'
  const hasId = isEntity || summaries.has(key) || 'confirmed' in value
  const entries = Object.entries(value).map(([name, field]): [string, unknown] => {
    if (typeof field === 'string') {
      if (name === 'id' ? hasId : idFields.has(name)) return [name, change.id(field)]
      if (name === 'ref' || refFields.has(name)) return [name, change.ref(field)]
      if (isEntity && (name === 'vendor' || name === 'account')) return [name, change.account[name]]
      return [name, field]
    }
    const isIds = idListFields.has(name) || (key === 'email' && name === 'ids')
    if (isIds && Array.isArray(field)) return [name, field.map((id) => (typeof id === 'string' ? change.id(id) : id))]
    return [name, foreign.has(name) ? field : changed(field, change, name)]
  })
  if (entries.every(([name, field]) => field === value[name])) return value
  const copy = Object.fromEntries(entries)
  return key === 'attempt' ? copyAttempt(value as unknown as SendAttempt, copy as unknown as SendAttempt) : copy
}

/** Files and other objects of a class are no data. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Changes what one side returned into what the route returns, and the arguments of the route into those of the side. */
export interface Translation {
  /** An entity, an answer, a page, or any other result of the side. */
  out<T>(value: T): T
  /** An attempt of the side, still recognized as the same one. */
  attempt(attempt: SendAttempt): SendAttempt
  /** A ref of the side. */
  ref(ref: string): string
  /** A target, an input or an attempt of the route. An id of the other side stays as it is, so it is one that the side does not know. */
  in<T>(value: T): T
}

export function translationOf(side: Side, own: Account, there: Account): Translation {
  const refTo = (ref: string, account: Account, id: (id: string) => string): string => {
    const parts = tryParseRef(ref)
    return parts ? buildRef({ ...parts, ...account, id: id(parts.id) }) : ref
  }
  const mark = (id: string) => markedId(side, id)
  const unmark = (id: string) => {
    const place = placeOfId(id)
    return place.side === side ? place.id : id
  }
  const account = ({ vendor, account }: Account): Account => ({ vendor, account })
  const ref = (given: string) => refTo(given, account(own), mark)
  const out: Change = { id: mark, ref, account: own }
  const back: Change = { id: unmark, ref: (given) => refTo(given, account(there), unmark), account: there }
  return {
    out: (value) => changed(value, out) as typeof value,
    attempt: (given) => changed(given, out, 'attempt') as SendAttempt,
    ref,
    in: (value) => changed(value, back, isAttempt(value) ? 'attempt' : '') as typeof value,
  }
}

const isAttempt = (value: unknown): boolean => isRecord(value) && 'startedAt' in value && 'kind' in value

/** Those of these fields that have an id of the other side. */
export const foreignIds = (given: object, fields: readonly string[], side: Side): string[] =>
  fields.filter((name) => {
    const id: unknown = (given as Readonly<Record<string, unknown>>)[name]
    return typeof id === 'string' && placeOfId(id).side !== side
  })

export const nameOf = ({ vendor, account }: Account): string => accountName(vendor, account)
