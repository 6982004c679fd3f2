import type { Outcome } from '../errors/parley-error.ts'
import type { Timestamp } from '../model/entity.ts'
import type { Message } from '../model/message.ts'
import type { Source, SourcesState } from '../model/source.ts'
import type { Warning } from './warning.ts'

/** Enough to find out later what became of a message. Plain data: it can be stored and settled by another process. */
export interface Attempt {
  kind: 'ask' | 'reply' | 'note'
  conversationId: string | null
  /** The vendor's id of the message that was sent, once known. */
  messageId: string | null
  /** What was sent, to be recognized when reading back. */
  text: string
  startedAt: Timestamp
}

/**
 * `answered`: `message` is the agent's. `pending`: the question is stored, no answer yet. `unanswered`: stored, and the
 * agent stays silent (a person is in control, or the answer was empty). `failed`: the agent failed. `unknown`: it cannot
 * be told whether the question arrived; `messages.settle(answer.attempt)` reads back. It is never sent twice.
 */
export type AskOutcome = 'answered' | 'pending' | 'unanswered' | 'failed' | 'unknown'

export interface Answer {
  outcome: AskOutcome
  /** The answer's text; `null` while there is none. */
  text: string | null
  /** The agent's message; `null` while there is none. */
  message: Message | null
  /** What the answer was drawn from. Empty and `sourcesState: 'fetchable'`: ask `sources.of(message)`. */
  sources: Source[]
  sourcesState: SourcesState
  /** The conversation it happened in; a new one when it was asked for. `null` only with `outcome: 'unknown'`. */
  conversationId: string | null
  contactId?: string | null
  attempt: Attempt
  warnings: Warning[]
}

/** What became of an operator's message. `accepted`: the vendor has taken it; delivery shows in `message.status` later. */
export interface Sent {
  outcome: 'accepted' | 'unknown'
  message: Message | null
  messageId: string | null
  conversationId: string | null
  attempt: Attempt
  warnings: Warning[]
}

/** What reading back showed: `done`, `not-done`, or still `unknown`. */
export interface Settlement {
  outcome: 'done' | Outcome
  /** The message that was sent, when it was found. */
  message: Message | null
  /** For an ask: the agent's answer, when there is one. */
  answer: Answer | null
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
  fileName?: string
}

/** Where a file can be fetched right now, without the account's credential. */
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
