import type { Channel } from '../model/entity.ts'
import type { SourceKind } from '../model/knowledge.ts'
import type { SendAttempt } from './results.ts'

/** The last argument of every operation. */
export interface OperationOptions {
  signal?: AbortSignal
  /** A deadline for the whole operation in milliseconds, including retries and waits. Default: the adapter's. */
  timeout?: number
  /**
   * Which requests are sent first when the vendor's rate limit is used up. Default: `send` for `messages.ask`,
   * `stream`, `reply`, `note` and `provideInput` and for `conversations.start`; otherwise the adapter's `priority`, whose default is
   * `live`.
   */
  priority?: Priority
  /**
   * Whether the result keeps the vendor's payload as `raw`: on its entities, on the entities inside them, and on
   * warnings, including those passed to `onWarning`. Default: the adapter's `raw`, whose default is `false`. A cursor
   * works with and without it.
   */
  raw?: boolean
  /**
   * Called immediately before each request that writes: after the waits for the rate limit, for a credential and between
   * retries. The request is sent only when the promise is fulfilled. If it throws, this request is not sent, and the operation
   * fails with that error.
   *
   * An upload is no such request, because nobody sees the file before a message contains it.
   *
   * A process that was suspended before the request learns here that another one has taken over its work. A dry run ends the
   * operation here: everything that the adapter checks is then checked.
   */
  beforeSend?: () => void | Promise<void>
  /**
   * Called immediately before each HTTP request of the operation, each retry included, also if its connection then fails. It counts
   * what an operation costs. It must not throw.
   */
  onRequest?: () => void
}

/** The last argument of the operations that send something: `messages.ask`, `stream`, `reply`, `note`, `provideInput`. */
export interface SendOptions extends OperationOptions {
  /**
   * Called with the attempt before anything is sent, and again each time more of it is known (the conversation that was
   * opened, the id of the message). Store the attempt: with it, `messages.reconcile` can find out whether the message
   * was sent, even if the process stops or the caller aborts the operation with `signal`.
   *
   * Nothing is sent until the returned promise is fulfilled. If the first call throws, the operation fails with that
   * error and nothing is sent. If a later call throws, the result has a warning, because a request has already been
   * sent.
   */
  onAttempt?: (attempt: SendAttempt) => void | Promise<void>
}

/** The last argument of `messages.reply`. */
export interface ReplyOptions extends SendOptions {
  /**
   * `if-needed`: takes the conversation over first (`control.takeOver`) if the vendor accepts a reply only then and the
   * agent is in control. The agent stops answering until `control.release`, also if the reply then fails (the error has
   * the outcome `partly-done`). It changes nothing at a vendor that accepts a reply at any time. Default: such a reply is
   * refused with a `ConflictError`.
   */
  takeOver?: 'if-needed'
}

/** The last argument of `messages.reconcile`. */
export interface ReconcileOptions extends OperationOptions {
  /**
   * The ids of messages that belong to other attempts, so that none of them is mistaken for this one. The adapter
   * already knows the ids of messages that it sent itself.
   */
  otherMessageIds?: readonly string[]
}

/**
 * Options for a single vendor. That vendor's package adds their types by declaration merging:
 *
 * ```ts
 * declare module '@parley/core' {
 *   interface VendorOptions {
 *     acme: { 'conversations.list': { mood?: string } }
 *   }
 * }
 * ```
 *
 * The compiler then checks `list({ vendor: { acme: { mood: 'blue' } } })`, and an unknown key is a compile error. At
 * run time the adapter refuses an unknown option or an invalid value with an `InvalidRequestError` that names it
 * (`vendor.acme.mood`), before any request. Options of other vendors are ignored.
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
 * The query of every list.
 *
 * Where a query has `since` and `until`, each is an instant in ISO 8601. A time without a zone is UTC. A date without a
 * time means midnight UTC at its beginning, also for `until`: `until: '2026-01-31'` excludes the 31st. A `since` after
 * its `until` is refused (`InvalidRequestError`, fields `since` and `until`).
 */
export interface ListQuery {
  /** Items per page. A larger number than the vendor allows (`limits.pageSize`) is reduced to the maximum. */
  limit?: number
  /**
   * The `next` of the previous page. A cursor belongs to one account, operation and query; with any other it is refused
   * (`InvalidRequestError`, field `cursor`). It includes its `limit`: omit `limit`, or pass the same one.
   *
   * `null` and `undefined` mean the first page, so a loop can start with either. The `next` of the last page is also
   * `null`, so end the loop there; otherwise it starts again:
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
 * Which conversations to list, newest activity first unless `order` says otherwise. Filters are combined with "and".
 * Parley applies a filter that the vendor lacks, and the page's `warnings` say so. An id that the vendor does not know
 * matches nothing, which is no error.
 */
export interface ConversationQuery extends ListQuery {
  status?: 'open' | 'closed'
  channel?: Channel
  agentId?: string
  contactId?: string
  /** The vendor's id of an operator. `null`: conversations without an assignee. */
  assigneeId?: string | null
  unread?: boolean
  isStarred?: boolean
  /** Free text. The vendor decides which fields it searches. */
  search?: string
  /** Last activity at or after this instant, ISO 8601. A conversation without a date is kept, and `warnings` say so. */
  since?: string
  /** Last activity before or at this instant, ISO 8601. */
  until?: string
  /** By last activity. Default `desc`. */
  order?: 'asc' | 'desc'
  /**
   * What happens to a conversation for which the vendor does not say whether it matches a filter. The page's `unapplied`
   * names such filters. Default `include`, because hiding a customer who waits would be the worse mistake.
   */
  unknown?: 'include' | 'exclude'
  vendor?: VendorOptionsOf<'conversations.list'>
}

/** A filter of `conversations.list`. */
export type ConversationFilter = Exclude<keyof ConversationQuery, 'limit' | 'cursor' | 'order' | 'unknown' | 'vendor'>

/** Which messages of a conversation to list. */
export interface MessageQuery extends ListQuery {
  /** By time. Default `desc`, newest first, because an inbox shows the newest messages first. */
  order?: 'asc' | 'desc'
  vendor?: VendorOptionsOf<'messages.list'>
}

/**
 * Which messages of the whole account to read in bulk. They are ordered by `by` within each part that the vendor
 * exports (some vendors export emails separately, so emails come after all others).
 */
export interface ExportQuery extends ListQuery {
  conversationId?: string
  contactId?: string
  channel?: Channel
  /** At or after this instant, ISO 8601. */
  since?: string
  /** Before or at this instant, ISO 8601. */
  until?: string
  /** The instant that `since`, `until` and `order` compare. Default `createdAt`. */
  by?: 'createdAt' | 'updatedAt'
  /** Default `desc`, newest first. */
  order?: 'asc' | 'desc'
  vendor?: VendorOptionsOf<'messages.export'>
}

export interface KnowledgeQuery extends ListQuery {
  /** Only this collection, where a vendor has several; one that does not exist has no items. Default: all of them. */
  knowledgeBaseId?: string
  kind?: SourceKind
  /** Free text, where the vendor searches it. */
  search?: string
  vendor?: VendorOptionsOf<'knowledge.list'>
}

export interface RemoveKnowledgeOptions extends OperationOptions {
  /** The item's kind, when you pass only its id. Saves a request. */
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

export interface OperatorQuery extends ListQuery {
  /** Text in the name or the email address. */
  search?: string
  vendor?: VendorOptionsOf<'operators.list'>
}

export interface ContactQuery extends ListQuery {
  vendor?: VendorOptionsOf<'contacts.list'>
}

/** Which contacts to find. The vendor looks up the first given field that it supports; the others narrow the result. */
export interface ContactSearch extends ListQuery {
  email?: string
  phone?: string
  externalId?: string
  /** Free text, where the vendor searches it. */
  text?: string
  vendor?: VendorOptionsOf<'contacts.search'>
}

/**
 * Which requests are sent first when requests wait for the vendor's rate limit. From first to last: `send`, a message
 * or an answer that a person waits for; `live`, what a person is looking at; `catch-up`, changes since the last read;
 * `backfill`, history; `sweep`, rereading old data.
 *
 * A waiting request is sent before all requests of a lower priority, and after earlier requests of its own priority. No
 * request waits beyond the deadline of its operation.
 */
export type Priority = 'send' | 'live' | 'catch-up' | 'backfill' | 'sweep'
