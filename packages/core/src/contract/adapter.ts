import type { AnyNativeApi } from '../native/endpoint.ts'
import type { RateLimitStatus } from '../transport/limit-window.ts'
import type { FieldTable } from './fields.ts'
import type { Operations } from './operations.ts'
import type { ConversationFilter } from './options.ts'
import type { Traits } from './traits.ts'

type GroupName = keyof Operations

type AnyOperation = (...args: never[]) => unknown

/** `reply` for an operation, `actions.attach` for one of a group inside the group. */
type VerbOf<Group> = {
  [Key in keyof Group & string]: Group[Key] extends AnyOperation ? Key : `${Key}.${keyof Group[Key] & string}`
}[keyof Group & string]

/** The name of an operation: `messages.reply`, `agents.actions.attach`. */
export type OperationName = { [Group in GroupName]: `${Group}.${VerbOf<Operations[Group]>}` }[GroupName]

/** A group of which each operation may be missing. */
type PartialGroup<Group> = {
  [Key in keyof Group]?: Group[Key] extends AnyOperation ? Group[Key] : Partial<Group[Key]>
}

/**
 * One account at one vendor: a plain object of operation groups.
 *
 * **Presence is the capability.** A group or an operation that the vendor lacks does not exist on the adapter. On an
 * adapter's own type (`LiveChatAI`) its operations are required. On this general type every operation is optional;
 * `supports` and `requireOperation` narrow it.
 */
export type Adapter = AdapterIdentity & { [Group in GroupName]?: PartialGroup<Operations[Group]> }

/** `agents.actions` for `agents.actions.list`, `control` for `control.get`. */
type GroupOf<Name extends string> = Name extends `${infer Group}.${infer Subgroup}.${string}`
  ? `${Group}.${Subgroup}`
  : Name extends `${infer Group}.${string}`
    ? Group
    : never

/**
 * Why operations are missing, in one sentence each. A key is an operation or a group: the reason of a group is for all of
 * its missing operations. An operation that the vendor simply has no endpoint for needs no reason.
 */
export type UnsupportedReasons = Readonly<Partial<Record<OperationName | GroupOf<OperationName>, string>>>

export interface AdapterIdentity {
  /** The vendor's name in lower case, the first part of every `ref`. */
  readonly vendor: string
  /** The user's name for this account, the second part of every `ref`. */
  readonly account: string
  readonly limits: Limits
  /** Why the vendor does not support some operations. `unsupportedReason` finds the reason of a missing operation. */
  readonly unsupported: UnsupportedReasons
  /**
   * What the vendor does with each field of the models. The table is loaded on the first call, because only a move
   * between vendors needs it. No request is made.
   */
  readonly fields?: () => Promise<FieldTable>
  /**
   * How the vendor behaves where vendors differ although the operation is the same. Loaded on the first call, like `fields`.
   * No request is made.
   */
  readonly traits?: () => Promise<Traits>
  /**
   * How much of the vendor's rate limit is used right now, and how many requests are waiting. All adapters with the
   * same limit share these numbers. No request is made.
   */
  readonly rateLimitStatus?: () => RateLimitStatus
  /** The vendor's own API, endpoint by endpoint. The adapter's own type lists the endpoints. */
  readonly native?: AnyNativeApi
}

/** The type at a dotted path such as `messages.reply`. */
type At<T, Path extends string> = Path extends `${infer Key}.${infer Rest}`
  ? Key extends keyof T
    ? At<T[Key], Rest>
    : never
  : Path extends keyof T
    ? T[Path]
    : never

/** The signature of the operation with this name. */
export type OperationOf<Name extends OperationName> = At<Operations, Name>

/** What an adapter is known to have after `supports` returned `true`. */
export type With<Name extends OperationName> = Nested<Name, OperationOf<Name>>

type Nested<Path extends string, T> = Path extends `${infer Key}.${infer Rest}`
  ? { [K in Key]: Nested<Rest, T> }
  : { [K in Path]: T }

/**
 * How a filter is answered. `vendor`: by the vendor, over the whole list. `local`: by Parley, page by page, so that pages
 * can be shorter. `unanswerable`: the vendor never gives the value, so nobody can say which items match; the query's
 * `unknown` decides what happens to them.
 */
export type FilterSupport = 'vendor' | 'local' | 'unanswerable'

/** `names`: the contact's name and addresses. `previews`: the newest message. `bodies`: all messages. */
export type SearchedText = 'titles' | 'names' | 'previews' | 'bodies'

/** What the vendor allows, as data. Every number is documented by the vendor; a missing number is undocumented. */
export interface Limits {
  /** Per list operation: the default and the largest number of items in a page. */
  pageSize: Partial<Record<string, { default: number; max: number }>>
  /** How each filter of `conversations.list` is answered. A missing one is `local`. See `filterSupport`. */
  filters: Readonly<Partial<Record<ConversationFilter, FilterSupport>>>
  /** What the filter `search` of `conversations.list` looks through. */
  search?: readonly SearchedText[]
  /**
   * Per list operation: the fields of the query without which the vendor lists nothing. A query without one of them is
   * refused (`InvalidRequestError`), and the error names the field.
   */
  required?: Partial<Record<string, readonly string[]>>
  /** Longest text per field, in characters: `{ 'conversation.title': 255 }`. */
  text: Readonly<Record<string, number>>
  /** Rate limits, per `scope`: how many requests are allowed in `perMs` milliseconds. */
  rate: readonly RateLimit[]
  /** Facts that a move or an inbox needs and that no field holds, one sentence each. */
  notes: readonly string[]
}

export interface RateLimit {
  /** What the limit applies to, in words: `location`. */
  scope: string
  requests: number
  perMs: number
}
