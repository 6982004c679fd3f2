import type { NativeEndpoint, NativeEndpoints } from '@parley/core'
import { checkAction, checkNewAction } from './leadconnector-native-check-action.ts'
import { checkWorkingHours } from './leadconnector-native-check-working-hours.ts'
import { readAgents, v3Only, writeAgents } from './leadconnector-native-scopes.ts'
import type { LeadConnectorActionEndpoints } from './leadconnector-native-types-actions.ts'

const action = {
  scope: writeAgents,
  required: { body: ['type', 'name', 'details'] },
  limits: { name: { minLength: 3, maxLength: 50 } },
  notes: [
    'The details must hold what their type requires.',
    '`stopBotExamples`, and `transferBotExamples` of the type `Custom`: at least 2.',
    '`followupTime`: at most 60 minutes, 24 hours or 180 days.',
    'With `onlySendLink` all other switches of a booking must be `false`.',
  ],
} satisfies Partial<NativeEndpoint>

const hours = {
  scope: writeAgents,
  required: {
    body: ['enabled', 'channels', 'timezoneMode', 'schedule', 'continueConversations', 'offHoursAutoReply', 'followUp'],
  },
  check: checkWorkingHours,
  headers: v3Only,
  notes: ['`channels` must not be empty when `enabled`.'],
} satisfies Partial<NativeEndpoint>

export const actionEndpoints: NativeEndpoints<LeadConnectorActionEndpoints> = {
  'POST /conversation-ai/agents/{agentId}/actions': {
    ...action,
    summary: 'Attaches an action to an agent',
    check: checkNewAction,
    notes: [...action.notes, '`details.apiConfig` is required for the type `customApi`.'],
  },
  'GET /conversation-ai/agents/{agentId}/actions/list': {
    summary: 'Lists the actions of an agent, all at once',
    scope: readAgents,
    notes: ['The newest reference calls it deprecated.'],
  },
  'GET /conversation-ai/agents/{agentId}/actions': {
    summary: 'Lists the actions of an agent, all at once',
    scope: readAgents,
    headers: v3Only,
  },
  'GET /conversation-ai/agents/{agentId}/actions/{actionId}': { summary: 'Reads one action', scope: readAgents },
  'PUT /conversation-ai/agents/{agentId}/actions/{actionId}': {
    ...action,
    summary: 'Replaces an action; of an API call, the keys of its configuration that are given',
    check: checkAction,
  },
  'DELETE /conversation-ai/agents/{agentId}/actions/{actionId}': { summary: 'Removes an action', scope: writeAgents },
  'PATCH /conversation-ai/agents/{agentId}/followup-settings': {
    summary: 'Sets the settings of follow-up actions',
    scope: writeAgents,
    required: { body: ['actionIds', 'followupSettings', 'followupSettings.dynamicChannelSwitching'] },
    idempotent: true,
  },
  'GET /conversation-ai/agents/{agentId}/working-hours': {
    summary: 'Reads when an agent works',
    scope: readAgents,
    headers: v3Only,
  },
  'POST /conversation-ai/agents/{agentId}/working-hours': {
    ...hours,
    summary: 'Sets when an agent works, where nothing is set; a conflict where something is',
  },
  'PUT /conversation-ai/agents/{agentId}/working-hours': {
    ...hours,
    summary: 'Replaces when an agent works',
    notes: [...hours.notes, 'The vendor names no method for it; this is the likely one.'],
  },
  'DELETE /conversation-ai/agents/{agentId}/working-hours': {
    summary: 'Lets an agent work at any time',
    scope: writeAgents,
    headers: v3Only,
  },
}
