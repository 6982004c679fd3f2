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
 * `timeout`: no response within the account's deadline. `unsupported`: the vendor does not support the operation.
 * `done`: all items of this account were on earlier pages.
 */
export type AccountOutcome = 'ok' | 'error' | 'timeout' | 'unsupported' | 'done'

/** What an account contributed to a page. A page always shows which accounts are missing. */
export interface AccountState {
  /** `vendor:account`, as in every `ref` of that account. */
  account: string
  state: AccountOutcome
  /** When the account was read, ISO 8601. `null`: it was not read. */
  asOf: string | null
  /** What went wrong, without secrets and customer text. */
  error?: { code: string; message: string; retryable: boolean; retryAfterMs?: number }
}

/** A page over several accounts. If an account fails, the page does not fail: `accounts` shows it. */
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

/**
 * The contract over many accounts. Where an adapter takes an entity or an id, an inbox takes an entity or its `ref`, so
 * a program written for an adapter also works with an inbox.
 *
 * Iterating a list over several accounts yields all available items. If items of an account are missing at the end,
 * because it failed, was too slow or has no such list, the iteration then throws one `IncompleteError`. The error names
 * those accounts and has the cursor for the missing items. With `{ partial: true }`, no error is thrown.
 */
export interface Inbox {
  /** `vendor:account` of every account, in the order of the option `accounts`. */
  readonly accounts: readonly string[]
  /** The adapter of an account name, a ref or an entity, for operations that the inbox lacks. @throws NotFoundError */
  adapter(of: Target<{ id: string; ref: string }>): Adapter
  agents: { list(query?: AgentQuery & AccountChoice, options?: OperationOptions): Paged<Agent, InboxPage<Agent>> }
  conversations: {
    /**
     * The conversations of all accounts by last activity, newest first, then by `ref`. A page reads at most one page of
     * each account, all at the same time. It can be shorter than `limit` without being the last.
     */
    list(
      query?: Omit<ConversationQuery, 'order'> & AccountChoice,
      options?: OperationOptions,
    ): Paged<Conversation, InboxPage<Conversation>>
  } & Pick<ConversationOperations, 'get' | 'update' | 'close' | 'delete'>
  messages: Pick<MessageOperations, 'list' | 'get' | 'ask' | 'reply' | 'note' | 'provideInput'> & {
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
  } & Pick<ContactOperations, 'get' | 'delete'>
  control: ControlOperations
  generations: GenerationOperations
}
