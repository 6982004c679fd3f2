import type { Channel } from '../model/entity.ts'
import type { SourceKind } from '../model/knowledge.ts'
import type { SendAttempt } from './results.ts'

/** What every operation takes last. */
export interface OperationOptions {
  signal?: AbortSignal
  /** A deadline for the whole operation in milliseconds, its retries and waits included. Default: the adapter's. */
  timeout?: number
  /**
   * Who goes first when the vendor's rate limit is used up. Default: `send` for what speaks (`messages.ask`, `stream`,
   * `reply` and `note`, `conversations.start`), else the adapter's own `priority`, which is `live` unless it was given.
   */
  priority?: Priority
  /**
   * Whether what this operation gives keeps the vendor's payload as `raw`: its entities, those inside them, and its
   * warnings, also those that `onWarning` is told. Default: the adapter's `raw`, which is `false` unless it was given. A
   * cursor may be used with or without it.
   */
  raw?: boolean
}

/** What the operations that speak take last: `messages.ask`, `stream`, `reply`, `note`. */
export interface SendOptions extends OperationOptions {
  /**
   * Called with the attempt before anything is sent, and again each time more of it is known (the conversation that was
   * opened, the id of the message). Store it: a process that stops, or a caller that gives up with `signal`, can still
   * find out with `messages.reconcile` what became of the message.
   *
   * Nothing is sent until the returned promise is fulfilled. What the first call throws ends the operation, and nothing
   * was sent. What a later call throws becomes a warning, because the message is on its way.
   */
  onAttempt?: (attempt: SendAttempt) => void | Promise<void>
}

/** What `messages.reconcile` takes last. */
export interface ReconcileOptions extends OperationOptions {
  /**
   * The ids of messages that are known to belong to other attempts, so that none of them is taken for this one. Those
   * that this adapter sent itself are known without it.
   */
  otherMessageIds?: readonly string[]
}

/**
 * What only one vendor understands, typed by that vendor's package through declaration merging:
 *
 * ```ts
 * declare module '@parley/core' {
 *   interface VendorOptions {
 *     acme: { 'conversations.list': { mood?: string } }
 *   }
 * }
 * ```
 *
 * so that `list({ vendor: { acme: { mood: 'blue' } } })` is checked, and a wrong key is a compile error. At run time the adapter
 * refuses an unknown option and a wrong value with an `InvalidRequestError` that names it (`vendor.acme.mood`), before
 * any request. Options of other vendors are ignored.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is empty until an adapter merges its own options into it
export interface VendorOptions {}

/** The part of `VendorOptions` that belongs to one operation, per vendor. */
export type VendorOptionsOf<Operation extends string> = {
  [Vendor in keyof VendorOptions]?: VendorOptions[Vendor] extends { [Key in Operation]?: infer Options }
    ? Options
    : never
}

/**
 * What every list takes.
 *
 * Where a query has `since` and `until`, each is an instant in ISO 8601. A time without a zone is UTC. A date alone is its
 * beginning, midnight UTC, also as `until`: `until: '2026-01-31'` leaves out the 31st. A `since` after its `until` is refused
 * (`InvalidRequestError`, fields `since` and `until`).
 */
export interface ListQuery {
  /** Items per page. More than the vendor allows (`limits.pageSize`) is cut to it. */
  limit?: number
  /**
   * The `next` of the page before. It is bound to the account, the operation and the query; with any other it is refused
   * (`InvalidRequestError`, field `cursor`). It carries its `limit`: leave `limit` out, or give the same.
   *
   * `null` and `undefined` mean the first page, so that a loop can begin with either. The `next` of the last page is
   * `null` too, so end the loop there; otherwise it begins again:
   *
   * ```ts
   * let next: string | null = null
   * do {
   *   const page = await desk.conversations.list({ cursor: next })
   *   next = page.next
   * } while (next !== null)
   * ```
   */
  cursor?: string | null | undefined
}

export interface AgentQuery extends ListQuery {
  /** Text in the name. */
  search?: string
  vendor?: VendorOptionsOf<'agents.list'>
}

/**
 * Which conversations, newest activity first unless `order` says otherwise. Filters are combined with "and". One that
 * the vendor lacks is applied here, and the page's `warnings` say so.
 */
export interface ConversationQuery extends ListQuery {
  status?: 'open' | 'closed'
  channel?: Channel
  agentId?: string
  contactId?: string
  /** An operator's id; `null`: owned by nobody. */
  assigneeId?: string | null
  unread?: boolean
  isStarred?: boolean
  /** Free text, over what the vendor searches. */
  search?: string
  /** Last activity at or after this instant, ISO 8601. A conversation without a date is kept, and `warnings` say so. */
  since?: string
  /** Last activity before or at this instant, ISO 8601. */
  until?: string
  /** By last activity. Default `desc`. */
  order?: 'asc' | 'desc'
  vendor?: VendorOptionsOf<'conversations.list'>
}

/** Which messages of one conversation. */
export interface MessageQuery extends ListQuery {
  /** By time. Default `desc`, newest first, because that is what inboxes open with. */
  order?: 'asc' | 'desc'
  vendor?: VendorOptionsOf<'messages.list'>
}

/**
 * Which messages of the whole account, for reading in bulk. The order is by `by`, within what the vendor can export in
 * one go (some export emails apart, so that these come after all others).
 */
export interface ExportQuery extends ListQuery {
  conversationId?: string
  contactId?: string
  channel?: Channel
  /** At or after this instant, ISO 8601. */
  since?: string
  /** Before or at this instant, ISO 8601. */
  until?: string
  /** The instant that `since`, `until` and `order` are about. Default `createdAt`. */
  by?: 'createdAt' | 'updatedAt'
  /** Default `desc`, newest first. */
  order?: 'asc' | 'desc'
  vendor?: VendorOptionsOf<'messages.export'>
}

export interface KnowledgeQuery extends ListQuery {
  /** Only this collection, where a vendor has several. Default: all of them. */
  knowledgeBaseId?: string
  kind?: SourceKind
  /** Free text, where the vendor searches it. */
  search?: string
  vendor?: VendorOptionsOf<'knowledge.list'>
}

export interface RemoveKnowledgeOptions extends OperationOptions {
  /** What it is, when only its id is at hand. Saves looking it up. */
  kind?: SourceKind
  knowledgeBaseId?: string
}

export interface FeedbackQuery extends ListQuery {
  /** Given at or after this instant, ISO 8601. */
  since?: string
  /** Given before or at this instant, ISO 8601. */
  until?: string
  vendor?: VendorOptionsOf<'feedback.list'>
}

export interface SuggestionQuery extends ListQuery {
  since?: string
  until?: string
  vendor?: VendorOptionsOf<'feedback.suggestions'>
}

export interface ContactQuery extends ListQuery {
  vendor?: VendorOptionsOf<'contacts.list'>
}

/** Whom to find. The first that is given and the vendor can look up decides; the others narrow the result. */
export interface ContactSearch extends ListQuery {
  email?: string
  phone?: string
  externalId?: string
  /** Free text, where the vendor searches it. */
  text?: string
  vendor?: VendorOptionsOf<'contacts.search'>
}

/**
 * Who goes first where requests have to wait for a place in the vendor's rate limit: `send`, what a person says or waits
 * for; `live`, what somebody looks at now; `catch-up`, what has happened since the last look; `backfill`, history;
 * `sweep`, looking again at what is old.
 *
 * A request that waits goes before all that wait with a later word of this list, and after those with its own word that
 * came before it. Nobody waits beyond the deadline of the operation.
 */
export type Priority = 'send' | 'live' | 'catch-up' | 'backfill' | 'sweep'
