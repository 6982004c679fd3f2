import type { Entity, Term, Timestamp } from './entity.ts'

/** `ready`: the agent answers from it. `processing`: it was accepted and is being read. */
export type KnowledgeStatus = 'ready' | 'processing' | 'failed'

/** Something that the agent may answer from: a page, a text, a question with its answer, a file. */
export interface KnowledgeItem<Raw = unknown> extends Entity<Raw> {
  kind: Term<SourceKind>
  title?: string | null
  url?: string | null
  /** The text itself, where the vendor gives it back. */
  text?: string | null
  /** Of a `faq`. */
  question?: string | null
  answer?: string | null
  fileName?: string | null
  status?: Term<KnowledgeStatus>
  /** The collection that it belongs to, where a vendor has several. */
  knowledgeBaseId?: string | null
  agentId?: string | null
  /** In characters. */
  size?: number | null
  createdAt?: Timestamp | null
  updatedAt?: Timestamp | null
}

/** What an answer was drawn from. `faq`: a question and its answer; `text`: text that was typed in. */
export type SourceKind = 'website' | 'faq' | 'file' | 'text' | 'rich-text' | 'video' | 'image' | 'notion'

/**
 * How a message's sources can be had. `inline`: they came with it (an empty list means that it used none).
 * `fetchable`: ask `sources.list(message)`, which costs a call. `unavailable`: this vendor has none for this message.
 */
export type SourcesState = 'inline' | 'fetchable' | 'unavailable'

/**
 * A score and its direction. A vendor's `distance: 0.85` is not "85 % relevant": the number stays as it came, and
 * `higherIsBetter` is `null` when the vendor does not say.
 */
export interface Score {
  value: number
  metric: 'distance' | 'similarity' | 'unknown'
  higherIsBetter: boolean | null
}

/**
 * One citation. Its `id` is the vendor's where the vendor has one; otherwise it is the message's id and the place in
 * its list (`msg_1#0`), which is stable while the message is.
 */
export interface Source<Raw = unknown> extends Entity<Raw> {
  kind: Term<SourceKind>
  title?: string | null
  url?: string | null
  /** The passage that was used. */
  text?: string | null
  fileName?: string | null
  fileId?: string | null
  score?: Score
}
