import type { Entity, Timestamp } from './entity.ts'
import type { SourceKind } from './source.ts'
import type { Term } from './term.ts'

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
