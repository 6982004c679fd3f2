import type {
  Adapter,
  Agent,
  AgentQuery,
  Clock,
  Contact,
  ContactOperations,
  ContactQuery,
  ContactSearch,
  ControlOperations,
  Conversation,
  ConversationOperations,
  ConversationQuery,
  GenerationOperations,
  MessageOperations,
  OperationOptions,
  Page,
  Paged,
  ReconcileOptions,
  Reconciliation,
  SendAttempt,
  SourceOperations,
  Target,
} from '@parley/core'

/**
 * `timeout`: no answer within the account's deadline. `unsupported`: this vendor cannot do it at all. `done`: everything
 * of this account was on earlier pages.
 */
export type AccountOutcome = 'ok' | 'error' | 'timeout' | 'unsupported' | 'done'

/** What one account contributed to a page. A page never hides that an account is missing from it. */
export interface AccountState {
  /** `vendor:account`, as in every `ref` of that account. */
  account: string
  state: AccountOutcome
  /** When its part was read, ISO 8601; `null` when it was not. */
  asOf: string | null
  /** What went wrong, without secrets and customers' text. */
  error?: { code: string; message: string; retryable: boolean; retryAfterMs?: number }
}

/** A page over several accounts. It never fails because one account failed: `accounts` says so. */
export interface InboxPage<Item> extends Page<Item> {
  accounts: AccountState[]
}

export interface AccountChoice {
  /** Only these accounts, as `vendor:account`. Default: all. */
  accounts?: readonly string[]
  /**
   * `true`: iterating the items ends quietly although items of an account are missing. Default `false`: after all items
   * that can be had it throws an `IncompleteError`. Pages are the same either way, since they name such accounts.
   */
  partial?: boolean
}

export interface InboxOptions {
  /** The accounts, each `vendor:account` once. */
  accounts: readonly Adapter[]
  /** How long one account may take for its part of a page, in milliseconds. Default 10,000. */
  deadline?: number
  /** Time, injected for tests. Default: the system's. */
  clock?: Clock
}

/**
 * The contract over many accounts at once. Everything that takes an entity or an id in an adapter takes an entity or
 * its `ref` here, so that a program written for one adapter works on an inbox.
 *
 * Iterating the items of a list over several accounts gives all that can be had. When items of an account are missing at
 * the end, because it failed, was too slow or has no such list, the iteration then throws one `IncompleteError`. It names
 * those accounts and has the cursor that gives the rest. `{ partial: true }` asks for the items without the error.
 */
export interface Inbox {
  /** `vendor:account` of every account, in the order in which they were given. */
  readonly accounts: readonly string[]
  /** The adapter behind an account, a ref or an entity: for what the inbox does not offer. @throws NotFoundError */
  adapter(of: Target<{ id: string; ref: string }>): Adapter
  agents: { list(query?: AgentQuery & AccountChoice, options?: OperationOptions): Paged<Agent, InboxPage<Agent>> }
  conversations: {
    /**
     * The conversations of all accounts by last activity, newest first, ties by `ref`. A page costs at most one page
     * of each account, all read at the same time, and may be shorter than `limit` without being the last.
     */
    list(
      query?: Omit<ConversationQuery, 'order'> & AccountChoice,
      options?: OperationOptions,
    ): Paged<Conversation, InboxPage<Conversation>>
  } & Pick<ConversationOperations, 'get' | 'update' | 'close' | 'delete'>
  messages: Pick<MessageOperations, 'list' | 'get' | 'ask' | 'reply' | 'note'> & {
    /** Reconciles an attempt in the account that the conversation's ref names. */
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
  } & Pick<ContactOperations, 'get' | 'delete'>
  control: ControlOperations
  generations: GenerationOperations
}
