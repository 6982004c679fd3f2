import type { TermMap, WebhookTrigger } from '@parley/core'
import { words } from '@parley/core/read'

/** The vendor's word for each trigger. */
export const agentConversationTriggers: Readonly<Record<WebhookTrigger, string>> = {
  'message.created': 'each_message',
  'conversation.created': 'start_dialog',
  'conversation.ended': 'end_dialog',
  'conversation.archived': 'auto_archive_conversation',
  'chat.unavailable': 'chat_currently_unavailable',
  manual: 'manual',
}

/** Its console says `onMessageEnd` and `onThreadEnd` for the two oldest. */
export const mapAgentConversationTrigger: TermMap<WebhookTrigger> = words({
  each_message: 'message.created',
  onMessageEnd: 'message.created',
  start_dialog: 'conversation.created',
  end_dialog: 'conversation.ended',
  onThreadEnd: 'conversation.ended',
  auto_archive_conversation: 'conversation.archived',
  chat_currently_unavailable: 'chat.unavailable',
  manual: 'manual',
})

export const isTrigger = (value: unknown): value is WebhookTrigger =>
  typeof value === 'string' && Object.hasOwn(agentConversationTriggers, value)
