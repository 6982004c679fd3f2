import type { AgentMode } from './agent.ts'
import type { Entity, JsonValue, Term } from './entity.ts'
import type { Source } from './knowledge.ts'
import type { Author } from './message.ts'

/** A message of a transcript: who said what, without the id and time that a stored message has. */
export interface TranscriptMessage {
  author: Author
  text: string | null
}

/** Something the agent did while it answered. */
export interface GenerationAction {
  /** The vendor's name of the action, such as `contactUpdateAction`; `null` when it gives none. */
  name: string | null
  details: JsonValue
}

/** How one answer was made. Its `id` is the id of the message that it produced. */
export interface Generation<Raw = unknown> extends Entity<Raw> {
  messageId: string
  agentId?: string | null
  mode?: Term<AgentMode>
  /** The complete prompt. May contain customers' data. */
  prompt: string | null
  /** The message that triggered the answer. */
  input?: string | null
  /** What the agent was meant to reach. */
  intent?: string | null
  /** What the model was shown of the conversation, oldest first. */
  history: TranscriptMessage[]
  /** What it produced. */
  response: TranscriptMessage
  /** The knowledge it was given: the chunks of FAQs, pages and texts, in the vendor's order. */
  sources: Source[]
  actions: GenerationAction[]
}
