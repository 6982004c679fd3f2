import type { AnyNativeApi } from '../native/endpoint.ts'
import type { RateLimitStatus } from '../transport/limit-window.ts'
import type { FieldTable } from './fields.ts'
import type { Operations } from './operations.ts'

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
 * **Presence is the capability.** A group or an operation that the vendor lacks is not there. On an adapter's own type
 * (`LiveChatAI`) what it has is not optional; on this general type all of it is, and `supports` and `requireOperation`
 * narrow it.
 */
export type Adapter = AdapterIdentity & { [Group in GroupName]?: PartialGroup<Operations[Group]> }

export interface AdapterIdentity {
  /** The vendor's name in lower case, the first part of every `ref`. */
  readonly vendor: string
  /** The user's name for this account, the second part of every `ref`. */
  readonly account: string
  readonly limits: Limits
  /** Why each operation that the vendor lacks is not there. `requireOperation`, the capability matrix and the docs show it. */
  readonly unsupported: Readonly<Partial<Record<OperationName, string>>>
  /**
   * What the vendor does with each field of the models. Loaded when it is asked for, since only who thinks of moving
   * needs it; no request is made.
   */
  readonly fields?: () => Promise<FieldTable>
  /**
   * How much of the vendor's rate limit is used right now, and how many requests wait; shared by all adapters of the same
   * limit. Makes no request.
   */
  readonly rateLimitStatus?: () => RateLimitStatus
  /** The vendor's own API, endpoint by endpoint. Which ones there are, only the adapter's own type knows. */
  readonly native?: AnyNativeApi
}

/** What is found under a name such as `messages.reply`, step by step. */
type At<T, Path extends string> = Path extends `${infer Key}.${infer Rest}`
  ? Key extends keyof T
    ? At<T[Key], Rest>
    : never
  : Path extends keyof T
    ? T[Path]
    : never

/** The signature of an operation by its name. */
export type OperationOf<Name extends OperationName> = At<Operations, Name>

/** What an adapter is known to have once `supports` said yes. */
export type With<Name extends OperationName> = Nested<Name, OperationOf<Name>>

type Nested<Path extends string, T> = Path extends `${infer Key}.${infer Rest}`
  ? { [K in Key]: Nested<Rest, T> }
  : { [K in Path]: T }

/** What the vendor allows, as data. Every number names what was documented; a missing one is undocumented. */
export interface Limits {
  /** Per list operation: how many items a page has when nothing is said, and at most. */
  pageSize: Partial<Record<string, { default: number; max: number }>>
  /** Filters of `conversations.list` that the vendor applies itself; the others are applied here, page by page. */
  filters: readonly string[]
  /** Longest text per field, in characters: `{ 'conversation.title': 255 }`. */
  text: Readonly<Record<string, number>>
  /** What may be asked in which time, per `scope`: requests in `perMs` milliseconds. */
  rate: readonly RateLimit[]
  /** Whether a deleted thing can be told from one that was never there or is not listed. */
  deletesVisible: boolean
  /** What a move or an inbox needs to know and no field says, one sentence each. */
  notes: readonly string[]
}

export interface RateLimit {
  /** Who shares it, in words: `location`. */
  scope: string
  requests: number
  perMs: number
}
