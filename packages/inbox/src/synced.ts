import type {
  Conversation,
  JsonValue,
  ListQuery,
  Message,
  OperationOptions,
  Page,
  Paged,
  Ref,
  Target,
  Timestamp,
} from '@parley/core'
import type { Inbox, InboxOptions } from './inbox.ts'
import type { RecordKind } from './store/schema.ts'
import type { Store } from './store/store.ts'

export interface SyncedInboxOptions extends InboxOptions {
  /** The store that `createSync` fills with these accounts. */
  store: Store
}

/** What to search for in the texts of all messages. */
export interface SearchQuery extends ListQuery {
  /**
   * Words, all of which the message must have, in any order. `"words in quotes"` must stand next to each other, `-word` must
   * not be in the message, and `begin*` finds words that begin so. Case, accents, and the vowel marks of Arabic do not
   * matter. Chinese, Japanese, Korean, Thai and similar scripts are found by any part of the text, also by one character.
   *
   * Of a long text, words are found in the first 100,000 characters, and words in quotes among its first 16,383 words and the
   * first 255 places of each word. A word counts with its first 200 characters.
   */
  text: string
  /** Only these accounts, as `vendor:account`. Default: all. */
  accounts?: readonly string[]
  /** Only this conversation. */
  conversation?: Target<Conversation>
  /** Written at or after this instant, ISO 8601. */
  since?: string
  /** Written before or at this instant, ISO 8601. */
  until?: string
}

/** A message that was found. */
export interface SearchHit {
  message: Message
  /** `null`: the store does not have it yet. */
  conversation: Conversation | null
  /** The part of the message's text around the first word that was found, as plain text of at most 200 characters. */
  snippet: string
  /** Where the words that were found are in `snippet`: from character `start` up to, but without, `end`. */
  marks: { start: number; end: number }[]
}

/** Of which messages of an account the store has all, so that "not found" can be judged. */
export interface SearchCoverage {
  /** `vendor:account`. */
  account: string
  /** Whether the store has all messages that the vendor shows of the account, and could read each. */
  isComplete: boolean
  /**
   * If it does not have all: since when it has all. Older messages may be missing. `null`: any may be missing, or, with
   * `isComplete`, none.
   */
  since: Timestamp | null
  /** When the last complete sync of the messages began. `null`: there was none. */
  asOf: Timestamp | null
}

/** A page of hits. It can be shorter than `limit` although more follow. */
export interface SearchPage extends Page<SearchHit> {
  coverage: SearchCoverage[]
}

/** Something that the sync found to be different, or that was erased. */
export interface Change {
  /** The same each time the change comes, and of no other change in the store. Ids do not ascend. */
  id: string
  /** When it was stored. */
  at: Timestamp
  /** `vendor:account`. */
  account: string
  kind: RecordKind
  /**
   * `restored`: it was deleted before. `erased`: by `store.erase`. The messages of an erased conversation have no events of
   * their own.
   */
  change: 'added' | 'updated' | 'deleted' | 'restored' | 'erased'
  ref: Ref
  /** The ref of the conversation, of a conversation or a message. */
  conversation: Ref | null
  /**
   * Of an update, the names of the fields that changed. The value is `true`, or `{ from, to }` for `control` (the holder),
   * `status` and `assignee` (the id) of a conversation.
   */
  fields?: JsonValue
}

export interface ChangeQuery {
  /**
   * The `next` of the previous page, of the same store. `now`: only what changes from now on. Default: from the oldest change
   * that is kept.
   */
  after?: string
  /** At most so many changes. Default 100. More than 1000 gives 1000. */
  limit?: number
  /** Only these accounts, as `vendor:account`. Default: all of the inbox. */
  accounts?: readonly string[]
}

export interface ChangePage {
  items: Change[]
  /** The cursor to go on from, also if there are no changes now. Opaque. */
  next: string
}

export interface HistoryQuery extends ListQuery {}

/**
 * An inbox whose lists are read from a store. It has the same operations as the live `Inbox`, with these differences:
 *
 * - `conversations.list`, `contacts.list` and `agents.list` read the store only. On a page, an account that was not yet read to
 *   its end has the state `unsynced`; one whose sync fails has the state `error`, and what the store has of it. `asOf` is when
 *   the last complete sync began.
 * - `conversations.get`, `messages.get`, `contacts.get` and `agents.get` read the store, and ask the vendor for what it lacks.
 * - `messages.list` reads the store if it has the whole conversation, and otherwise asks the vendor.
 * - `contacts.search` reads the store for accounts whose contacts it has, and asks the vendors of the others.
 * - Everything else goes to the vendors.
 */
export interface SyncedInbox extends Inbox {
  /**
   * Searches the texts of all stored messages, newest first. `coverage` says of which messages the store has all.
   *
   * @throws InvalidRequestError for a text without a word that is to be found; NotFoundError for a `conversation` that the
   * store does not have.
   */
  search(query: SearchQuery, options?: OperationOptions): Paged<SearchHit, SearchPage>
  /**
   * What has changed in the store since a cursor, in the order in which it was stored. Each change comes at least once. Keep
   * `next` after you have handled a page, and go on from there, also after a restart.
   *
   * To follow a store from the beginning, take a cursor with `after: 'now'`, read the lists, and then go on from the cursor.
   *
   * @throws InvalidRequestError for a cursor whose next changes are no longer kept: read the lists again then.
   */
  changes(query?: ChangeQuery, options?: OperationOptions): Promise<ChangePage>
  /** The same as an endless sequence of pages. It waits for more, and ends when `signal` is aborted. */
  watch(query?: ChangeQuery, options?: OperationOptions): AsyncIterable<ChangePage>
  /**
   * The changes of one conversation, message, contact or agent, newest first. Old ones are not kept (`keepChanges` of
   * `createSync`).
   *
   * @throws NotFoundError for a ref that the store does not have.
   */
  history(record: Target<{ id: string; ref: Ref }>, query?: HistoryQuery, options?: OperationOptions): Paged<Change>
  /** As in `Inbox`. */
  as(operatorIds: Readonly<Record<string, string>>): SyncedInbox
}
