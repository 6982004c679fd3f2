import * as z from 'zod/mini'
import { entity, flag, maybe, object, optional, refMatches, schemaOf, term, text, timestamp } from './schema-kit.ts'
import type { Webhook } from './webhook.ts'

export const webhookSchema: z.ZodMiniType<Webhook> = schemaOf<Webhook>()(
  object({
    ...entity,
    title: z.nullable(text),
    description: maybe(text),
    url: text,
    trigger: term(
      'message.created',
      'conversation.created',
      'conversation.ended',
      'conversation.archived',
      'chat.unavailable',
      'manual',
    ),
    isActive: optional(flag),
    agentId: maybe(text),
    createdAt: maybe(timestamp),
    updatedAt: maybe(timestamp),
  }),
).check(refMatches('webhook'))
