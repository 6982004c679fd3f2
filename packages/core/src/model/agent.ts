import type { Entity, Timestamp } from './entity.ts'
import type { Channel, JsonObject, Term } from './term.ts'

/** `draft`: made but never active. `archived`: kept but out of use. */
export type AgentStatus = 'active' | 'inactive' | 'draft' | 'archived'

/** Who presses send: `autopilot` answers by itself, `suggestive` proposes to staff, `off` does nothing. */
export type AgentMode = 'autopilot' | 'suggestive' | 'off'

/** The AI agent (chatbot). Never a human: see `Operator`. */
export interface Agent<Raw = unknown> extends Entity<Raw> {
  name: string | null
  /** The name that contacts see, where the vendor keeps one apart. */
  displayName?: string | null
  description?: string | null
  businessName?: string | null
  status: Term<AgentStatus>
  mode?: Term<AgentMode>
  channels?: Term<Channel>[]
  /** Whether it answers when nothing else decides. */
  isDefault?: boolean
  /** Whether people may take over in a live chat. */
  liveChatEnabled?: boolean
  /** What it is told to do. `prompt` replaces the three others where a vendor has it and it is not empty. */
  instructions?: string | null
  personality?: string | null
  goal?: string | null
  prompt?: string | null
  model?: string | null
  /** A language code as the vendor writes it, such as `en`. */
  language?: string | null
  avatarUrl?: string | null
  knowledgeBaseIds?: string[]
  actions?: AgentActionPointer[]
  /** How long it waits before it answers, in milliseconds. */
  replyDelayMs?: number
  /** After how many of its own messages in one conversation it stops. */
  maxMessages?: number
  /** When it pauses after somebody else wrote, and for how long; `durationMs: null` means until someone resumes it. */
  pause?: { onOperatorMessage?: boolean; onAutomationMessage?: boolean; durationMs?: number | null }
  tags?: string[]
  /** What else the vendor keeps and the contract has no word for. */
  attributes?: JsonObject
  createdAt?: Timestamp | null
  updatedAt?: Timestamp | null
}

/** An action (tool) an agent may use: its id and kind. */
export interface AgentActionPointer {
  id: string
  name?: string
  type: Term<AgentActionType>
}

export type AgentActionType =
  | 'trigger-workflow'
  | 'update-contact-field'
  | 'book-appointment'
  | 'stop-bot'
  | 'hand-over'
  | 'follow-up'
  | 'transfer-bot'
  | 'api-call'
