import type {
  LeadConnectorAgentPayload,
  LeadConnectorGenerationPayload,
  LeadConnectorInterval,
  LeadConnectorKnowledgeBaseTrigger,
  LeadConnectorOffHoursNotification,
  LeadConnectorWorkingHoursPayload,
} from '../wire.ts'

/** "Create Agent", "Update Agent": what both may set. The model and its temperature are not among it: no API has them. */
export interface LeadConnectorAgentSettings {
  businessName?: string
  /** `auto-pilot` answers, `suggestive` proposes to the staff, `off` does nothing. Default `off`. */
  mode?: Word<'off' | 'suggestive' | 'auto-pilot'>
  channels?: Word<'IG' | 'FB' | 'SMS' | 'WebChat' | 'WhatsApp' | 'Live_Chat' | 'Email'>[]
  /** Whether it answers where nothing else decides. The first agent of a location is. Was seen not to persist. */
  isPrimary?: boolean
  /** How long it waits before it answers, in `waitTimeUnit`. At most 300 seconds or 5 minutes; default 2. */
  waitTime?: number
  /** Default `seconds`. */
  waitTimeUnit?: Word<'seconds' | 'minutes'>
  /** Deprecated by the vendor. */
  sleepEnabled?: boolean
  /** Pause after a person has written. */
  sleepOnManualMessage?: boolean
  /** Pause after a workflow has written. */
  sleepOnWorkflowMessage?: boolean
  /** In `sleepTimeUnit`, at most 48 hours, 2,880 minutes or 172,800 seconds. `null`: until someone resumes it. */
  sleepTime?: number | null
  sleepTimeUnit?: Word<'hours' | 'minutes' | 'seconds'> | null
  knowledgeBaseIds?: string[]
  /** Can be set but not read back. Default `false`. */
  respondToImages?: boolean
  /** Can be set but not read back. Default `false`. */
  respondToAudio?: boolean
  /** When it is not empty it stands in for personality, goal and instructions. Only the newest reference has it. */
  fullPrompt?: string
}

export interface LeadConnectorCreateAgentBody extends LeadConnectorAgentSettings {
  name: string
  personality: string
  goal: string
  instructions: string
  /** 1 to 100 messages, default 75. Older pages say 25 for both. */
  autoPilotMaxMessages?: number
}

/** Documented as partial, but booleans that are left out were seen to fall back: send every one that is known. */
export interface LeadConnectorUpdateAgentBody extends LeadConnectorAgentSettings {
  /** 1 to 100 messages. */
  autoPilotMaxMessages: number
  name?: string
  personality?: string
  goal?: string
  instructions?: string
  /** In no schema of the body, but taken by it: which knowledge bases to use when. */
  knowledgeBaseTriggers?: LeadConnectorKnowledgeBaseTrigger[]
}

export interface LeadConnectorAgentSearchQuery {
  /** The id of the last agent of the page before. */
  startAfter?: string
  /** Neither a default nor a maximum is documented. */
  limit?: number
  /** In the name; must be in lower case. */
  query?: string
}

export interface LeadConnectorAgentSearchAnswer {
  /** Was seen missing although `count` was above zero: that is a fault, not an empty list. */
  agents?: LeadConnectorAgentPayload[]
  /** All agents of the location, whatever `query` says. */
  totalCount?: number
  /** Agents of this page. */
  count?: number
  traceId?: string
}

export interface LeadConnectorGenerationQuery {
  /** The id of a message that the agent made; any other is not found. */
  messageId: string
  /** `conversation` for answers in the inbox, `workflow` for those made inside a workflow. */
  source: Word<'conversation' | 'workflow'>
}

/** "Conversation AI": agents, and how their answers were made. */
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

/** An action to attach, or to replace one with: an update replaces all of it. `name` has 3 to 50 characters. */
export type LeadConnectorActionBody = {
  [Type in keyof LeadConnectorActionDetails]: { type: Type; name: string; details: LeadConnectorActionDetails[Type] }
}[keyof LeadConnectorActionDetails]

export interface LeadConnectorFollowupSettings {
  /** Default `true`. */
  dynamicChannelSwitching: boolean
  /** Whether it keeps to `workingHours`. */
  followUpHours?: boolean
  workingHours?: LeadConnectorFollowupDay[]
  /** The vendor does not check the word. */
  timezoneToUse?: Word<'contact' | 'business'>
}

export interface LeadConnectorFollowupDay {
  /** Documented with Sunday as 0; accounts were seen to use 1 to 7. */
  dayOfTheWeek: number
  intervals?: LeadConnectorInterval[]
}

/** An action as it is shown, its details by its type. Some accounts leave out everything but `id` and `type`. */
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

/** Documented as a flat list; a grouped one has rows with `actions`. */
type ActionList = Wrapped<(LeadConnectorShownAction | { type?: string; actions: LeadConnectorShownAction[] })[]>
type OneAction = Wrapped<LeadConnectorShownAction>

/** "Conversation AI": what an agent may do besides answering, and when it works. */
export interface LeadConnectorActionEndpoints {
  'POST /conversation-ai/agents/{agentId}/actions': { body: LeadConnectorActionBody; answer: OneAction }
  'GET /conversation-ai/agents/{agentId}/actions/list': { answer: ActionList }
  'GET /conversation-ai/agents/{agentId}/actions': { answer: ActionList }
  'GET /conversation-ai/agents/{agentId}/actions/{actionId}': { answer: OneAction }
  'PUT /conversation-ai/agents/{agentId}/actions/{actionId}': { body: LeadConnectorActionBody; answer: OneAction }
  'DELETE /conversation-ai/agents/{agentId}/actions/{actionId}': { answer: Wrapped<{ id?: string }> }
  'PATCH /conversation-ai/agents/{agentId}/followup-settings': {
    body: { actionIds: string[]; followupSettings: LeadConnectorFollowupSettings }
    /** One action is documented, although several can be named. */
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
    /** `deleted: false`: there were none. */
    answer: Wrapped<{ deleted: boolean; employeeId?: string }>
  }
}

/** How long an agent stays silent after what an action did. */
type SleepUnit = Word<'days' | 'hours' | 'minutes'>

/** `triggerWorkflow`. Ids inside details are never checked by the vendor: a wrong one is stored and does nothing. */
export interface LeadConnectorTriggerWorkflowDetails {
  workflowIds: string[]
  /** In natural language. */
  triggerCondition: string
  /** Sent when it is triggered. */
  triggerMessage?: string
}

/** `updateContactField`: writes what the contact said into an empty field of theirs. */
export interface LeadConnectorUpdateContactFieldDetails {
  contactFieldId: string
  description: string
  /** Documented as texts, seen as objects too. Not needed for standard, monetary and date fields. */
  contactUpdateExamples?: (string | { id?: string; text?: string; type?: Word<'add' | 'update' | 'delete'> })[]
}

/** `appointmentBooking`. With `onlySendLink` all five other switches must be `false`. */
export interface LeadConnectorAppointmentBookingDetails {
  actionId?: string
  /** One of `calendarId` and `calendarIds` is required. */
  calendarId?: string
  /** In no schema, but taken: several calendars and when to use which. */
  calendarIds?: { id: string; triggerCondition?: string }[]
  /** In no schema; such as `multiple`. */
  calendarActionType?: string
  /** In no schema. */
  aiDescription?: string
  /** In no schema. */
  fallbackCalendar?: boolean
  /** In no schema. */
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
 * `customApi`, which only the newest reference has, without its fields. May hold secrets: the vendor sends placeholders
 * for them, and takes a placeholder for "leave it as it is". An update replaces the keys of `apiConfig` that it has.
 */
export interface LeadConnectorCustomApiDetails {
  /** Required when it is created. */
  apiConfig?: Record<string, unknown>
  [field: string]: unknown
}

type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/** When an agent works. Only the newest reference has it; all of it is required. */
export interface LeadConnectorWorkingHoursBody {
  enabled: boolean
  /** Not empty when `enabled`. */
  channels: Word<'SMS' | 'Email' | 'WhatsApp' | 'IG' | 'FB' | 'WebChat' | 'Live_Chat' | 'TIKTOK'>[]
  timezoneMode: Word<'contact' | 'business'>
  schedule: { [Day in Weekday]?: { enabled: boolean; slots: LeadConnectorInterval[] } }
  /** Whether a conversation that has begun goes on, and how long a silence ends it. */
  continueConversations: { enabled: boolean; inactivityTimeout?: { value: number; unit: string } }
  offHoursAutoReply: {
    enabled: boolean
    message?: string
    sendNotification?: boolean
    notificationConfig?: LeadConnectorOffHoursNotification
  }
  /** What it writes when it works again. */
  followUp: { enabled: boolean; message?: string }
}

/** A word of the vendor: the documented ones, and whatever it adds to them one day. */
export type Word<Known extends string> = Known | (string & Record<never, never>)
