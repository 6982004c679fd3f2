import type { Channel, Entity, JsonObject, Term, Timestamp } from './entity.ts'

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
  | 'stop-agent'
  | 'hand-over'
  | 'follow-up'
  | 'transfer-bot'
  | 'api-call'

/** What every action of an agent has, whatever it does. */
interface ActionBase<Kind extends AgentActionType | 'unknown', Raw> extends Entity<Raw> {
  kind: Kind
  /** The vendor's word for the kind. */
  native: string | null
  name: string | null
  /** The vendor's id of the agent that has it. */
  agentId: string
  /** `false`: kept, but not used. Missing: the vendor has no such switch for this kind. */
  enabled?: boolean
  /** What the vendor keeps and the contract has no word for. An update leaves it as it is. */
  attributes?: JsonObject
}

/** When an agent that fell silent answers again. */
export interface Reactivation {
  /** `null`: it stays silent until somebody wakes it. */
  afterMs: number | null
}

export interface TriggerWorkflowAction<Raw = unknown> extends ActionBase<'trigger-workflow', Raw> {
  workflowIds: string[]
  /** In natural language, like every condition here. */
  condition?: string | null
  /** What the agent says when it starts the workflow. */
  message?: string | null
}

export interface UpdateContactFieldAction<Raw = unknown> extends ActionBase<'update-contact-field', Raw> {
  fieldId: string | null
  /** What the agent is to find out. */
  description?: string | null
  examples?: ActionExample[]
}

/** A sentence from which the agent learns when to act. */
export interface ActionExample {
  id?: string
  text: string
  /** What becomes of the field, where the vendor keeps that apart. */
  change?: Term<'add' | 'update' | 'delete'>
}

export interface BookAppointmentAction<Raw = unknown> extends ActionBase<'book-appointment', Raw> {
  calendarId?: string | null
  /** Several calendars, each with the condition under which it is offered. */
  calendars?: { id: string; condition?: string | null }[]
  /** It sends the booking link and does nothing else. */
  onlySendsLink?: boolean
  canReschedule?: boolean
  canCancel?: boolean
  /** Workflows that a booking starts. Empty: none. */
  workflowIds?: string[]
  /** How long the agent is silent after a booking. `null`: it is not. */
  pauseMs?: number | null
  /** The agent that takes over after a booking. `null`: none. */
  transferToAgentId?: string | null
}

export interface StopAgentAction<Raw = unknown> extends ActionBase<'stop-agent', Raw> {
  trigger?: Term<'goodbye' | 'custom'>
  condition?: string | null
  examples?: string[]
  /** The last thing the agent says. */
  finalMessage?: string | null
  reactivation?: Reactivation
  /** Tags that the contact gets. */
  tags?: string[]
}

export interface HandOverAction<Raw = unknown> extends ActionBase<'hand-over', Raw> {
  trigger?: Term<'contact-request' | 'lack-of-information' | 'unresolved' | 'custom'>
  condition?: string | null
  examples?: string[]
  finalMessage?: string | null
  reactivation?: Reactivation
  tags?: string[]
  /** The operator who gets the conversation. */
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
  /** Its number in the sequence. */
  id: number
  /** How long after the contact's last message, in milliseconds. */
  afterMs: number
  /** `null`: the agent writes the message itself. */
  message?: string | null
  /** The workflow that this step starts. `null`: none. */
  workflowId?: string | null
  attributes?: JsonObject
}

/** When follow-ups go out. */
export interface FollowUpSettings {
  /** Whether the agent may change to another channel when one gets no answer. */
  switchesChannel: boolean
  /** Whether `hours` are kept to. */
  withinHours?: boolean
  /** Whose clock counts. */
  timezone?: Term<'contact' | 'business'>
  hours?: DayHours[]
}

/** The open hours of one day. */
export interface DayHours {
  /** As the vendor numbers its days, which it does in two ways: see the adapter's page. */
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
 * The agent calls an API of the business. What it calls and with which secrets is the vendor's own object and is kept in
 * `attributes`; treat it as secret.
 */
export interface ApiCallAction<Raw = unknown> extends ActionBase<'api-call', Raw> {}

/** A kind that nobody has seen before. Everything about it is in `attributes`. */
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

/** When an agent works, and what it does outside of these hours. */
export interface WorkingHours<Raw = unknown> {
  agentId: string
  enabled: boolean
  channels: Term<Channel>[]
  timezone: Term<'contact' | 'business'>
  /** Per day of the week; a day that is not there is closed. */
  schedule: { day: Weekday; intervals: TimeInterval[] }[]
  /** A conversation that began within hours goes on until it was idle for so long. `null`: it ends with the hours. */
  continuesForMs?: number | null
  /** What is said to those who write outside of the hours. `null`: nothing. */
  autoReply?: string | null
  /** What is said when the hours begin again. `null`: nothing. */
  followUp?: string | null
  /** What else the vendor keeps about them, such as whom it notifies. */
  attributes?: JsonObject
  raw?: Raw
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'
