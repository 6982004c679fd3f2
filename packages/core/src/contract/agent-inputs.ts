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

/** The fields of an agent. Each vendor supports some of them; the others produce a warning or are refused. */
interface AgentFields {
  displayName?: string
  description?: string
  businessName?: string
  status?: Exclude<AgentStatus, 'archived'>
  mode?: AgentMode
  /** The channels that the agent answers on. */
  channels?: Channel[]
  /** Whether this agent answers when nothing else selects an agent. */
  isDefault?: boolean
  liveChatEnabled?: boolean
  instructions?: string
  personality?: string
  goal?: string
  /** Replaces instructions, personality and goal, where a vendor supports it. */
  prompt?: string
  model?: string
  knowledgeBaseIds?: string[]
  /** How long the agent waits before it answers, in milliseconds. See `limits.notes` for the vendor's maximum. */
  replyDelayMs?: number
  /** How many messages the agent sends in a conversation before it stops. */
  maxMessages?: number
  /** Whether the agent pauses after someone else writes. `durationMs: null`: until someone resumes it. */
  pause?: { onOperatorMessage?: boolean; onAutomationMessage?: boolean; durationMs?: number | null }
  tags?: string[]
}

export interface CreateAgentInput extends AgentFields {
  name: string
  vendor?: VendorOptionsOf<'agents.create'>
}

/** Omitted fields keep their values, even where the vendor would reset them. */
export interface UpdateAgentInput extends AgentFields {
  name?: string
  vendor?: VendorOptionsOf<'agents.update'>
}

/** The fields of an action, without those that the vendor adds. A term can be given by its value alone. */
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
/** An action of a kind that the contract does not know: the vendor's word, and its own object in `attributes`. */
export type UnknownActionInput = ActionFields<UnknownAction> & { native: string; attributes: JsonObject }

/** A new action. Its `kind` determines its other fields. */
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

/**
 * Changes to an action. Its kind cannot change. Omitted fields keep their values, including those unknown to the
 * contract.
 */
export type AgentActionChange = Change<AgentActionInput>

type Change<Input> = Input extends { kind: infer Kind } ? { kind?: Kind } & Partial<Omit<Input, 'kind'>> : never

export interface FollowUpSettingsInput extends Omit<FollowUpSettings, 'timezone'> {
  timezone?: 'contact' | 'business'
  /** The follow-up actions that these settings are for. */
  actionIds: string[]
}

/** Complete working hours. Omitted settings are switched off. */
export interface WorkingHoursInput
  extends Pick<WorkingHours, 'enabled' | 'schedule' | 'continuesForMs' | 'autoReply' | 'followUp' | 'attributes'> {
  channels: Channel[]
  timezone: 'contact' | 'business'
}
