import type {
  AttachmentInput,
  Channel,
  Contact,
  Control,
  Conversation,
  ListQuery,
  Message,
  NoteInput,
  OperationOptions,
  Paged,
  Ref,
  ReplyInput,
  Target,
  Timestamp,
  VendorOptionsOf,
  Warning,
} from '@parley/core'
import type { AccountChoice, InboxOptions, InboxPage } from '../inbox.ts'
import type { Store } from '../store/store.ts'
import type { DeskConversation, Place } from './desk-conversation.ts'
import type { Person, PersonSummary } from './person.ts'
import type { Quality, QualityQuery } from './quality.ts'

export interface DeskOptions extends InboxOptions {
  /** The store that `createSync` fills with these accounts. It also keeps what the desk adds to them. */
  store: Store
  /** Receives what no result shows, for example a failure of `onInbound` or of the database during `run`. */
  onError?: (error: unknown) => void
}

/**
 * The one filter language: of lists, of saved views and of the server. Every field that is given must match. A field with a list
 * of values matches any of them. What the vendor does not say of a conversation is decided by `unknown`, as in every list.
 */
export interface DeskFilter {
  /** What counts here, of the overlay or of the vendor. */
  status?: DeskStatus | readonly DeskStatus[]
  /** That of the last message. */
  channel?: Channel | readonly Channel[]
  /** The vendor's ids of agents. */
  agentId?: string | readonly string[]
  /** The vendor's ids of contacts. */
  contactId?: string | readonly string[]
  /**
   * `me`: the person who asks, by their id at the desk or their operator id in the account. `null`: nobody. Otherwise the id of
   * an operator or of a person of the desk.
   */
  assignee?: 'me' | null | string | readonly (string | null)[]
  /** Who is in control. */
  control?: Control['holder'] | readonly Control['holder'][]
  /** Whether the contact has written something unread. */
  unread?: boolean
  /** The vendor's star. */
  isStarred?: boolean
  /** `false`, the default: only conversations that are not snoozed. `true`: only those that are. `any`: both. */
  snoozed?: boolean | 'any'
  /** Tags of the desk. */
  tag?: string | readonly string[]
  /** Whether a send waits for a person: it failed, or its outcome is unknown. */
  hasOpenSends?: boolean
  /** Last activity at or after this instant, ISO 8601. */
  since?: string
  /** Last activity before or at this instant, ISO 8601. */
  until?: string
  /** Text in titles, summaries, names, addresses and the newest message. */
  search?: string
  /** Only these accounts, as `vendor:account`. Default: all. */
  accounts?: readonly string[]
  /** What happens to a conversation of which it is not known whether it matches. Default `include`. */
  unknown?: 'include' | 'exclude'
}

export type DeskStatus = 'open' | 'closed'

/** A conversation as the desk or the inbox has it, or its ref. */
export type DeskTarget = Target<Conversation> | DeskConversation

/** A filter, and what every list has. */
export interface DeskQuery extends DeskFilter, ListQuery, Pick<AccountChoice, 'partial'> {}

/**
 * `recorded`: stored, and not yet sent. `claimed`: a process is sending it. `sent`: the vendor has accepted it. `failed`: it was
 * certainly not sent. `unknown`: it may have been sent; it is read back and never sent again.
 */
export type SendState = 'recorded' | 'claimed' | 'sent' | 'failed' | 'unknown'

/** A reply or a note in the outbox. */
export interface Send {
  id: string
  kind: 'reply' | 'note'
  /** A note of the overlay stays here only, and has the state `sent`. */
  place: Place
  state: SendState
  conversation: Ref
  /** `vendor:account`. */
  account: string
  text: string
  html?: string
  subject?: string
  channel?: Channel
  attachments: SendAttachment[]
  by: PersonSummary
  /** The vendor's id of the operator in whose name it is sent. */
  operatorId?: string
  /** The idempotency key that the caller gave. */
  key?: string
  /** The ref of the message, once it is known. */
  message: Ref | null
  /**
   * The stored message that most likely is this send, while `message` is not known yet: show only one of the two. `null`: none.
   */
  shownBy: Ref | null
  recordedAt: Timestamp
  endedAt: Timestamp | null
  /** Why it failed, or why its outcome is unknown. Without secrets and customer text. */
  error?: { code: string; message: string }
  /** The send that this one tries again. */
  retryOf: string | null
  /** The send that tries this one again. */
  retriedBy: string | null
  /** When a person dismissed it. */
  dismissedAt: Timestamp | null
  warnings: Warning[]
}

export interface SendAttachment {
  fileName: string | null
  contentType: string | null
  /** In bytes. `null`: it is sent by its URL. */
  size: number | null
}

export interface SendQuery extends ListQuery {
  kind?: Send['kind']
  /** `overlay`: the notes that are kept here. */
  place?: Place
  conversation?: DeskTarget
  state?: SendState | readonly SendState[]
  /** Only these accounts, as `vendor:account`. Default: all. */
  accounts?: readonly string[]
}

/** What `reply` and `note` of the desk take. */
export interface DeskSendInput {
  text: string
  /**
   * The newest message that the person has seen: its ref, or the `id` of a send. `null`: none. If the conversation has a newer
   * one that the contact can see, nothing is sent: a `ConflictError`, of which `conversationMoved` has the newer ones. Omit it
   * to send in any case.
   */
  expectLastMessage?: Ref | null
  /**
   * Makes repeating the call safe: a second call with the same key in the same conversation returns the first send, and with
   * other content it is refused with a ConflictError. At most 200 characters.
   */
  key?: string
}

export interface DeskReplyInput
  extends DeskSendInput,
    Pick<ReplyInput, 'html' | 'subject' | 'channel' | 'inReplyTo' | 'vendor'> {
  /** With `content`, the bytes are kept in the store until the send has ended as `sent`. */
  attachments?: AttachmentInput[]
  /** As in `messages.reply`. */
  takeOver?: 'if-needed'
}

export interface DeskNoteInput extends DeskSendInput, Pick<NoteInput, 'mentions'> {
  vendor?: VendorOptionsOf<'messages.note'>
}

/** The result of a command. */
export interface CommandResult {
  /** Where the change was made. */
  place: Place
  conversation: DeskConversation
  warnings: Warning[]
}

/** One write, by whom and with which outcome. It has no text of customers. */
export interface AuditEntry {
  id: string
  at: Timestamp
  by: PersonSummary
  /** Such as `reply`, `close` or `agents.update`. */
  action: string
  /** What was written to: the ref of a conversation, a contact, an agent, or the id of a view, for example. */
  target: string
  /** `null`: it concerns no single account. */
  account: string | null
  /**
   * `done`: at the vendor. `overlay`: in this store. `refused`: not done, and the caller was told why. `failed`: certainly not
   * done. `unknown`: it may have been done. `started`: the process ended before it knew.
   */
  outcome: 'started' | 'done' | 'overlay' | 'refused' | 'failed' | 'unknown'
  /** The code of the error. */
  code?: string
  /** What the command was given, for example `{ to: 'ada' }` of an `assign` or `{ until }` of a `snooze`. */
  details?: Readonly<Record<string, string | null | readonly string[]>>
  /** The id of the send. */
  send?: string
}

export interface AuditQuery extends ListQuery {
  target?: Ref
  by?: string
  action?: string
  since?: string
  until?: string
  /** Only these accounts, as `vendor:account`. Default: all, and what concerns none. */
  accounts?: readonly string[]
}

/** A text that people send often. */
export interface SavedReply {
  id: string
  title: string
  text: string
  /** What is typed to find it. */
  shortcut?: string
  by: PersonSummary
  updatedAt: Timestamp
}

/** A filter with a name. */
export interface SavedView {
  id: string
  name: string
  filter: DeskFilter
  /** `false`: only its author sees it. */
  isShared: boolean
  by: PersonSummary
  updatedAt: Timestamp
}

/** Two contacts of different accounts that are the same person. They are linked, never merged. */
export interface ContactLink {
  id: string
  contacts: [Ref, Ref]
  /** Why: `email`, `phone` or `externalId` if they have the same one; otherwise what the person wrote. */
  reason: string
  /** From 0 to 1. A person's own link has 1. */
  confidence: number
  /** `null`: made automatically. */
  by: PersonSummary | null
  at: Timestamp
  undone?: { by: PersonSummary; at: Timestamp }
}

/** A contact that may be the same person. */
export interface LinkSuggestion {
  contact: Contact
  reason: 'email' | 'phone' | 'externalId'
  confidence: number
}

/** A message of a contact that has arrived, for an automation. */
export interface Inbound {
  message: Message
  conversation: Conversation
  /**
   * Replies in the name of the automation, at most once for each message and `key`. Before it sends, it reads the vendor's state
   * of control and the newest messages again.
   *
   * @throws ConflictError if a person is in control, or if anything that the contact can see has been written since, by whoever
   * it is. Nothing is sent then.
   */
  reply(input: Omit<DeskReplyInput, 'expectLastMessage'>, options?: OperationOptions): Promise<Send>
}

export interface DeskRunOptions {
  /** Ends the run. */
  signal: AbortSignal
  /**
   * Called for each message of a contact that is new in the store, at least once; of those that were stored together, the oldest
   * first. It is called for messages that are at most an hour old, so that a first sync answers nobody. Where the vendor gives
   * messages no time, only the newest one of a conversation counts, with the time of the conversation. If it throws, `onError` gets the error, and the message counts as
   * handled.
   */
  onInbound?: (inbound: Inbound) => void | Promise<void>
  /** Who the automation is. Required with `onInbound`. */
  automation?: Person
  /**
   * Links contacts of different accounts that have the same external id, email or phone. Different external ids forbid it, and so
   * does a link that was undone. Default `false`.
   */
  linkContacts?: boolean
}

/**
 * Where people and programs answer: the commands over a synced inbox, with an outbox, an audit and what the vendors cannot keep.
 *
 * Any number of processes can use one store. Each that sends should also `run`, so that what another one left behind is ended.
 */
export interface Desk {
  /** `vendor:account` of every account. */
  readonly accounts: readonly string[]
  /** The desk of one person: the commands in their name. */
  as(person: Person): PersonalDesk
  /** Newest activity first, then by ref. `me` in a filter needs `as`. */
  conversations(query?: DeskQuery, options?: OperationOptions): Paged<DeskConversation, InboxPage<DeskConversation>>
  /** One that is not stored is read from the vendor. @throws NotFoundError */
  conversation(conversation: DeskTarget, options?: OperationOptions): Promise<DeskConversation>
  /** The sends, newest first. */
  sends(query?: SendQuery, options?: OperationOptions): Paged<Send>
  /** @throws NotFoundError */
  send(id: string): Promise<Send>
  /** Newest first. */
  audit(query?: AuditQuery, options?: OperationOptions): Paged<AuditEntry>
  /** By title. */
  savedReplies(): Promise<SavedReply[]>
  /** The links of a contact, also undone ones. */
  links(contact: Target<Contact>): Promise<ContactLink[]>
  /** The refs of all contacts that are linked with this one, directly or over others, this one among them. */
  linkedContacts(contact: Target<Contact>): Promise<Ref[]>
  /** Stored contacts of other accounts that may be the same person: with the same email, phone or external id. */
  linkSuggestions(contact: Target<Contact>): Promise<LinkSuggestion[]>
  /** How well the contacts were answered, from what is stored. @throws TimeoutError after ten seconds, on PostgreSQL. */
  quality(query?: QualityQuery, options?: OperationOptions): Promise<Quality>
  /**
   * Runs until `signal` is aborted: sends what was recorded and not claimed, reconciles what another process left behind, wakes
   * snoozed conversations and calls `onInbound`. Any number of processes may run.
   */
  run(options: DeskRunOptions): Promise<void>
  /** The same once, until nothing is due. @returns how many sends and conversations changed. */
  runOnce(options?: Partial<DeskRunOptions>): Promise<{ changed: number }>
}

/** The commands of one person. Each leaves an entry in the audit. */
export interface PersonalDesk extends Omit<Desk, 'run' | 'runOnce'> {
  readonly person: Person
  /**
   * Replies to the contact. Resolves when the send has ended: look at `state`. It throws if nothing was recorded. If the
   * database went away while the send was recorded, the error has the outcome `unknown`.
   *
   * Two replies in one conversation are sent one after the other. `timeout` (at most a minute) and `signal` end the waiting, and
   * not the send: the state is then `recorded` or `claimed`.
   *
   * @throws ConflictError if the conversation has newer messages than `expectLastMessage`; InvalidRequestError if the vendor
   * requires an operator and the person has none; NotFoundError if the conversation was deleted.
   */
  reply(conversation: DeskTarget, input: DeskReplyInput, options?: OperationOptions): Promise<Send>
  /** A note for colleagues. It stays in the overlay if the vendor has no notes. */
  note(conversation: DeskTarget, input: DeskNoteInput, options?: OperationOptions): Promise<Send>
  /**
   * Sends a failed reply or note again, as a new send. Only one retry of a send is made, whoever starts it.
   *
   * @param guard a new `expectLastMessage`. That of the failed send has no effect any more.
   * @throws ConflictError unless its state is `failed`, and if it was retried or dismissed before.
   */
  retry(
    send: string | { id: string },
    guard?: Pick<DeskSendInput, 'expectLastMessage'>,
    options?: OperationOptions,
  ): Promise<Send>
  /**
   * What a person found out about a send with the state `unknown`. `failed` allows a `retry`.
   *
   * @throws ConflictError for any other state.
   */
  settle(send: string | { id: string }, outcome: 'sent' | 'failed'): Promise<Send>
  /**
   * Puts a failed send away, with its files: it does not wait for a person any more, and cannot be retried.
   *
   * @throws ConflictError unless its state is `failed`, and if it was retried or dismissed before.
   */
  dismiss(send: string | { id: string }): Promise<Send>
  /** @throws UnsupportedError if the vendor cannot: a local take-over would leave the agent answering. */
  takeOver(conversation: DeskTarget, options?: OperationOptions): Promise<CommandResult>
  /** @throws UnsupportedError if the vendor cannot. */
  release(conversation: DeskTarget, options?: OperationOptions): Promise<CommandResult>
  /**
   * @param to `me`, `null` for nobody, an operator of the vendor (`operatorId`) or a person of the desk, who is assigned at the
   * vendor if they have an operator id in the account.
   */
  assign(
    conversation: DeskTarget,
    to: 'me' | null | { operatorId: string; name?: string } | { person: Person },
    options?: OperationOptions,
  ): Promise<CommandResult>
  /** The vendor's status where it can be set, otherwise that of the overlay, which ends with the contact's next message. */
  close(conversation: DeskTarget, options?: OperationOptions): Promise<CommandResult>
  /** The same. That of the overlay ends with the next change of the vendor's status. */
  reopen(conversation: DeskTarget, options?: OperationOptions): Promise<CommandResult>
  /**
   * Hides the conversation until an instant (ISO 8601), or until the contact's next message. `null` wakes it.
   *
   * @throws InvalidRequestError for an instant that has passed.
   */
  snooze(conversation: DeskTarget, until: string | null): Promise<CommandResult>
  /** @param change each tag has 1 to 100 characters; a conversation has at most 50. */
  tag(conversation: DeskTarget, change: { add?: readonly string[]; remove?: readonly string[] }): Promise<CommandResult>
  /** At the vendor where it can be set, otherwise in the overlay, until something happens in the conversation. */
  markRead(conversation: DeskTarget, options?: OperationOptions): Promise<CommandResult>
  /** Creates a saved reply, or with `id` replaces it. */
  saveReply(reply: { id?: string; title: string; text: string; shortcut?: string }): Promise<SavedReply>
  /** @throws NotFoundError */
  deleteReply(id: string): Promise<void>
  /** The shared views and the person's own, by name. */
  savedViews(): Promise<SavedView[]>
  /** Creates a saved view, or with `id` replaces it. Only its author may replace or delete it. */
  saveView(view: { id?: string; name: string; filter: DeskFilter; isShared?: boolean }): Promise<SavedView>
  /** @throws PermissionError for a shared view of somebody else; NotFoundError */
  deleteView(id: string): Promise<void>
  /** Links two contacts. @throws ConflictError if they are linked already */
  link(a: Target<Contact>, b: Target<Contact>, reason: string): Promise<ContactLink>
  /** @throws ConflictError if it was undone before. */
  unlink(link: string | { id: string }): Promise<ContactLink>
  /**
   * Runs a write of the inbox in the name of the person, and leaves an entry in the audit.
   *
   * @param action the name of the operation, such as `agents.update`.
   * @param target the ref that is written to.
   */
  audited<T>(action: string, target: string, write: () => Promise<T>): Promise<T>
}
