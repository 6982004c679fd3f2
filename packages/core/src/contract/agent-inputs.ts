import type {
  AgentMode,
  AgentStatus,
  ApiCallAction,
  BookAppointmentAction,
  FollowUpAction,
  FollowUpSettings,
  HandOverAction,
  StopAgentAction,
  TransferBotAction,
  TriggerWorkflowAction,
  UnknownAction,
  UpdateContactFieldAction,
  WorkingHours,
} from '../model/agent.ts'
import type { Channel, Entity, JsonObject, Term } from '../model/entity.ts'
import type { VendorOptionsOf } from './options.ts'

/** What can be said about an agent. Each vendor takes a part of it; the rest is told in a warning or refused. */
interface AgentFields {
  displayName?: string
  description?: string
  businessName?: string
  status?: Exclude<AgentStatus, 'archived'>
  mode?: AgentMode
  /** Where it answers, in the normalized words. */
  channels?: Channel[]
  /** Whether it answers when nothing else decides. */
  isDefault?: boolean
  liveChatEnabled?: boolean
  instructions?: string
  personality?: string
  goal?: string
  /** Replaces instructions, personality and goal where a vendor has it. */
  prompt?: string
  model?: string
  knowledgeBaseIds?: string[]
  /** How long it waits before it answers, in milliseconds. At most what `limits` says. */
  replyDelayMs?: number
  /** After how many of its own messages in one conversation it stops. */
  maxMessages?: number
  /** When it pauses after somebody else wrote; `durationMs: null`: until someone resumes it. */
  pause?: { onOperatorMessage?: boolean; onAutomationMessage?: boolean; durationMs?: number | null }
  tags?: string[]
}

export interface CreateAgentInput extends AgentFields {
  name: string
  vendor?: VendorOptionsOf<'agents.create'>
}

/** What is left out stays as it is, also where the vendor would reset it. */
export interface UpdateAgentInput extends AgentFields {
  name?: string
  vendor?: VendorOptionsOf<'agents.update'>
}

/** What an action is made of: the action without what the vendor adds. A term may be given by its value alone. */
type ActionFields<Action extends Entity> = Action extends Entity
  ? {
      [Key in keyof Omit<Action, keyof Entity | 'agentId' | 'native' | 'name' | 'enabled'>]: Word<Action[Key]>
    } & { name: string; enabled?: boolean }
  : never

type Word<T> = T extends Term<infer Value> | undefined ? Value | Extract<T, undefined> : T

export type TriggerWorkflowInput = ActionFields<TriggerWorkflowAction>
export type UpdateContactFieldInput = ActionFields<UpdateContactFieldAction>
export type BookAppointmentInput = ActionFields<BookAppointmentAction>
export type StopAgentInput = ActionFields<StopAgentAction>
export type HandOverInput = ActionFields<HandOverAction>
export type FollowUpInput = ActionFields<FollowUpAction>
export type TransferBotInput = ActionFields<TransferBotAction>
export type ApiCallInput = ActionFields<ApiCallAction>
/** A kind that the contract does not know: the vendor's word, and its own object in `attributes`. */
export type UnknownActionInput = ActionFields<UnknownAction> & { native: string; attributes: JsonObject }

/** A new action. Its `kind` decides what else it takes. */
export type AgentActionInput =
  | TriggerWorkflowInput
  | UpdateContactFieldInput
  | BookAppointmentInput
  | StopAgentInput
  | HandOverInput
  | FollowUpInput
  | TransferBotInput
  | ApiCallInput
  | UnknownActionInput

/** Changes to an action: its kind stays; what is left out stays as it is, what the contract does not know included. */
export type AgentActionChange = Change<AgentActionInput>

type Change<Input> = Input extends { kind: infer Kind } ? { kind?: Kind } & Partial<Omit<Input, 'kind'>> : never

export interface FollowUpSettingsInput extends Omit<FollowUpSettings, 'timezone'> {
  timezone?: 'contact' | 'business'
  /** The follow-up actions that these settings are for. */
  actionIds: string[]
}

/** Complete working hours: what is left out is switched off. */
export interface WorkingHoursInput
  extends Pick<WorkingHours, 'enabled' | 'schedule' | 'continuesForMs' | 'autoReply' | 'followUp' | 'attributes'> {
  channels: Channel[]
  timezone: 'contact' | 'business'
}
