import * as z from 'zod/mini'
import type { Event } from './event.ts'
import { filled, maybe, object, oneOf, optional, refOf, schemaOf, text, timestamp, vendor } from './schema-kit.ts'

export const eventSchema: z.ZodMiniType<Event> = schemaOf<Event>()(
  object({
    kind: oneOf(
      'message.created',
      'message.updated',
      'conversation.created',
      'conversation.updated',
      'conversation.merged',
      'conversation.ended',
      'contact.created',
      'contact.updated',
      'contact.deleted',
      'account.connected',
      'account.disconnected',
      'unknown',
    ),
    vendor,
    account: filled,
    dedupeKey: filled,
    native: z.nullable(text),
    occurredAt: maybe(timestamp),
    conversation: optional(refOf('conversation')),
    message: optional(refOf('message')),
    contact: optional(refOf('contact')),
    raw: z.exactOptional(z.unknown()),
  }),
)
