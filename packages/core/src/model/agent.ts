import type { Channel, Entity, JsonObject, Term, Timestamp } from './entity.ts'

/** `draft`: created but never active. `archived`: kept but no longer used. */
export type AgentStatus = 'active' | 'inactive' | 'draft' | 'archived'

/** `autopilot`: the agent answers by itself. `suggestive`: it proposes answers to operators. `off`: it does nothing. */
export type AgentMode = 'autopilot' | 'suggestive' | 'off'

/** The AI agent (chatbot). Never a human: see `Operator`. */
export interface Agent<Raw = unknown> extends Entity<Raw> {
  name: string | null
  /** The name that contacts see, where the vendor has a separate one. */
  displayName?: string | null
  description?: string | null
  businessName?: string | null
  status: Term<AgentStatus>
  mode?: Term<AgentMode>
  channels?: Term<Channel>[]
  /** Whether this agent answers when nothing else selects an agent. */
  isDefault?: boolean
  /** Whether operators can take over in a live chat. */
  liveChatEnabled?: boolean
  /**
   * The agent's instructions. A non-empty `prompt` replaces instructions, personality and goal, where a vendor has it.
   */
  instructions?: string | null
  personality?: string | null
  goal?: string | null
  prompt?: string | null
  model?: string | null
  /** A language code in the vendor's form, such as `en`. */
  language?: string | null
  avatarUrl?: string | null
  knowledgeBaseIds?: string[]
  actions?: AgentActionPointer[]
  /** How long the agent waits before it answers, in milliseconds. */
  replyDelayMs?: number
  /** How many messages the agent sends in a conversation before it stops. */
  maxMessages?: number
  /** Whether and how long the agent pauses after someone else writes. `durationMs: null`: until someone resumes it. */
  pause?: { onOperatorMessage?: boolean; onAutomationMessage?: boolean; durationMs?: number | null }
  tags?: string[]
  /** The vendor's other fields, which the contract does not have. */
  attributes?: JsonObject
  createdAt?: Timestamp | null
  updatedAt?: Timestamp | null
}

/** An action (tool) that an agent can use: its id and kind. */
export interface AgentActionPointer {
  id: string
  name?: string
  type: Term<AgentActionType>
}

export type AgentActionType =
  | 'trigger-workflow'
  | 'update-contact-field'
  | 'book-appointment'
  | 'stop-agent'
  | 'hand-over'
  | 'follow-up'
  | 'transfer-bot'
  | 'api-call'

/** The fields that all actions have. */
interface ActionBase<Kind extends AgentActionType | 'unknown', Raw> extends Entity<Raw> {
  kind: Kind
  /** The vendor's word for the kind. */
  native: string | null
  name: string | null
  /** The vendor's id of the action's agent. */
  agentId: string
  /** `false`: stored but not used. Missing: the vendor has no such switch for this kind. */
  enabled?: boolean
  /** The vendor's other fields, which the contract does not have. An update keeps them. */
  attributes?: JsonObject
}

/** When a stopped agent answers again. */
export interface Reactivation {
  /** `null`: the agent stays silent until someone resumes it. */
  afterMs: number | null
}

export interface TriggerWorkflowAction<Raw = unknown> extends ActionBase<'trigger-workflow', Raw> {
  workflowIds: string[]
  /** In natural language, like every condition of an action. */
  condition?: string | null
  /** What the agent says when it starts the workflow. */
  message?: string | null
}

export interface UpdateContactFieldAction<Raw = unknown> extends ActionBase<'update-contact-field', Raw> {
  fieldId: string | null
  /** The information that the agent asks for. */
  description?: string | null
  examples?: ActionExample[]
}

/** An example sentence that teaches the agent when to act. */
export interface ActionExample {
  id?: string
  text: string
  /** How the field is changed, where the vendor states it separately. */
  change?: Term<'add' | 'update' | 'delete'>
}

export interface BookAppointmentAction<Raw = unknown> extends ActionBase<'book-appointment', Raw> {
  calendarId?: string | null
  /** Several calendars, each with the condition under which it is offered. */
  calendars?: { id: string; condition?: string | null }[]
  /** The agent sends only the booking link. */
  onlySendsLink?: boolean
  canReschedule?: boolean
  canCancel?: boolean
  /** Workflows that a booking starts. Empty: none. */
  workflowIds?: string[]
  /** How long the agent is silent after a booking. `null`: it is not silent. */
  pauseMs?: number | null
  /** The agent that takes over after a booking. `null`: none. */
  transferToAgentId?: string | null
}

export interface StopAgentAction<Raw = unknown> extends ActionBase<'stop-agent', Raw> {
  trigger?: Term<'goodbye' | 'custom'>
  condition?: string | null
  examples?: string[]
  /** The agent's last message. */
  finalMessage?: string | null
  reactivation?: Reactivation
  /** Tags that are added to the contact. */
  tags?: string[]
}

export interface HandOverAction<Raw = unknown> extends ActionBase<'hand-over', Raw> {
  trigger?: Term<'contact-request' | 'lack-of-information' | 'unresolved' | 'custom'>
  condition?: string | null
  examples?: string[]
  finalMessage?: string | null
  reactivation?: Reactivation
  tags?: string[]
  /** The vendor's id of the operator who gets the conversation. */
  assigneeId?: string | null
  /** `false`: the conversation keeps its owner. */
  assigns?: boolean
  createsTask?: boolean
}

export interface FollowUpAction<Raw = unknown> extends ActionBase<'follow-up', Raw> {
  scenario?: Term<'stopped-replying' | 'busy' | 'requested'>
  steps: FollowUpStep[]
  settings?: FollowUpSettings
}

export interface FollowUpStep {
  /** The step's number in the sequence. */
  id: number
  /** How long after the contact's last message the step runs, in milliseconds. */
  afterMs: number
  /** `null`: the agent writes the message itself. */
  message?: string | null
  /** The workflow that this step starts. `null`: none. */
  workflowId?: string | null
  attributes?: JsonObject
}

/** When follow-ups are sent. */
export interface FollowUpSettings {
  /** Whether the agent can switch to another channel when it gets no answer. */
  switchesChannel: boolean
  /** Whether follow-ups are sent only within `hours`. */
  withinHours?: boolean
  /** Whose time zone applies. */
  timezone?: Term<'contact' | 'business'>
  hours?: DayHours[]
}

/** The open hours of one day. */
export interface DayHours {
  /** The vendor's number of the day. The vendor numbers days in two ways: see its page. */
  day: number
  intervals: TimeInterval[]
}

/** Times of day on the 24-hour clock, `08:15`. */
export interface TimeInterval {
  from: string
  to: string
}

export interface TransferBotAction<Raw = unknown> extends ActionBase<'transfer-bot', Raw> {
  trigger?: Term<'default' | 'custom'>
  toAgentId: string | null
  condition?: string | null
  examples?: string[]
}

/**
 * The agent calls an API of the business. `attributes` has the vendor's own description of the call, which includes its
 * secrets: treat it as secret.
 */
export interface ApiCallAction<Raw = unknown> extends ActionBase<'api-call', Raw> {}

/** An action of an unknown kind. `attributes` has all of it. */
export interface UnknownAction<Raw = unknown> extends ActionBase<'unknown', Raw> {}

/** An action (tool) of an agent. Switch over `kind`. */
export type AgentAction<Raw = unknown> =
  | TriggerWorkflowAction<Raw>
  | UpdateContactFieldAction<Raw>
  | BookAppointmentAction<Raw>
  | StopAgentAction<Raw>
  | HandOverAction<Raw>
  | FollowUpAction<Raw>
  | TransferBotAction<Raw>
  | ApiCallAction<Raw>
  | UnknownAction<Raw>

/** When an agent works, and what it does outside these hours. */
export interface WorkingHours<Raw = unknown> {
  agentId: string
  enabled: boolean
  channels: Term<Channel>[]
  timezone: Term<'contact' | 'business'>
  /** Per day of the week. A missing day is closed. */
  schedule: { day: Weekday; intervals: TimeInterval[] }[]
  /**
   * A conversation that began within the hours continues until it has been idle this long. `null`: it ends with the
   * hours.
   */
  continuesForMs?: number | null
  /** The automatic reply to contacts who write outside the hours. `null`: none. */
  autoReply?: string | null
  /** The message that is sent when the hours begin again. `null`: none. */
  followUp?: string | null
  /** The vendor's other settings, such as whom it notifies. */
  attributes?: JsonObject
  raw?: Raw
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'
