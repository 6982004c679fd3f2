import type { LeadConnectorFollowupSettings } from './leadconnector-native-types-actions.ts'
import type { LeadConnectorWord } from './leadconnector-native-word.ts'

/** How long an agent stays silent after what an action did. */
type SleepUnit = LeadConnectorWord<'days' | 'hours' | 'minutes'>

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
  contactUpdateExamples?: (
    | string
    | { id?: string; text?: string; type?: LeadConnectorWord<'add' | 'update' | 'delete'> }
  )[]
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
  stopBotDetectionType: LeadConnectorWord<'Goodbye' | 'Custom'>
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
  handoverType: LeadConnectorWord<'contactRequest' | 'lackOfInformation' | 'failedToResolveIssue' | 'custom'>
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
  scenarioId: LeadConnectorWord<'contactStoppedReplying' | 'contactIsBusy' | 'contactRequested'>
  followupSequence: LeadConnectorFollowupStep[]
  followupSettings?: LeadConnectorFollowupSettings
}

export interface LeadConnectorFollowupStep {
  /** The number of the step. */
  id: number
  followupTimeUnit: LeadConnectorWord<'days' | 'hours' | 'minutes'>
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
  transferBotType: LeadConnectorWord<'Default' | 'Custom'>
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
