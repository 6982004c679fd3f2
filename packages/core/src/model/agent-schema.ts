import * as z from 'zod/mini'
import type { Agent, AgentActionPointer, AgentMode } from './agent.ts'
import {
  entity,
  filled,
  flag,
  jsonObject,
  list,
  maybe,
  number,
  object,
  optional,
  refMatches,
  schemaOf,
  term,
  text,
  timestamp,
} from './schema-kit.ts'
import type { Term } from './term.ts'
import { channelSchema } from './term-schema.ts'

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
      'stop-bot',
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
