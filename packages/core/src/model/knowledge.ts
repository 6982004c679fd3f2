import type { Entity, Term, Timestamp } from './entity.ts'

/** `ready`: the agent answers from it. `processing`: the vendor accepted it and is processing it. */
export type KnowledgeStatus = 'ready' | 'processing' | 'failed'

/** Knowledge that the agent can answer from: a page, a text, a question with its answer, or a file. */
export interface KnowledgeItem<Raw = unknown> extends Entity<Raw> {
  kind: Term<SourceKind>
  title?: string | null
  url?: string | null
  /** The text itself, where the vendor returns it. */
  text?: string | null
  /** Only for a `faq`. */
  question?: string | null
  answer?: string | null
  fileName?: string | null
  status?: Term<KnowledgeStatus>
  /** The collection of the item, where a vendor has several. */
  knowledgeBaseId?: string | null
  agentId?: string | null
  /** In characters. */
  size?: number | null
  createdAt?: Timestamp | null
  updatedAt?: Timestamp | null
}

/** The kind of a source. `faq`: a question and its answer. `text`: text entered by hand. */
export type SourceKind = 'website' | 'faq' | 'file' | 'text' | 'rich-text' | 'video' | 'image' | 'notion'

/**
 * How to get the sources of a message. `inline`: they came with it (an empty list means that it used none).
 * `fetchable`: call `sources.list(message)`, which costs a request. `unavailable`: the vendor has none for this
 * message.
 */
export type SourcesState = 'inline' | 'fetchable' | 'unavailable'

/**
 * A score and its direction. A vendor's `distance: 0.85` does not mean "85 % relevant": the number is the vendor's, and
 * `higherIsBetter` is `null` when the vendor does not state the direction.
 */
export interface Score {
  value: number
  metric: 'distance' | 'similarity' | 'unknown'
  higherIsBetter: boolean | null
}

/**
 * A citation. Its `id` is the vendor's, where there is one; otherwise it is the message's id and the index in its list
 * (`msg_1#0`), which is stable as long as the message does not change.
 */
export interface Source<Raw = unknown> extends Entity<Raw> {
  kind: Term<SourceKind>
  title?: string | null
  url?: string | null
  /** The passage that the answer used. */
  text?: string | null
  fileName?: string | null
  fileId?: string | null
  score?: Score
}
