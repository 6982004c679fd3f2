import { isIP } from 'node:net'
import type { EmulatorContext } from '../kit/emulator.ts'
import { createWebhookSender, isLoopback, type WebhookSender, type Webhooks } from '../kit/webhooks.ts'
import { type AgentCall, agentRoute, type Desk } from './call.ts'
import { fieldsOf } from './errors.ts'
import { iso, type StoredConversation, type StoredMessage, type StoredWebhook } from './state.ts'

/** The triggers. Each webhook has one. */
const triggers = [
  'each_message',
  'end_dialog',
  'start_dialog',
  'chat_currently_unavailable',
  'auto_archive_conversation',
  'manual',
] as const

/** Webhooks can only be created. There is no call to list, change or delete them. */
export function webhookEndpoint(desk: Desk): void {
  agentRoute(desk, 'POST', '/agents/webhooks', async (call) => {
    const fields = fieldsOf(await call.body())
    const values = {
      title: fields.text('title', { required: true }) ?? '',
      description: fields.text('description', { required: true }) ?? '',
      url: fields.text('url', { required: true }) ?? '',
      triggerCondition: fields.choice('triggerCondition', triggers, { required: true }) ?? 'manual',
      headers: (fields.object('headers') ?? {}) as Readonly<Record<string, string>>,
    }
    const accepted = isPublic(values.url) || (call.settings.webhookTargets === 'any' && isLoopback(values.url))
    if (values.url && !accepted) fields.refuse('url must be a public HTTPS address')
    fields.check()
    const { id: agentId } = call.agent
    const webhook: StoredWebhook = { id: call.state.newId(), agentId, ...values, createdAt: call.state.tick() }
    call.state.webhooks.push(webhook)
    const createdAt = iso(webhook.createdAt)
    return call.c.json({ ...webhook, status: 'active', createdAt, updatedAt: createdAt }, 201)
  })
}

/** Stricter than necessary: every IP address is refused, whatever its network. */
function isPublic(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  const isNumber = isIP(hostname.replace(/[[\]]/g, '')) !== 0
  return protocol === 'https:' && !isNumber && hostname.includes('.') && !/\.(local|internal|localhost)$/.test(hostname)
}

type Trigger = (typeof triggers)[number]
type Place = Pick<AgentCall, 'state' | 'settings' | 'webhooks'>

/** The sender of the agents' webhooks. Deliveries are unsigned, and a failed delivery is not retried. */
export interface AgentConversationWebhooks extends Webhooks {
  /** Presses the button in a chat that fires webhooks with the trigger `manual`. */
  trigger(conversationId: string): void
}

/** Sends the event to the webhooks of the conversation's agent that have this trigger. */
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

/** Starts or continues a dialog when somebody writes. */
export function keepDialog(place: Place & Pick<AgentCall, 'context'>, conversation: StoredConversation): void {
  const { dialogs } = place.state
  // A seeded dialog has ended, so a new message starts a new dialog.
  if (!dialogs.has(conversation.id)) announce(place, 'start_dialog', conversation, null)
  dialogs.set(conversation.id, place.context.now())
}

/** Ends idle dialogs, and archives conversations that have been idle for long. */
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

/** Neither a retry nor a signature is documented. A forged delivery has the right headers with wrong values. */
export const createSender = ({ world, after }: EmulatorContext): WebhookSender =>
  createWebhookSender({
    seed: world.seed,
    clock: { after },
    name: 'agent-conversation',
    attempts: 1,
    sign: () => ({}),
    forge: ({ headers = {} }) => Object.fromEntries(Object.keys(headers).map((name) => [name, 'wrong'])),
  })

/** The part of the sender that tests and demonstrations can see. */
export function showSender(desk: Desk): AgentConversationWebhooks {
  const { settled } = desk.webhooks
  return Object.assign(desk.webhooks, {
    settled() {
      endDialogs(desk)
      return settled()
    },
    trigger(conversationId: string) {
      const conversation = desk.state.conversations.get(conversationId)
      if (!conversation) throw new RangeError('No such conversation')
      announce(desk, 'manual', conversation, conversation.messages.at(-1) ?? null)
    },
  })
}
