import { intervalShape } from './actions.ts'
import { noAgent } from './agents.ts'
import {
  any,
  badRequest,
  boolean,
  conflict,
  created,
  invalid,
  type LocationCall,
  type LocationEndpoint,
  list,
  listOfObjects,
  needed,
  number,
  object,
  ok,
  oneOf,
  optional,
  type Reply,
  type Shape,
  string,
  violations,
} from './http.ts'
import { type AgentRecord, iso, type Json } from './records.ts'

const route = { family: 'conversation-ai', only: 'v3', path: '/conversation-ai/agents/:agentId/working-hours' } as const
const read = { ...route, scope: 'conversation-ai.readonly' } as const
const write = { ...route, scope: 'conversation-ai.write' } as const

export const workingHoursEndpoints: readonly LocationEndpoint[] = [
  { ...read, method: 'GET', handle: (call) => withAgent(call, getHours) },
  { ...write, method: 'POST', handle: (call) => withAgent(call, createHours) },
  { ...write, method: 'PUT', handle: (call) => withAgent(call, replaceHours) },
  { ...write, method: 'DELETE', handle: (call) => withAgent(call, deleteHours) },
]

const day = optional(object({ enabled: needed(boolean), slots: needed(listOfObjects(intervalShape)) }))

const shape: Shape = {
  enabled: needed(boolean),
  channels: needed(list(oneOf('SMS', 'Email', 'WhatsApp', 'IG', 'FB', 'WebChat', 'Live_Chat', 'TIKTOK'))),
  timezoneMode: needed(oneOf('contact', 'business')),
  schedule: needed(object({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day })),
  continueConversations: needed(
    object({
      enabled: needed(boolean),
      inactivityTimeout: optional(object({ value: needed(number(0)), unit: needed(string) })),
    }),
  ),
  offHoursAutoReply: needed(
    object({
      enabled: needed(boolean),
      message: optional(string),
      sendNotification: optional(boolean),
      notificationConfig: optional(any),
    }),
  ),
  followUp: needed(object({ enabled: needed(boolean), message: optional(string) })),
}

function withAgent(call: LocationCall, handle: (call: LocationCall, agent: AgentRecord) => Reply): Reply {
  const agent = call.location.agents.get(call.params['agentId'] ?? '')
  return agent ? handle(call, agent) : noAgent(call.params['agentId'])
}

const none = (agent: AgentRecord): Reply => badRequest(`Working hours not found for the agent: ${agent.id}`)

function getHours(_call: LocationCall, agent: AgentRecord): Reply {
  return agent.workingHours ? ok({ data: agent.workingHours, success: true }) : none(agent)
}

function createHours(call: LocationCall, agent: AgentRecord): Reply {
  if (agent.workingHours) return conflict(`Working hours already exist for the agent: ${agent.id}`)
  const broken = hoursViolations(call.body)
  if (broken.length > 0) return invalid(broken)
  return created({ data: store(call, agent), success: true })
}

function replaceHours(call: LocationCall, agent: AgentRecord): Reply {
  if (!agent.workingHours) return none(agent)
  const broken = hoursViolations(call.body)
  return broken.length > 0 ? invalid(broken) : ok({ data: store(call, agent), success: true })
}

function deleteHours(_call: LocationCall, agent: AgentRecord): Reply {
  const deleted = agent.workingHours !== null
  agent.workingHours = null
  return ok({ data: { deleted, employeeId: agent.id }, success: true })
}

function hoursViolations(body: Json): string[] {
  const broken = violations(shape, body)
  const empty = Array.isArray(body['channels']) && body['channels'].length === 0
  return body['enabled'] === true && empty ? [...broken, 'channels should not be empty'] : broken
}

function store({ body, now }: LocationCall, agent: AgentRecord): Json {
  const { enabled, channels, timezoneMode, schedule, continueConversations, offHoursAutoReply, followUp } = body
  const createdAt = agent.workingHours?.['createdAt'] ?? iso(now)
  agent.workingHours = {
    ...{ enabled, channels, timezoneMode, schedule, continueConversations, offHoursAutoReply, followUp },
    employeeId: agent.id,
    createdAt,
    updatedAt: iso(now),
  }
  return agent.workingHours
}
