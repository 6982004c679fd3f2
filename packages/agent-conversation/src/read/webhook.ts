import { compact, type Entity, type Payload, type PayloadReader, type Webhook } from '@parley/core'
import { mapTrigger } from '../vocabulary.ts'
import type { AgentConversationWebhookPayload } from '../wire.ts'

/** @param raw without its headers; see `withoutSecrets`. */
export function readWebhook(
  raw: Payload,
  reading: PayloadReader,
  url: string,
): Webhook<AgentConversationWebhookPayload> {
  return {
    ...(reading.entity('webhook', reading.id(raw), raw) as Webhook<AgentConversationWebhookPayload>),
    ...compact<Omit<Webhook, keyof Entity>>({
      title: reading.text(raw, 'title') ?? null,
      description: reading.text(raw, 'description'),
      url: reading.text(raw, 'url') || url,
      trigger: reading.term(raw, 'triggerCondition', mapTrigger) ?? { value: 'unknown', native: null },
      isActive: readIsActive(raw, reading),
      agentId: reading.text(raw, 'agentId'),
      createdAt: reading.time(raw, 'createdAt'),
      updatedAt: reading.time(raw, 'updatedAt'),
    }),
  }
}

/** Two statuses are documented. Any other status leaves the field missing. */
function readIsActive(raw: Payload, reading: PayloadReader): boolean | undefined {
  const status = reading.text(raw, 'status')
  if (!status) return undefined
  if (status === 'active' || status === 'inactive') return status === 'active'
  reading.warn('unknown-term', `${reading.vendor} sent a value for status that this version of Parley does not know.`, {
    path: reading.at('status'),
    raw: status,
  })
  return undefined
}
