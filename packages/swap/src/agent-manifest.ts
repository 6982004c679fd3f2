import type { AgentActionType, AgentMode, AgentStatus, Channel, DayHours, TimeInterval, Weekday } from '@parley/core'

/** The version of the manifest that this library writes and reads. */
export const manifestVersion = 1

/**
 * An agent as a file: what a vendor says about it, in the words of the contract. Plain JSON.
 *
 * A missing field is not mentioned: nothing is said about it, and applying the manifest leaves it alone. `null` means
 * that there is no such value. A manifest has no secrets, and nothing that only one vendor has a word for.
 */
export interface AgentManifest {
  parley: 'agent'
  version: 1
  /** The agent that was exported. Ids in the manifest belong to this account; without `source`, to every account. */
  source?: { vendor: string; account: string; agentId: string }
  /** Finds the agent again, unless its id is given. */
  name?: string | null
  /** The name that contacts see. */
  displayName?: string | null
  description?: string | null
  businessName?: string | null
  status?: AgentStatus
  mode?: AgentMode
  /** The channels that the agent answers on. Their order means nothing. */
  channels?: Channel[]
  isDefault?: boolean
  liveChatEnabled?: boolean
  language?: string | null
  avatarUrl?: string | null
  prompt?: {
    instructions?: string | null
    personality?: string | null
    goal?: string | null
    /** Replaces the other parts, where a vendor has it. */
    whole?: string | null
  }
  model?: string | null
  limits?: {
    /** How long the agent waits before it answers, in milliseconds. */
    replyDelayMs?: number
    /** How many messages the agent sends in a conversation before it stops. */
    maxMessages?: number
    /** `durationMs: null`: until someone resumes the agent. */
    pause?: { onOperatorMessage?: boolean; onAutomationMessage?: boolean; durationMs?: number | null }
  }
  /** Their order means nothing. */
  tags?: string[]
  /** Ids of the account of `source`. */
  knowledgeBaseIds?: string[]
  /** Found again by kind and name. Several with the same kind and name are told apart by their order. */
  actions?: ManifestAction[]
  /** `null`: the agent works at any time. */
  workingHours?: ManifestHours | null
  /** Found again by kind and content. */
  knowledge?: ManifestKnowledge[]
}

interface ActionOf<Kind extends AgentActionType> {
  kind: Kind
  name: string
  enabled?: boolean
}

/** When a stopped agent answers again, in milliseconds. `null`: when someone resumes it. */
interface Reactivation {
  afterMs: number | null
}

/** An action (tool) of the agent. `kind` determines its other fields, which mean the same as in `AgentAction`. */
export type ManifestAction =
  | (ActionOf<'trigger-workflow'> & { workflowIds?: string[]; condition?: string | null; message?: string | null })
  | (ActionOf<'update-contact-field'> & {
      fieldId?: string | null
      description?: string | null
      examples?: { text: string; change?: 'add' | 'update' | 'delete' }[]
    })
  | (ActionOf<'book-appointment'> & {
      calendarId?: string | null
      calendars?: { id: string; condition?: string | null }[]
      onlySendsLink?: boolean
      canReschedule?: boolean
      canCancel?: boolean
      workflowIds?: string[]
      pauseMs?: number | null
      transferToAgentId?: string | null
    })
  | (ActionOf<'stop-agent'> & {
      trigger?: 'goodbye' | 'custom'
      condition?: string | null
      examples?: string[]
      finalMessage?: string | null
      reactivation?: Reactivation
      tags?: string[]
    })
  | (ActionOf<'hand-over'> & {
      trigger?: 'contact-request' | 'lack-of-information' | 'unresolved' | 'custom'
      condition?: string | null
      examples?: string[]
      finalMessage?: string | null
      reactivation?: Reactivation
      tags?: string[]
      assigneeId?: string | null
      assigns?: boolean
      createsTask?: boolean
    })
  | (ActionOf<'follow-up'> & {
      scenario?: 'stopped-replying' | 'busy' | 'requested'
      steps?: { id: number; afterMs: number; message?: string | null; workflowId?: string | null }[]
      settings?: {
        switchesChannel: boolean
        withinHours?: boolean
        timezone?: 'contact' | 'business'
        hours?: DayHours[]
      }
    })
  | (ActionOf<'transfer-bot'> & {
      trigger?: 'default' | 'custom'
      toAgentId?: string | null
      condition?: string | null
      examples?: string[]
    })
  | ActionOf<'api-call'>

/** When the agent works. The fields mean the same as in `WorkingHours`. */
export interface ManifestHours {
  enabled?: boolean
  channels?: Channel[]
  timezone?: 'contact' | 'business'
  /** A missing day is closed. */
  schedule?: { day: Weekday; intervals: TimeInterval[] }[]
  continuesForMs?: number | null
  autoReply?: string | null
  followUp?: string | null
}

/** What the agent answers from. Files are not in a manifest, because vendors do not give them back. */
export type ManifestKnowledge = { knowledgeBaseId?: string } & (
  | { kind: 'website'; url: string }
  | { kind: 'faq'; question: string; answer: string }
  | { kind: 'text'; title: string; text: string }
)

/** Something of the agent that is not in its manifest. */
export interface Omission {
  /** Its path in the manifest, if it were there. */
  path: string
  reason: string
  /** What to do about it. */
  advice: string
}
