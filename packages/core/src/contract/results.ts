import type { Contact } from '../model/contact.ts'
import type { InputRequest } from '../model/conversation.ts'
import type { Ref, Timestamp } from '../model/entity.ts'
import type { Source, SourcesState } from '../model/knowledge.ts'
import type { Message } from '../model/message.ts'
import type { Warning } from './warning.ts'

/**
 * What `messages.reconcile` needs to find out whether a message was sent. It is plain data: store it, and any process
 * can pass it to `messages.reconcile`. It exists before anything is sent: see `onAttempt` in `SendOptions`.
 */
export interface SendAttempt {
  kind: 'ask' | 'reply' | 'note' | 'input'
  /** `null`: this send opens the conversation, and its id is not known yet. */
  conversationId: string | null
  /** The vendor's id of the contact, where known. Used to find the conversation while `conversationId` is `null`. */
  contactId?: string | null
  /** The vendor's id of the message that was sent, once known. */
  messageId: string | null
  /** The text that was sent, to recognize the message when reading back. Empty for a message that is only a file. */
  text: string
  /** When sending began, by the clock of this machine. */
  startedAt: Timestamp
  /** The deadline of the sending operation, by the same clock. Nothing is sent after it. */
  deadline?: Timestamp
  /** For a scheduled message: when the vendor is to send it. */
  sendAt?: Timestamp
  /**
   * The vendor's id of the newest message that was known before sending. Only a message that follows it can be the sent
   * one, regardless of the clocks.
   */
  after?: string
  /** The application's own id that the vendor stores with the message (its `externalId` when it is read). */
  mark?: string
  /** The vendor's id of the operator who sends the message, where one was given. */
  operatorId?: string
  /** For `input`, which `messages.reconcile` refuses without it: the vendor's id of the request that is answered. */
  requestId?: string
}

/**
 * `answered`: `message` is the agent's answer. `pending`: the question is stored, and there is no answer yet.
 * `unanswered`: the question is stored, and the agent does not answer (a person is in control, or the answer was
 * empty). `needs-input`: the agent waits for a person; `inputRequests` says for what, and `messages.provideInput` gives
 * it. `failed`: the agent failed. After both, `messages` and `text` have what the agent wrote before. `unknown`: the question may or may not have arrived;
 * `messages.reconcile(answer.attempt)` finds out. It is never sent twice.
 */
export type AskOutcome = 'answered' | 'needs-input' | 'pending' | 'unanswered' | 'failed' | 'unknown'

export interface Answer {
  outcome: AskOutcome
  /** The answer's text; `null` while there is none. If the agent wrote several messages, their texts with an empty line between them. */
  text: string | null
  /** The agent's message, or the last of them that has a text; `null` while there is none. */
  message: Message | null
  /** All messages of the answer, oldest first. An agent may write several, and call tools between them (type `tool`). */
  messages: Message[]
  /** With `needs-input`: what the agent waits for. */
  inputRequests?: InputRequest[]
  /** The sources of the answer. Empty with `sourcesState: 'fetchable'`: call `sources.list(message)`. */
  sources: Source[]
  sourcesState: SourcesState
  /** The conversation of the question, which may be new. `null` only with `outcome: 'unknown'`. */
  conversationId: string | null
  /** The `ref` of this conversation. */
  conversationRef: Ref | null
  contactId?: string | null
  /** The `ref` of the contact, where its id is known. */
  contactRef?: Ref
  attempt: SendAttempt
  warnings: Warning[]
}

/**
 * The result of `reply` and `note`. `accepted`: the vendor accepted the message; `message.status` shows the delivery
 * later.
 */
export interface Sent {
  outcome: 'accepted' | 'unknown'
  message: Message | null
  messageId: string | null
  conversationId: string | null
  attempt: SendAttempt
  warnings: Warning[]
}

/**
 * The result of reading back. `done`: the message is in the conversation, or the vendor states that it is working on the
 * question, which the conversation does not show yet (`message` is then `null`, and the answer `pending`). `not-done`: the message was provably never
 * stored, so it can be sent again. `unknown`: neither is proved; do not send again, but reconcile again later.
 *
 * The rules are the same for every vendor. A message of the conversation is *possible* when it is new enough and no
 * statement of the vendor proves that it is another message: its direction, its kind (a call, an activity, a note, the
 * call of a tool), a workflow or campaign, another operator's id, a generation (for a reply), or an id that belongs to
 * another attempt. An inferred author proves nothing. With `after`, a message is new enough when it follows
 * `attempt.after`, has no time, or is at most five seconds older than that message. Without `after`, it is new enough
 * when it has no time or is at most ten minutes older than `startedAt`. Where the vendor keeps messages in a sequence of
 * its own, without times, only their order counts, whatever times some of them have: with `after`, a message is new
 * enough when it follows `attempt.after`. The first rule that applies decides:
 *
 * | In the conversation | Outcome |
 * | --- | --- |
 * | the known `messageId`, or the `mark` | `done` |
 * | the message is not shown, but the vendor states that it is working on this question | `done`, `pending` |
 * | the known `messageId` is not shown | `unknown` |
 * | exactly one possible message has this text and follows `after`, or is not older than `startedAt` (to the second) | `done` |
 * | there is any other possible message, because vendors rewrite texts | `unknown` |
 * | no message is possible, but the conversation is not known or was not read that far back, `sendAt` has not come, or the `deadline` (at least the longest request) plus the vendor's lag has not passed (ten minutes more for an attempt of another process) | `unknown` |
 * | no message is possible, but the vendor's history shows that it was stored and removed since, or the history cannot be read | `unknown` |
 * | the vendor does not have the conversation, for example because it was deleted or a server lost it | `unknown` |
 * | no message is possible otherwise | `not-done` |
 *
 * An attempt of the kind `input` is no message. It is `done` when the conversation no longer waits for this request.
 * While it still waits, the outcome is `unknown` until the request can no longer arrive, and then `not-done`.
 */
export interface Reconciliation {
  outcome: 'done' | 'not-done' | 'unknown'
  /** The sent message, when it was found. */
  message: Message | null
  /** For `ask` and `input`: the agent's answer, when there is one. */
  answer: Answer | null
  /** The attempt, completed with what was found: the ids of the conversation and the message. */
  attempt: SendAttempt
}

/**
 * A part of a streamed answer. `text`: the next piece, to be appended. `finish`: the last part, with the same answer
 * that `messages.ask` returns. An iteration that ends without `finish` was aborted.
 */
export type AnswerPart =
  | { type: 'text'; text: string }
  | { type: 'sources'; sources: Source[] }
  | { type: 'warning'; warning: Warning }
  | { type: 'finish'; answer: Answer }

/** The contact of a visitor (`contacts.ensure`). */
export interface EnsuredContact<C extends Contact = Contact> {
  contact: C
  /** Whether this call made the contact. Missing where the vendor does not say. */
  isNew?: boolean
  warnings: Warning[]
}

/** The bytes of a file. */
export interface FileContent {
  bytes: Uint8Array
  /** The media type that the storage reports. */
  contentType?: string
  /** A name without a path and control characters, at most 255 bytes long. */
  fileName?: string
}

/**
 * An address from which a file can be fetched without the account's credential. A signed address expires; then
 * `attachments.url` returns a fresh one.
 */
export interface FileAddress {
  url: string
  expiresAt?: Timestamp
}

/**
 * The result of cancelling a message. `confirmed: false`: the vendor's response does not show whether it was cancelled.
 */
export interface Cancelled {
  id: string
  confirmed: boolean
}

/** The result of a deletion. `confirmed: false`: the vendor's response does not show whether the item existed. */
export interface Deleted {
  id: string
  confirmed: boolean
}

/** One page of a list. */
export interface Page<Item> {
  items: Item[]
  /**
   * Pass it as `cursor`, with the same query, to get the next page. Opaque. `null`: this was the last page, so stop
   * here, because the cursor `null` means the first page. If the vendor reports more items than it sent, `warnings` say
   * so. A page can be empty and still have a next one.
   */
  next: string | null
  warnings: Warning[]
  /** How many items the whole list has, where the vendor reports it. */
  total?: number
  /**
   * The filters of the query that could not be answered for some or all items, because the vendor does not say.
   * `query.unknown` decides about these items. Missing: every filter was answered.
   */
  unapplied?: string[]
}

/**
 * A list. Await it to get its first page, or iterate it to get every item of all pages, read one page at a time.
 *
 * ```ts
 * const page = await desk.conversations.list()
 * for await (const conversation of desk.conversations.list()) …
 * for await (const page of desk.conversations.list().pages()) …
 * ```
 *
 * No request is sent until the list is awaited (`await`, `then`, `catch`, `finally`, `Promise.all`) or iterated, so an
 * unused list sends nothing and cannot fail.
 *
 * Awaiting a list again returns the same page without another request, or the same error. Each iteration reads the list
 * from its first page, even after it was awaited, because the list may have changed in the meantime. Call the operation
 * again to read the first page again.
 *
 * An iteration yields each item once, even if the vendor sends it again. Items that arrive in the meantime may come at
 * the end, out of order. If the vendor repeats itself without end, the iteration fails with a `ResponseError`.
 */
export interface Paged<Item, P extends Page<Item> = Page<Item>> extends Promise<P>, AsyncIterable<Item> {
  pages(): AsyncIterable<P>
}
