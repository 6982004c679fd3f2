import type { AgentActionType } from '@parley/core'
import {
  followUpScenarios,
  handOverTriggers,
  stopTriggers,
  transferTriggers,
} from '../map/map-leadconnector-action-words.ts'
import { type ActionField, flagField, idField, textField, textsField, wordField } from './leadconnector-action-field.ts'
import {
  assignsField,
  bookingPauseField,
  bookingTransferField,
  calendarsField,
  examplesField,
  reactivationField,
  switchedWorkflowsField,
} from './leadconnector-action-parts.ts'
import { settingsField, stepsField } from './leadconnector-follow-up-parts.ts'

const required = true
const off = { otherwise: false }
const enabled = flagField('enabled', 'enabled', { otherwise: true })

/** "Attach Action": the vendor's word for each kind. */
export const actionTypes: Readonly<Record<AgentActionType, string>> = {
  'trigger-workflow': 'triggerWorkflow',
  'update-contact-field': 'updateContactField',
  'book-appointment': 'appointmentBooking',
  'stop-bot': 'stopBot',
  'hand-over': 'humanHandOver',
  'follow-up': 'advancedFollowup',
  'transfer-bot': 'transferBot',
  'api-call': 'customApi',
}

/** What the `details` of each kind hold. What an API call does is the vendor's own object, and stays as it is. */
export const actionFields: Readonly<Record<AgentActionType, readonly ActionField[]>> = {
  'trigger-workflow': [
    textsField('workflowIds', 'workflowIds', { required, atLeast: 1, always: true }),
    textField('condition', 'triggerCondition', { required }),
    textField('message', 'triggerMessage'),
  ],
  'update-contact-field': [
    idField('fieldId', 'contactFieldId'),
    textField('description', 'description', { required }),
    examplesField,
  ],
  'book-appointment': [
    textField('calendarId', 'calendarId'),
    calendarsField,
    flagField('onlySendsLink', 'onlySendLink', off),
    flagField('canReschedule', 'rescheduleEnabled', off),
    flagField('canCancel', 'cancelEnabled', off),
    switchedWorkflowsField,
    bookingPauseField,
    bookingTransferField,
  ],
  'stop-bot': [
    enabled,
    wordField('trigger', 'stopBotDetectionType', stopTriggers.map, stopTriggers.wire),
    textField('condition', 'stopBotTriggerCondition', { required }),
    textsField('examples', 'stopBotExamples', { required, atLeast: 2 }),
    textField('finalMessage', 'finalMessage', { required }),
    reactivationField,
    textsField('tags', 'tags'),
  ],
  'hand-over': [
    enabled,
    wordField('trigger', 'handoverType', handOverTriggers.map, handOverTriggers.wire),
    textField('condition', 'triggerCondition', { required }),
    textsField('examples', 'examples'),
    textField('finalMessage', 'finalMessage', { required }),
    reactivationField,
    textsField('tags', 'tags'),
    textField('assigneeId', 'assignToUserId'),
    assignsField,
    flagField('createsTask', 'createTask'),
  ],
  'follow-up': [
    enabled,
    wordField('scenario', 'scenarioId', followUpScenarios.map, followUpScenarios.wire),
    stepsField,
    settingsField,
  ],
  'transfer-bot': [
    enabled,
    wordField('trigger', 'transferBotType', transferTriggers.map, transferTriggers.wire),
    idField('toAgentId', 'transferToBot'),
    textField('condition', 'transferBotTriggerCondition'),
    textsField('examples', 'transferBotExamples'),
  ],
  'api-call': [],
}
