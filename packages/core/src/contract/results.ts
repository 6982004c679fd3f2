import type { Timestamp } from '../model/entity.ts'
import type { Source, SourcesState } from '../model/knowledge.ts'
import type { Message } from '../model/message.ts'
import type { Warning } from './warning.ts'

/**
 * Enough to find out later what became of a message. Plain data: store it, and any process can hand it to
 * `messages.reconcile`. It exists before anything is sent: see `onAttempt` in `SendOptions`.
 */
export interface SendAttempt {
  kind: 'ask' | 'reply' | 'note'
  /** `null`: a conversation that is opened by this send, and whose id is not known yet. */
  conversationId: string | null
  /** The vendor's id of the contact, where it is known. Finds the conversation while `conversationId` is `null`. */
  contactId?: string | null
  /** The vendor's id of the message that was sent, once known. */
  messageId: string | null
  /** What was sent, to be recognized when reading back. Empty for a message that is only a file. */
  text: string
  /** When sending began, by the clock of this machine. */
  startedAt: Timestamp
  /** When the operation that sends it is over at the latest, by the same clock. Nothing is sent after it. */
  deadline?: Timestamp
  /** When the vendor is to send it, for a message that was scheduled. */
  sendAt?: Timestamp
  /**
   * The vendor's id of the newest message that was known before sending. Only a message that follows it can be the one
   * that was sent, whatever the clocks say.
   */
  after?: string
  /** An id of the application's own that the vendor keeps with the message (`externalId` when it is read). */
  mark?: string
  /** The vendor's id of the operator who speaks, where one was named. */
  operatorId?: string
}

/**
 * `answered`: `message` is the agent's. `pending`: the question is stored, no answer yet. `unanswered`: stored, and the
 * agent stays silent (a person is in control, or the answer was empty). `failed`: the agent failed. `unknown`: it cannot
 * be told whether the question arrived; `messages.reconcile(answer.attempt)` reads back. It is never sent twice.
 */
export type AskOutcome = 'answered' | 'pending' | 'unanswered' | 'failed' | 'unknown'

export interface Answer {
  outcome: AskOutcome
  /** The answer's text; `null` while there is none. */
  text: string | null
  /** The agent's message; `null` while there is none. */
  message: Message | null
  /** What the answer was drawn from. Empty and `sourcesState: 'fetchable'`: ask `sources.list(message)`. */
  sources: Source[]
  sourcesState: SourcesState
  /** The conversation it happened in; a new one when it was asked for. `null` only with `outcome: 'unknown'`. */
  conversationId: string | null
  contactId?: string | null
  attempt: SendAttempt
  warnings: Warning[]
}

/** What became of an operator's message. `accepted`: the vendor has taken it; delivery shows in `message.status` later. */
export interface Sent {
  outcome: 'accepted' | 'unknown'
  message: Message | null
  messageId: string | null
  conversationId: string | null
  attempt: SendAttempt
  warnings: Warning[]
}

/**
 * What reading back showed. `done`: the message is in the conversation. `not-done`: it is proved that the message was
 * never stored, so it may be sent again. `unknown`: neither is proved; never send again, reconcile again later.
 *
 * The rules, the same for every vendor. A message of the conversation is *possible* when it is new enough and nothing
 * that the vendor states proves that it is something else: its direction, its kind (a call, an activity, a note), a
 * workflow or campaign, another operator's id, a generation (for a reply), an id that another attempt holds. An inferred
 * author proves nothing. New enough means that it follows `attempt.after`, or has no time, or was stamped at most five
 * seconds before that one. Without `after` it means that it has no time, or is not older than `startedAt` less ten
 * minutes. In this order:
 *
 * | In the conversation | Outcome |
 * | --- | --- |
 * | the known `messageId`, or the `mark` | `done` |
 * | the known `messageId` is not shown | `unknown` |
 * | exactly one possible message has this text and follows `after`, or is not older than `startedAt` (to the second) | `done` |
 * | any other possible message, because vendors rewrite texts | `unknown` |
 * | nothing possible, but the conversation is not known, or was not read that far back, or `sendAt` has not come, or its `deadline`, and at least the longest request, and the vendor's lag have not passed (ten minutes more for an attempt of another process) | `unknown` |
 * | nothing possible otherwise | `not-done` |
 */
export interface Reconciliation {
  outcome: 'done' | 'not-done' | 'unknown'
  /** The message that was sent, when it was found. */
  message: Message | null
  /** For an ask: the agent's answer, when there is one. */
  answer: Answer | null
  /** The attempt with all that is known now: the ids of the conversation and the message, once they were found. */
  attempt: SendAttempt
}

/**
 * A part of an answer on its way. `text`: the next piece, to be appended. `finish`: the last part, with the same answer
 * that `messages.ask` gives. An iteration that ends without it was given up.
 */
export type AnswerPart =
  | { type: 'text'; text: string }
  | { type: 'sources'; sources: Source[] }
  | { type: 'warning'; warning: Warning }
  | { type: 'finish'; answer: Answer }

/** The bytes of a file. */
export interface FileContent {
  bytes: Uint8Array
  /** A media type, as the storage says it. */
  contentType?: string
  /** Nothing but a name: no path, no control characters, at most 255 bytes. */
  fileName?: string
}

/**
 * Where a file can be fetched right now, without the account's credential. A signed address works for a while; afterwards
 * `attachments.url` gives a fresh one.
 */
export interface FileAddress {
  url: string
  expiresAt?: Timestamp
}

/** What became of calling off a message. `confirmed: false`: the vendor's answer does not tell. */
export interface Cancelled {
  id: string
  confirmed: boolean
}

/** What a deletion answered. `confirmed: false`: the vendor's answer does not tell whether anything was there. */
export interface Deleted {
  id: string
  confirmed: boolean
}

/** One page of a list. */
export interface Page<Item> {
  items: Item[]
  /**
   * Pass it as `cursor` with the same query to get the page after this one. Opaque. `null`: this was the last, so stop
   * here, because the cursor `null` is the first page. Where the vendor counts more items than it sent, `warnings` say so.
   * A page may be empty and still have a next one.
   */
  next: string | null
  warnings: Warning[]
  /** How many items the whole list has, where the vendor says so. */
  total?: number
}

/**
 * A list. It is a promise of its first page, and iterated it is every item of all pages, read one page at a time.
 *
 * ```ts
 * const page = await desk.conversations.list()
 * for await (const conversation of desk.conversations.list()) …
 * for await (const page of desk.conversations.list().pages()) …
 * ```
 *
 * Nothing is requested until the list is awaited (`await`, `then`, `catch`, `finally`, `Promise.all`) or iterated, so a
 * list that nobody uses sends nothing and cannot fail.
 *
 * Awaiting a list again gives the same page without another request, or the same error. Each iteration reads the list
 * from its first page on, also after it was awaited, because the list may have changed in the meantime. Call the
 * operation again to read the first page again.
 *
 * An iteration gives each item once, also when the vendor sends it again; items that arrive meanwhile may come at the end,
 * out of order. A vendor that repeats itself without end ends the iteration in a `ResponseError` instead of a loop.
 */
export interface Paged<Item, P extends Page<Item> = Page<Item>> extends Promise<P>, AsyncIterable<Item> {
  pages(): AsyncIterable<P>
}
