import {
  any,
  boolean,
  length,
  list,
  listOfObjects,
  needed,
  number,
  object,
  oneOf,
  optional,
  type Shape,
  string,
  violations,
} from '../http/leadconnector-rules.ts'
import { isJson, type Json } from '../leadconnector-json.ts'
import { actionDetailViolations } from './leadconnector-action-conditions.ts'
import { followupShape } from './leadconnector-followup-rules.ts'

const wakeAfter = oneOf('days', 'hours', 'minutes')

/** What each kind of action must say. Ids inside are not checked: a wrong one is stored and does nothing. */
const details: Readonly<Record<string, Shape>> = {
  triggerWorkflow: {
    workflowIds: needed(list(string)),
    triggerCondition: needed(string),
    triggerMessage: optional(string),
  },
  updateContactField: {
    contactFieldId: needed(string),
    description: needed(string),
    contactUpdateExamples: optional(list(any)),
  },
  appointmentBooking: {
    actionId: optional(string),
    calendarId: needed(string),
    onlySendLink: needed(boolean),
    triggerWorkflow: needed(boolean),
    workflowIds: optional(list(string)),
    sleepAfterBooking: needed(boolean),
    sleepTimeUnit: optional(wakeAfter),
    sleepTime: optional(number(0)),
    transferBot: needed(boolean),
    transferAgent: optional(string),
    rescheduleEnabled: needed(boolean),
    cancelEnabled: needed(boolean),
  },
  stopBot: {
    stopBotDetectionType: needed(oneOf('Goodbye', 'Custom')),
    stopBotTriggerCondition: needed(string),
    reactivateEnabled: needed(boolean),
    sleepTimeUnit: optional(wakeAfter),
    sleepTime: optional(number(0)),
    enabled: needed(boolean),
    stopBotExamples: needed(list(string, 2)),
    finalMessage: needed(string),
    tags: optional(list(string)),
  },
  humanHandOver: {
    enabled: needed(boolean),
    triggerCondition: needed(string),
    examples: optional(list(string)),
    assignToUserId: optional(string),
    skipAssignToUser: optional(boolean),
    createTask: optional(boolean),
    reactivateEnabled: needed(boolean),
    sleepTimeUnit: optional(wakeAfter),
    sleepTime: optional(number(0)),
    finalMessage: needed(string),
    tags: optional(list(string)),
    handoverType: needed(oneOf('contactRequest', 'lackOfInformation', 'failedToResolveIssue', 'custom')),
  },
  advancedFollowup: {
    enabled: needed(boolean),
    scenarioId: needed(oneOf('contactStoppedReplying', 'contactIsBusy', 'contactRequested')),
    followupSequence: needed(
      listOfObjects({
        id: needed(number()),
        followupTimeUnit: needed(wakeAfter),
        followupTime: needed(number(0)),
        aiEnabledMessage: optional(boolean),
        triggerWorkflow: optional(boolean),
        customMessage: optional(string),
        workflowId: optional(string),
        contactRequested: optional(boolean),
      }),
    ),
    followupSettings: optional(object(followupShape)),
  },
  transferBot: {
    transferBotType: needed(oneOf('Default', 'Custom')),
    transferToBot: needed(string),
    enabled: needed(boolean),
    transferBotTriggerCondition: optional(string),
    transferBotExamples: optional(list(string)),
  },
  customApi: { apiConfig: needed(any) },
}

const actionTypes: readonly string[] = Object.keys(details)

export function actionViolations(body: Json, isUpdate: boolean): string[] {
  const envelope = violations(
    { type: needed(oneOf(...actionTypes)), name: needed(length(3, 50)), details: needed(object({})) },
    body,
  )
  const type = String(body['type'])
  const given = body['details']
  if (envelope.length > 0 || !isJson(given)) return envelope
  // An update of an API call may leave its configuration as it is.
  const shape = type === 'customApi' && isUpdate ? { apiConfig: optional(any) } : (details[type] ?? {})
  // The calendar may come in the newer plural form, which no schema has.
  const forgiven = Array.isArray(given['calendarIds']) ? { ...given, calendarId: given['calendarId'] ?? '-' } : given
  return [...violations(shape, forgiven, 'details.'), ...actionDetailViolations(type, given)]
}
