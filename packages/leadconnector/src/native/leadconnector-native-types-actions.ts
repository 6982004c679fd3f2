import type { LeadConnectorInterval, LeadConnectorWorkingHoursPayload } from '../wire/action.ts'
import type {
  LeadConnectorAdvancedFollowupDetails,
  LeadConnectorAppointmentBookingDetails,
  LeadConnectorCustomApiDetails,
  LeadConnectorHumanHandOverDetails,
  LeadConnectorStopBotDetails,
  LeadConnectorTransferBotDetails,
  LeadConnectorTriggerWorkflowDetails,
  LeadConnectorUpdateContactFieldDetails,
} from './leadconnector-native-types-action-details.ts'
import type { LeadConnectorWorkingHoursBody } from './leadconnector-native-types-working-hours.ts'
import type { LeadConnectorWord } from './leadconnector-native-word.ts'

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
  timezoneToUse?: LeadConnectorWord<'contact' | 'business'>
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
