import { isIP } from 'node:net'
import { type AgentCall, agentRoute, type Desk } from './agent-conversation-call.ts'
import { fieldsOf } from './agent-conversation-fields.ts'
import type { StoredConversation, StoredMessage, StoredWebhook } from './agent-conversation-state.ts'
import { iso } from './agent-conversation-time.ts'

const triggers = [
  'each_message',
  'end_dialog',
  'start_dialog',
  'chat_currently_unavailable',
  'auto_archive_conversation',
  'manual',
] as const

/** Only creating is possible: nothing lists, changes or removes a webhook. */
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

/**
 * Delivers to receivers on this machine, and to nobody else. The vendor publishes no body; this is the flat one that
 * its own integration reads. Nothing is signed or retried, and nobody waits for it.
 */
export function announce(
  { state, agent, settings }: AgentCall,
  trigger: (typeof triggers)[number],
  conversation: StoredConversation,
  message: StoredMessage | null,
): void {
  if (settings.webhookTargets !== 'any') return
  for (const { url, triggerCondition, headers, agentId } of state.webhooks) {
    if (agentId !== agent.id || triggerCondition !== trigger || !isLoopback(url)) continue
    const body = {
      conversationId: conversation.id,
      messageId: message?.id ?? null,
      userId: conversation.userId,
      message: message?.text ?? null,
      timestamp: iso(message?.createdAt ?? conversation.updatedAt),
    }
    void fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      redirect: 'error',
    }).catch(() => undefined)
  }
}

const isLoopback = (url: string): boolean =>
  URL.canParse(url) && ['127.0.0.1', 'localhost'].includes(new URL(url).hostname)

/** Stricter than needed: an address that is a number is refused whatever network it belongs to. */
function isPublic(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  const isNumber = isIP(hostname.replace(/[[\]]/g, '')) !== 0
  return protocol === 'https:' && !isNumber && hostname.includes('.') && !/\.(local|internal|localhost)$/.test(hostname)
}
