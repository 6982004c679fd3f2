import { type Case, family } from './case.ts'

const row = family('2021-04-15')
const newer = family('v3')

const agents = '/conversation-ai/agents'
const path = { agentId: 'agt 1/2' }
const one = `${agents}/agt%201%2F2`
const both = { ...path, actionId: 'act_7' }

const agent = {
  businessName: 'Harbour Dental',
  mode: 'suggestive',
  channels: ['SMS', 'Live_Chat'],
  isPrimary: true,
  waitTime: 300,
  waitTimeUnit: 'seconds',
  sleepEnabled: false,
  sleepOnManualMessage: true,
  sleepOnWorkflowMessage: false,
  sleepTime: 48,
  sleepTimeUnit: 'hours',
  knowledgeBaseIds: ['kb_2'],
  respondToImages: true,
  respondToAudio: false,
  fullPrompt: '',
} as const
const fields = { ...agent, channels: [...agent.channels], knowledgeBaseIds: [...agent.knowledgeBaseIds] }

export const handOver = {
  type: 'humanHandOver',
  name: 'Front desk',
  details: {
    enabled: true,
    handoverType: 'custom',
    triggerCondition: 'Caller is in pain',
    examples: ['it hurts a lot', 'emergency'],
    assignToUserId: 'usr_9',
    skipAssignToUser: false,
    createTask: true,
    reactivateEnabled: true,
    sleepTimeUnit: 'hours',
    sleepTime: 6,
    finalMessage: 'A colleague will call you.',
    tags: ['urgent'],
  },
} as const
const action = {
  ...handOver,
  details: { ...handOver.details, examples: [...handOver.details.examples], tags: [...handOver.details.tags] },
}

const slot = { startHour: 8, startMinute: 15, endHour: 12, endMinute: 0 }
export const hours = {
  enabled: true,
  channels: ['SMS'],
  timezoneMode: 'business' as const,
  schedule: { mon: { enabled: true, slots: [slot] } },
  continueConversations: { enabled: true, inactivityTimeout: { value: 30, unit: 'minutes' } },
  offHoursAutoReply: {
    enabled: true,
    message: 'We open at 8.',
    sendNotification: true,
    notificationConfig: { emailNotification: { enabled: true, notifyAdmins: true }, contactTags: ['night'] },
  },
  followUp: { enabled: true, message: 'Good morning' },
}
const hoursRequire =
  'body.enabled, body.channels, body.timezoneMode, body.schedule, body.continueConversations, body.offHoursAutoReply, body.followUp'

export const agentCases: Case[] = [
  row(
    'POST /conversation-ai/agents',
    agents,
    {
      body: {
        ...fields,
        name: 'Night desk',
        personality: 'Calm',
        goal: 'Offer a slot',
        instructions: 'Be brief.',
        autoPilotMaxMessages: 100,
      },
    },
    'body.name, body.personality, body.goal, body.instructions',
  ),
  row('GET /conversation-ai/agents/search', `${agents}/search?startAfter=agt_1&limit=50&query=night`, {
    query: { startAfter: 'agt_1', limit: 50, query: 'night' },
  }),
  row('GET /conversation-ai/agents/{agentId}', one, { path }),
  row(
    'PUT /conversation-ai/agents/{agentId}',
    one,
    { path, body: { ...fields, autoPilotMaxMessages: 1, knowledgeBaseTriggers: [{ id: 't', mode: 'all' }] } },
    'body.autoPilotMaxMessages',
  ),
  row('DELETE /conversation-ai/agents/{agentId}', one, { path }),
  row(
    'POST /conversation-ai/agents/{agentId}/actions',
    `${one}/actions`,
    { path, body: action },
    'body.type, body.name, body.details',
  ),
  row('GET /conversation-ai/agents/{agentId}/actions/list', `${one}/actions/list`, { path }),
  newer('GET /conversation-ai/agents/{agentId}/actions', `${one}/actions`, { path }),
  row('GET /conversation-ai/agents/{agentId}/actions/{actionId}', `${one}/actions/act_7`, { path: both }),
  row(
    'PUT /conversation-ai/agents/{agentId}/actions/{actionId}',
    `${one}/actions/act_7`,
    { path: both, body: action },
    'body.type, body.name, body.details',
  ),
  row('DELETE /conversation-ai/agents/{agentId}/actions/{actionId}', `${one}/actions/act_7`, { path: both }),
  row(
    'PATCH /conversation-ai/agents/{agentId}/followup-settings',
    `${one}/followup-settings`,
    {
      path,
      body: {
        actionIds: ['act_12'],
        followupSettings: {
          dynamicChannelSwitching: false,
          followUpHours: true,
          timezoneToUse: 'business',
          workingHours: [{ dayOfTheWeek: 2, intervals: [slot] }],
        },
      },
    },
    'body.actionIds, body.followupSettings.dynamicChannelSwitching',
  ),
  row(
    'GET /conversation-ai/generations',
    '/conversation-ai/generations?messageId=msg_1&source=workflow',
    { query: { messageId: 'msg_1', source: 'workflow' } },
    'query.messageId, query.source',
  ),
  newer('GET /conversation-ai/agents/{agentId}/working-hours', `${one}/working-hours`, { path }),
  newer(
    'POST /conversation-ai/agents/{agentId}/working-hours',
    `${one}/working-hours`,
    { path, body: hours },
    hoursRequire,
  ),
  newer(
    'PUT /conversation-ai/agents/{agentId}/working-hours',
    `${one}/working-hours`,
    { path, body: hours },
    hoursRequire,
  ),
  newer('DELETE /conversation-ai/agents/{agentId}/working-hours', `${one}/working-hours`, { path }),
]
