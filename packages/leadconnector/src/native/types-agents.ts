import type {
  LeadConnectorAgentPayload,
  LeadConnectorGenerationPayload,
  LeadConnectorInterval,
  LeadConnectorKnowledgeBaseTrigger,
  LeadConnectorOffHoursNotification,
  LeadConnectorWorkingHoursPayload,
} from '../wire.ts'

/** The settings that "Create Agent" and "Update Agent" share. No endpoint sets the model or its temperature. */
export interface LeadConnectorAgentSettings {
  businessName?: string
  /** `auto-pilot` answers, `suggestive` proposes answers to operators, `off` does nothing. Default `off`. */
  mode?: Word<'off' | 'suggestive' | 'auto-pilot'>
  channels?: Word<'IG' | 'FB' | 'SMS' | 'WebChat' | 'WhatsApp' | 'Live_Chat' | 'Email'>[]
  /**
   * Whether the agent answers when no other rule selects one. The first agent of a location is primary. Was seen not to
   * persist.
   */
  isPrimary?: boolean
  /** How long the agent waits before it answers, in `waitTimeUnit`. At most 300 seconds or 5 minutes. Default 2. */
  waitTime?: number
  /** Default `seconds`. */
  waitTimeUnit?: Word<'seconds' | 'minutes'>
  /** Deprecated by the vendor. */
  sleepEnabled?: boolean
  /** Pause after a person has written. */
  sleepOnManualMessage?: boolean
  /** Pause after a workflow has written. */
  sleepOnWorkflowMessage?: boolean
  /**
   * In `sleepTimeUnit`. At most 48 hours, 2,880 minutes or 172,800 seconds. `null`: until someone resumes the agent.
   */
  sleepTime?: number | null
  sleepTimeUnit?: Word<'hours' | 'minutes' | 'seconds'> | null
  knowledgeBaseIds?: string[]
  /** Can be set but not read back. Default `false`. */
  respondToImages?: boolean
  /** Can be set but not read back. Default `false`. */
  respondToAudio?: boolean
  /** Replaces personality, goal and instructions unless it is empty. Only the newest reference has it. */
  fullPrompt?: string
}

export interface LeadConnectorCreateAgentBody extends LeadConnectorAgentSettings {
  name: string
  personality: string
  goal: string
  instructions: string
  /** 1 to 100 messages. Default 75; older pages say 25. */
  autoPilotMaxMessages?: number
}

/** Documented as partial, but omitted booleans were seen to fall back to their default. Send every known one. */
export interface LeadConnectorUpdateAgentBody extends LeadConnectorAgentSettings {
  /** 1 to 100 messages. */
  autoPilotMaxMessages: number
  name?: string
  personality?: string
  goal?: string
  instructions?: string
  /** Which knowledge base to use when. No schema of the body has it, but the vendor accepts it. */
  knowledgeBaseTriggers?: LeadConnectorKnowledgeBaseTrigger[]
}

export interface LeadConnectorAgentSearchQuery {
  /** The id of the last agent of the previous page. */
  startAfter?: string
  /** Neither a default nor a maximum is documented. */
  limit?: number
  /** Text in the name, in lower case. */
  query?: string
}

export interface LeadConnectorAgentSearchAnswer {
  /** Was seen missing although `count` was above zero. That is an error of the vendor, not an empty list. */
  agents?: LeadConnectorAgentPayload[]
  /** All agents of the location, also with a `query`. */
  totalCount?: number
  /** The agents on this page. */
  count?: number
  traceId?: string
}

export interface LeadConnectorGenerationQuery {
  /** The id of a message that the agent wrote. Other messages are not found. */
  messageId: string
  /** `conversation` for answers in the inbox, `workflow` for answers of a workflow. */
  source: Word<'conversation' | 'workflow'>
}

/** "Conversation AI": agents, and the generations of their answers. */
export interface LeadConnectorAgentEndpoints {
  'POST /conversation-ai/agents': { body: LeadConnectorCreateAgentBody; answer: LeadConnectorAgentPayload }
  'GET /conversation-ai/agents/search': { query: LeadConnectorAgentSearchQuery; answer: LeadConnectorAgentSearchAnswer }
  'GET /conversation-ai/agents/{agentId}': { answer: LeadConnectorAgentPayload }
  'PUT /conversation-ai/agents/{agentId}': { body: LeadConnectorUpdateAgentBody; answer: LeadConnectorAgentPayload }
  'DELETE /conversation-ai/agents/{agentId}': { answer: { success: boolean; id?: string; traceId?: string } }
  'GET /conversation-ai/generations': { query: LeadConnectorGenerationQuery; answer: LeadConnectorGenerationPayload }
}

/** The details of an action by its type. */
export interface LeadConnectorActionDetails {
  triggerWorkflow: LeadConnectorTriggerWorkflowDetails
  updateContactField: LeadConnectorUpdateContactFieldDetails
  appointmentBooking: LeadConnectorAppointmentBookingDetails
  stopBot: LeadConnectorStopBotDetails
  humanHandOver: LeadConnectorHumanHandOverDetails
  advancedFollowup: LeadConnectorAdvancedFollowupDetails
  transferBot: LeadConnectorTransferBotDetails
  customApi: LeadConnectorCustomApiDetails
}

/** An action to attach or update. An update replaces the whole action. `name` has 3 to 50 characters. */
export type LeadConnectorActionBody = {
  [Type in keyof LeadConnectorActionDetails]: { type: Type; name: string; details: LeadConnectorActionDetails[Type] }
}[keyof LeadConnectorActionDetails]

export interface LeadConnectorFollowupSettings {
  /** Default `true`. */
  dynamicChannelSwitching: boolean
  /** Whether follow-ups are sent only during `workingHours`. */
  followUpHours?: boolean
  workingHours?: LeadConnectorFollowupDay[]
  /** The vendor does not validate the value. */
  timezoneToUse?: Word<'contact' | 'business'>
}

export interface LeadConnectorFollowupDay {
  /** Documented with Sunday as 0. Accounts were seen with 1 to 7. */
  dayOfTheWeek: number
  intervals?: LeadConnectorInterval[]
}

/** An action in a response, with the details of its type. Some accounts omit everything but `id` and `type`. */
export type LeadConnectorShownAction = {
  [Type in keyof LeadConnectorActionDetails]: {
    id: string
    type: Type
    name?: string
    agentId?: string
    details?: LeadConnectorActionDetails[Type]
  }
}[keyof LeadConnectorActionDetails]

interface Wrapped<T> {
  data: T
  success?: boolean
  traceId?: string
}

/** Documented as a flat list. A grouped list has rows with `actions`. */
type ActionList = Wrapped<(LeadConnectorShownAction | { type?: string; actions: LeadConnectorShownAction[] })[]>
type OneAction = Wrapped<LeadConnectorShownAction>

/** "Conversation AI": an agent's actions and its working hours. */
export interface LeadConnectorActionEndpoints {
  'POST /conversation-ai/agents/{agentId}/actions': { body: LeadConnectorActionBody; answer: OneAction }
  'GET /conversation-ai/agents/{agentId}/actions/list': { answer: ActionList }
  'GET /conversation-ai/agents/{agentId}/actions': { answer: ActionList }
  'GET /conversation-ai/agents/{agentId}/actions/{actionId}': { answer: OneAction }
  'PUT /conversation-ai/agents/{agentId}/actions/{actionId}': { body: LeadConnectorActionBody; answer: OneAction }
  'DELETE /conversation-ai/agents/{agentId}/actions/{actionId}': { answer: Wrapped<{ id?: string }> }
  'PATCH /conversation-ai/agents/{agentId}/followup-settings': {
    body: { actionIds: string[]; followupSettings: LeadConnectorFollowupSettings }
    /** One action is documented, although a request can name several. */
    answer: Wrapped<LeadConnectorShownAction | LeadConnectorShownAction[]>
  }
  'GET /conversation-ai/agents/{agentId}/working-hours': { answer: Wrapped<LeadConnectorWorkingHoursPayload> }
  'POST /conversation-ai/agents/{agentId}/working-hours': {
    body: LeadConnectorWorkingHoursBody
    answer: Wrapped<LeadConnectorWorkingHoursPayload>
  }
  'PUT /conversation-ai/agents/{agentId}/working-hours': {
    body: LeadConnectorWorkingHoursBody
    answer: Wrapped<LeadConnectorWorkingHoursPayload>
  }
  'DELETE /conversation-ai/agents/{agentId}/working-hours': {
    /** `deleted: false`: the agent had no working hours. */
    answer: Wrapped<{ deleted: boolean; employeeId?: string }>
  }
}

/** The unit of the agent's sleep after an action. */
type SleepUnit = Word<'days' | 'hours' | 'minutes'>

/** `triggerWorkflow`. The vendor never validates ids inside details: a wrong one is stored and has no effect. */
export interface LeadConnectorTriggerWorkflowDetails {
  workflowIds: string[]
  /** In natural language. */
  triggerCondition: string
  /** The message that is sent when the workflow is triggered. */
  triggerMessage?: string
}

/** `updateContactField`: saves the contact's answer in an empty field of the contact. */
export interface LeadConnectorUpdateContactFieldDetails {
  contactFieldId: string
  description: string
  /** Documented as strings, also seen as objects. Standard, monetary and date fields need none. */
  contactUpdateExamples?: (string | { id?: string; text?: string; type?: Word<'add' | 'update' | 'delete'> })[]
}

/** `appointmentBooking`. With `onlySendLink`, all five other switches must be `false`. */
export interface LeadConnectorAppointmentBookingDetails {
  actionId?: string
  /** One of `calendarId` and `calendarIds` is required. */
  calendarId?: string
  /** Several calendars, and when to use each. No schema has it, but the vendor accepts it. */
  calendarIds?: { id: string; triggerCondition?: string }[]
  /** No schema has it. Example: `multiple`. */
  calendarActionType?: string
  /** No schema has it. */
  aiDescription?: string
  /** No schema has it. */
  fallbackCalendar?: boolean
  /** No schema has it. */
  fallbackCalendarId?: string
  onlySendLink: boolean
  triggerWorkflow: boolean
  /** Required with `triggerWorkflow`. */
  workflowIds?: string[]
  sleepAfterBooking: boolean
  /** Required with `sleepAfterBooking`, as is `sleepTime`. */
  sleepTimeUnit?: SleepUnit
  sleepTime?: number
  transferBot: boolean
  /** The agent to hand over to; required with `transferBot`. */
  transferAgent?: string
  rescheduleEnabled: boolean
  cancelEnabled: boolean
}

/** `stopBot`. */
export interface LeadConnectorStopBotDetails {
  stopBotDetectionType: Word<'Goodbye' | 'Custom'>
  stopBotTriggerCondition: string
  reactivateEnabled: boolean
  /** Required with `reactivateEnabled`, as is `sleepTime`. */
  sleepTimeUnit?: SleepUnit
  sleepTime?: number
  enabled: boolean
  /** At least 2. */
  stopBotExamples: string[]
  finalMessage: string
  tags?: string[]
}

/** `humanHandOver`. */
export interface LeadConnectorHumanHandOverDetails {
  enabled: boolean
  triggerCondition: string
  handoverType: Word<'contactRequest' | 'lackOfInformation' | 'failedToResolveIssue' | 'custom'>
  /** Required with the types `custom` and `contactRequest`. */
  examples?: string[]
  assignToUserId?: string
  skipAssignToUser?: boolean
  createTask?: boolean
  reactivateEnabled: boolean
  /** Required with `reactivateEnabled`, as is `sleepTime`. */
  sleepTimeUnit?: SleepUnit
  sleepTime?: number
  finalMessage: string
  tags?: string[]
}

/** `advancedFollowup`. */
export interface LeadConnectorAdvancedFollowupDetails {
  enabled: boolean
  scenarioId: Word<'contactStoppedReplying' | 'contactIsBusy' | 'contactRequested'>
  followupSequence: LeadConnectorFollowupStep[]
  followupSettings?: LeadConnectorFollowupSettings
}

export interface LeadConnectorFollowupStep {
  /** The number of the step. */
  id: number
  followupTimeUnit: Word<'days' | 'hours' | 'minutes'>
  /** At most 60 minutes, 24 hours or 180 days. */
  followupTime: number
  /** Default `true`. */
  aiEnabledMessage?: boolean
  /** Default `false`. */
  triggerWorkflow?: boolean
  /** Sent when `aiEnabledMessage` is `false`. */
  customMessage?: string
  /** Used when `triggerWorkflow` is `true`. */
  workflowId?: string
  contactRequested?: boolean
}

/** `transferBot`. */
export interface LeadConnectorTransferBotDetails {
  transferBotType: Word<'Default' | 'Custom'>
  /** The agent to hand over to. */
  transferToBot: string
  enabled: boolean
  /** Required with the type `Custom`. */
  transferBotTriggerCondition?: string
  /** At least 2 with the type `Custom`. */
  transferBotExamples?: string[]
}

/**
 * `customApi`. Only the newest reference has it, and does not list its fields. May contain secrets: responses have
 * placeholders, and a placeholder in a request keeps the stored secret. An update replaces only the keys of `apiConfig`
 * that it has.
 */
export interface LeadConnectorCustomApiDetails {
  /** Required in a create. */
  apiConfig?: Record<string, unknown>
  [field: string]: unknown
}

type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/** The hours in which an agent works. Only the newest reference has them. All fields are required. */
export interface LeadConnectorWorkingHoursBody {
  enabled: boolean
  /** Not empty when `enabled`. */
  channels: Word<'SMS' | 'Email' | 'WhatsApp' | 'IG' | 'FB' | 'WebChat' | 'Live_Chat' | 'TIKTOK'>[]
  timezoneMode: Word<'contact' | 'business'>
  schedule: { [Day in Weekday]?: { enabled: boolean; slots: LeadConnectorInterval[] } }
  /** Whether the agent continues a conversation that has started, and how long a silence ends it. */
  continueConversations: { enabled: boolean; inactivityTimeout?: { value: number; unit: string } }
  offHoursAutoReply: {
    enabled: boolean
    message?: string
    sendNotification?: boolean
    notificationConfig?: LeadConnectorOffHoursNotification
  }
  /** The message that the agent sends when its working hours start. */
  followUp: { enabled: boolean; message?: string }
}

/** A value of the vendor's vocabulary: the documented ones, and any that are added later. */
export type Word<Known extends string> = Known | (string & Record<never, never>)
