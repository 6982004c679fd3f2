import * as z from 'zod/mini'
import type {
  Agent,
  AgentAction,
  AgentActionPointer,
  AgentMode,
  ApiCallAction,
  BookAppointmentAction,
  FollowUpAction,
  HandOverAction,
  StopAgentAction,
  TimeInterval,
  TransferBotAction,
  TriggerWorkflowAction,
  UnknownAction,
  UpdateContactFieldAction,
  WorkingHours,
} from './agent.ts'
import type { Term } from './entity.ts'
import {
  byKind,
  channelSchema,
  entity,
  filled,
  flag,
  jsonObject,
  list,
  maybe,
  number,
  object,
  oneOf,
  optional,
  refMatches,
  schemaOf,
  term,
  text,
  timestamp,
} from './schema-kit.ts'

export const agentModeSchema: z.ZodMiniType<Term<AgentMode>> = schemaOf<Term<AgentMode>>()(
  term('autopilot', 'suggestive', 'off'),
)

const action = schemaOf<AgentActionPointer>()(
  object({
    id: filled,
    name: optional(text),
    type: term(
      'trigger-workflow',
      'update-contact-field',
      'book-appointment',
      'stop-agent',
      'hand-over',
      'follow-up',
      'transfer-bot',
      'api-call',
    ),
  }),
)

export const agentSchema: z.ZodMiniType<Agent> = schemaOf<Agent>()(
  object({
    ...entity,
    name: z.nullable(text),
    displayName: maybe(text),
    description: maybe(text),
    businessName: maybe(text),
    status: term('active', 'inactive', 'draft', 'archived'),
    mode: optional(agentModeSchema),
    channels: optional(list(channelSchema)),
    isDefault: optional(flag),
    liveChatEnabled: optional(flag),
    instructions: maybe(text),
    personality: maybe(text),
    goal: maybe(text),
    prompt: maybe(text),
    model: maybe(text),
    language: maybe(text),
    avatarUrl: maybe(text),
    knowledgeBaseIds: optional(list(text)),
    actions: optional(list(action)),
    replyDelayMs: optional(number),
    maxMessages: optional(number),
    pause: optional(
      object({ onOperatorMessage: optional(flag), onAutomationMessage: optional(flag), durationMs: maybe(number) }),
    ),
    tags: optional(list(text)),
    attributes: optional(jsonObject),
    createdAt: maybe(timestamp),
    updatedAt: maybe(timestamp),
  }),
).check(refMatches('agent'))

const base = {
  ...entity,
  native: z.nullable(text),
  name: z.nullable(text),
  agentId: text,
  enabled: optional(flag),
  attributes: optional(jsonObject),
}

const example = object({
  id: optional(text),
  text,
  change: optional(term('add', 'update', 'delete')),
})

const interval = schemaOf<TimeInterval>()(object({ from: text, to: text }))
const reactivation = object({ afterMs: z.nullable(number) })
const timezone = term('contact', 'business')

const triggerWorkflow = schemaOf<TriggerWorkflowAction>()(
  object({
    ...base,
    kind: z.literal('trigger-workflow'),
    workflowIds: list(text),
    condition: maybe(text),
    message: maybe(text),
  }),
)

const updateContactField = schemaOf<UpdateContactFieldAction>()(
  object({
    ...base,
    kind: z.literal('update-contact-field'),
    fieldId: z.nullable(text),
    description: maybe(text),
    examples: optional(list(example)),
  }),
)

const bookAppointment = schemaOf<BookAppointmentAction>()(
  object({
    ...base,
    kind: z.literal('book-appointment'),
    calendarId: maybe(text),
    calendars: optional(list(object({ id: text, condition: maybe(text) }))),
    onlySendsLink: optional(flag),
    canReschedule: optional(flag),
    canCancel: optional(flag),
    workflowIds: optional(list(text)),
    pauseMs: maybe(number),
    transferToAgentId: maybe(text),
  }),
)

const stopBot = schemaOf<StopAgentAction>()(
  object({
    ...base,
    kind: z.literal('stop-agent'),
    trigger: optional(term('goodbye', 'custom')),
    condition: maybe(text),
    examples: optional(list(text)),
    finalMessage: maybe(text),
    reactivation: optional(reactivation),
    tags: optional(list(text)),
  }),
)

const handOver = schemaOf<HandOverAction>()(
  object({
    ...base,
    kind: z.literal('hand-over'),
    trigger: optional(term('contact-request', 'lack-of-information', 'unresolved', 'custom')),
    condition: maybe(text),
    examples: optional(list(text)),
    finalMessage: maybe(text),
    reactivation: optional(reactivation),
    tags: optional(list(text)),
    assigneeId: maybe(text),
    assigns: optional(flag),
    createsTask: optional(flag),
  }),
)

const followUp = schemaOf<FollowUpAction>()(
  object({
    ...base,
    kind: z.literal('follow-up'),
    scenario: optional(term('stopped-replying', 'busy', 'requested')),
    steps: list(
      object({
        id: number,
        afterMs: number,
        message: maybe(text),
        workflowId: maybe(text),
        attributes: optional(jsonObject),
      }),
    ),
    settings: optional(
      object({
        switchesChannel: flag,
        withinHours: optional(flag),
        timezone: optional(timezone),
        hours: optional(list(object({ day: number, intervals: list(interval) }))),
      }),
    ),
  }),
)

const transferBot = schemaOf<TransferBotAction>()(
  object({
    ...base,
    kind: z.literal('transfer-bot'),
    trigger: optional(term('default', 'custom')),
    toAgentId: z.nullable(text),
    condition: maybe(text),
    examples: optional(list(text)),
  }),
)

const apiCall = schemaOf<ApiCallAction>()(object({ ...base, kind: z.literal('api-call') }))

const unknown = schemaOf<UnknownAction>()(object({ ...base, kind: z.literal('unknown') }))

export const agentActionSchema: z.ZodMiniType<AgentAction> = byKind<AgentAction>({
  'trigger-workflow': triggerWorkflow,
  'update-contact-field': updateContactField,
  'book-appointment': bookAppointment,
  'stop-agent': stopBot,
  'hand-over': handOver,
  'follow-up': followUp,
  'transfer-bot': transferBot,
  'api-call': apiCall,
  unknown,
}).check(refMatches('action'))

export const workingHoursSchema: z.ZodMiniType<WorkingHours> = schemaOf<WorkingHours>()(
  object({
    agentId: text,
    enabled: flag,
    channels: list(channelSchema),
    timezone,
    schedule: list(object({ day: oneOf('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), intervals: list(interval) })),
    continuesForMs: maybe(number),
    autoReply: maybe(text),
    followUp: maybe(text),
    attributes: optional(jsonObject),
    raw: z.exactOptional(z.unknown()),
  }),
)
