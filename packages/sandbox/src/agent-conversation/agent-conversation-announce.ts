import type { Webhooks } from '../kit/webhooks/webhook-sender.ts'
import type { AgentCall, Desk } from './agent-conversation-call.ts'
import type { StoredConversation, StoredMessage } from './agent-conversation-state.ts'
import { iso } from './agent-conversation-time.ts'
import type { triggers } from './agent-conversation-webhooks.ts'

type Trigger = (typeof triggers)[number]
type Place = Pick<AgentCall, 'state' | 'settings' | 'webhooks'>

/** The sending end of the agents' webhooks. Nothing is signed, and a delivery that fails is not tried again. */
export interface AgentConversationWebhooks extends Webhooks {
  /** Presses the button in a chat that webhooks with the trigger `manual` are for. */
  trigger(conversationId: string): void
}

/** Tells the webhooks of the conversation's agent that are for this. */
export function announce(
  { state, settings, webhooks }: Place,
  trigger: Trigger,
  conversation: StoredConversation,
  message: StoredMessage | null,
): void {
  for (const { url, triggerCondition, headers, agentId } of state.webhooks) {
    if (agentId !== conversation.agentId || triggerCondition !== trigger) continue
    webhooks.send({ event: trigger, url, headers, body: showDelivery(settings.webhookBody, conversation, message) })
  }
}

function showDelivery(
  shape: 'flat' | 'nested' | 'thread' | 'bare',
  { id, aiConversationId, userId, updatedAt }: StoredConversation,
  message: StoredMessage | null,
): Readonly<Record<string, unknown>> {
  const timestamp = iso(message?.createdAt ?? updatedAt)
  const text = message?.text ?? null
  switch (shape) {
    case 'flat':
      return { conversationId: id, messageId: message?.id ?? null, userId, message: text, timestamp }
    case 'nested':
      return { conversation: { id }, message: message && { id: message.id, text }, user: { id: userId }, timestamp }
    case 'thread':
      return { thread_id: aiConversationId, user_id: userId, message: text, timestamp }
    case 'bare':
      return { message: text, timestamp }
  }
}

/** Somebody writes: a dialog begins, or goes on. */
export function keepDialog(place: Place & Pick<AgentCall, 'context'>, conversation: StoredConversation): void {
  const { dialogs } = place.state
  // What was seeded is over, unless it is written in again.
  if (!dialogs.has(conversation.id)) announce(place, 'start_dialog', conversation, null)
  dialogs.set(conversation.id, place.context.now())
}

/** Ends the dialogs in which nobody wrote for a while, and archives what was left lying for long. */
export function endDialogs(desk: Desk): void {
  const { state, settings, context } = desk
  const now = context.now()
  for (const [id, at] of state.dialogs) {
    const conversation = state.conversations.get(id)
    if (conversation && now - at < settings.dialogIdleMs) continue
    state.dialogs.delete(id)
    if (conversation) announce(desk, 'end_dialog', conversation, conversation.messages.at(-1) ?? null)
  }
  if (settings.archiveIdleMs === null) return
  for (const conversation of state.conversations.values()) {
    if (conversation.status !== 'active' || now - conversation.updatedAt < settings.archiveIdleMs) continue
    conversation.status = 'archived'
    announce(desk, 'auto_archive_conversation', conversation, conversation.messages.at(-1) ?? null)
  }
}
