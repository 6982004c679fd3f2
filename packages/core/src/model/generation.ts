import type { AgentMode } from './agent.ts'
import type { Entity, JsonValue, Term } from './entity.ts'
import type { Source } from './knowledge.ts'
import type { Author } from './message.ts'

/** A message in a transcript: its author and text, without the id and time of a stored message. */
export interface TranscriptMessage {
  author: Author
  text: string | null
}

/** An action that the agent took while it answered. */
export interface GenerationAction {
  /** The vendor's name of the action, such as `contactUpdateAction`. `null`: the vendor gives none. */
  name: string | null
  details: JsonValue
}

/** How an answer was generated. Its `id` is the id of the generated message. */
export interface Generation<Raw = unknown> extends Entity<Raw> {
  messageId: string
  agentId?: string | null
  mode?: Term<AgentMode>
  /** The complete prompt. It can contain customer data. */
  prompt: string | null
  /** The message that triggered the answer. */
  input?: string | null
  /** The agent's goal. */
  intent?: string | null
  /** The part of the conversation that the model received, oldest first. */
  history: TranscriptMessage[]
  /** The generated message. */
  response: TranscriptMessage
  /** The knowledge that the model received: chunks of FAQs, pages and texts, in the vendor's order. */
  sources: Source[]
  actions: GenerationAction[]
}
