import type {
  Adapter,
  Agent,
  AgentOperations,
  AgentQuery,
  AttachmentOperations,
  Clock,
  Contact,
  ContactOperations,
  ContactQuery,
  ContactSearch,
  ControlOperations,
  Conversation,
  ConversationOperations,
  ConversationQuery,
  FeedbackOperations,
  GenerationOperations,
  KnowledgeItem,
  KnowledgeOperations,
  KnowledgeQuery,
  MessageOperations,
  OperationOptions,
  Operator,
  OperatorQuery,
  Page,
  Paged,
  ReconcileOptions,
  Reconciliation,
  SearchedText,
  SendAttempt,
  SourceOperations,
  Suggestion,
  SuggestionQuery,
  Target,
  WebhookOperations,
} from '@parley/core'

/**
 * `timeout`: no response within the account's deadline. `unsupported`: the vendor does not support the operation.
 * `done`: all items of this account were on earlier pages. `unsynced`, of a synced inbox: the account was not yet read to
 * the end, so the store lacks some or all of its items.
 */
export type AccountOutcome = 'ok' | 'error' | 'timeout' | 'unsupported' | 'done' | 'unsynced'

/** What an account contributed to a page. A page always shows which accounts are missing. */
export interface AccountState {
  /** `vendor:account`, as in every `ref` of that account. */
  account: string
  state: AccountOutcome
  /**
   * When the account was read, ISO 8601; of a synced inbox, when its last complete sync began. `null`: it was not read.
   */
  asOf: string | null
  /**
   * The filters of the query that the account could not answer for some or all of its items on this page. The query's
   * `unknown` decides about these items.
   */
  unapplied?: string[]
  /**
   * Why the account was not read on although the page is not full: the time of the page was up or too short for the
   * vendor's rate limit, or the page has cost the account ten requests. What it still has comes on later pages.
   */
  stoppedBy?: 'deadline' | 'requests'
  /** With the filter `search`: what the account looked through. */
  searched?: SearchedText[]
  /** What went wrong, without secrets and customer text. */
  error?: { code: string; message: string; retryable: boolean; retryAfterMs?: number }
}

/**
 * A page over several accounts. If an account fails, the page does not fail: `accounts` shows it. `unapplied` has the
 * filters that any of the accounts could not answer. `warnings` has one for each account, text and field, with the place of
 * the first item; only an item that could not be read (`bad-item`) has its own.
 */
export interface InboxPage<Item> extends Page<Item> {
  accounts: AccountState[]
}

export interface AccountChoice {
  /** Only these accounts, as `vendor:account`. Default: all. */
  accounts?: readonly string[]
  /**
   * `true`: the iteration of the items ends without an error even if items of an account are missing. Default `false`:
   * after all available items, it throws an `IncompleteError`. This has no effect on pages, which always name such
   * accounts.
   */
  partial?: boolean
}

export interface InboxOptions {
  /** The accounts, each `vendor:account` once. */
  accounts: readonly Adapter[]
  /** How long an account may take for its part of a page, in milliseconds. Default 10,000. */
  deadline?: number
  /** Time, injected for tests. Default: the system's. */
  clock?: Clock
}

/** An operation of an account, with the account's name (`vendor:account`) as its first argument. */
export type InAccount<Operation extends (...args: never[]) => unknown> = (
  account: string,
  ...args: Parameters<Operation>
) => ReturnType<Operation>

/**
 * The contract over many accounts. It has every operation. Where an adapter takes an entity or an id, an inbox takes an
 * entity or its `ref`. An operation that has neither, and is no list over the accounts, takes the account's name first.
 *
 * Iterating a list over several accounts yields all available items. If items of an account are missing at the end,
 * because it failed, was too slow or has no such list, the iteration then throws one `IncompleteError`. The error names
 * those accounts and has the cursor for the missing items. With `{ partial: true }`, no error is thrown.
 *
 * A list over several accounts, other than of conversations, is by `ref` within the current page of each account. The next
 * page of an account follows when its page is used up, also with lower refs. A synced inbox lists its agents and contacts
 * by `ref`.
 */
export interface Inbox {
  /** `vendor:account` of every account, in the order of the option `accounts`. */
  readonly accounts: readonly string[]
  /** The adapter of an account name, a ref or an entity. @throws NotFoundError */
  adapter(of: Target<{ id: string; ref: string }>): Adapter
  agents: {
    list(query?: AgentQuery & AccountChoice, options?: OperationOptions): Paged<Agent, InboxPage<Agent>>
    create: InAccount<AgentOperations['create']>
  } & Omit<AgentOperations, 'list' | 'create'>
  conversations: {
    /**
     * The conversations of all accounts by last activity, newest first, then by `ref`; those without a time come last. An
     * account whose conversations of one time fill more than five of its vendor's pages has them in the order of `ref` only
     * in part. The accounts are read at the same time. A page is filled up to `limit`, with at most ten requests to each
     * account and within `deadline`. It is shorter if it is the last one, or if an account failed or was stopped (`stoppedBy`).
     */
    list(
      query?: Omit<ConversationQuery, 'order'> & AccountChoice,
      options?: OperationOptions,
    ): Paged<Conversation, InboxPage<Conversation>>
    start: InAccount<ConversationOperations['start']>
  } & Omit<ConversationOperations, 'list' | 'start'>
  messages: Omit<MessageOperations, 'export' | 'reconcile'> & {
    export: InAccount<MessageOperations['export']>
    /** Reconciles an attempt in the account of the conversation's ref. */
    reconcile(
      conversation: Target<Conversation>,
      attempt: SendAttempt,
      options?: ReconcileOptions,
    ): Promise<Reconciliation>
  }
  sources: SourceOperations
  contacts: {
    list(query?: ContactQuery & AccountChoice, options?: OperationOptions): Paged<Contact, InboxPage<Contact>>
    search(search: ContactSearch & AccountChoice, options?: OperationOptions): Paged<Contact, InboxPage<Contact>>
    create: InAccount<ContactOperations['create']>
    upsert: InAccount<ContactOperations['upsert']>
    ensure: InAccount<ContactOperations['ensure']>
  } & Pick<ContactOperations, 'get' | 'delete'>
  operators: {
    list(query?: OperatorQuery & AccountChoice, options?: OperationOptions): Paged<Operator, InboxPage<Operator>>
  }
  control: ControlOperations
  generations: GenerationOperations
  attachments: AttachmentOperations
  knowledge: {
    list(
      query?: KnowledgeQuery & AccountChoice,
      options?: OperationOptions,
    ): Paged<KnowledgeItem, InboxPage<KnowledgeItem>>
    add: InAccount<KnowledgeOperations['add']>
  } & Pick<KnowledgeOperations, 'remove'>
  feedback: {
    list: InAccount<FeedbackOperations['list']>
    suggestions(
      query?: SuggestionQuery & AccountChoice,
      options?: OperationOptions,
    ): Paged<Suggestion, InboxPage<Suggestion>>
  } & Pick<FeedbackOperations, 'give' | 'dismiss'>
  webhooks: { create: InAccount<WebhookOperations['create']> }
  /**
   * The same inbox for one person of the application. Replies, notes, inputs and closings carry the person's operator id in
   * the account of the conversation, unless they name another one.
   *
   * ```ts
   * const mine = inbox.as({ 'livechatai:shop': 'user_7', 'agent-conversation:hotline': 'staff-1' })
   * ```
   *
   * @param operatorIds by account, `vendor:account`. An account that is missing stays in the inbox, and nothing is added
   * there.
   * @throws NotFoundError for an account that the inbox does not have; InvalidRequestError for an id that is none.
   */
  as(operatorIds: Readonly<Record<string, string>>): Inbox
}
