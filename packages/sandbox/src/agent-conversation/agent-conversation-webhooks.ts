import { isIP } from 'node:net'
import { isLoopback } from '../kit/webhooks/post-webhook.ts'
import { agentRoute, type Desk } from './agent-conversation-call.ts'
import { fieldsOf } from './agent-conversation-fields.ts'
import type { StoredWebhook } from './agent-conversation-state.ts'
import { iso } from './agent-conversation-time.ts'

/** What makes a webhook fire; one each. */
export const triggers = [
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

/** Stricter than needed: an address that is a number is refused whatever network it belongs to. */
function isPublic(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  const isNumber = isIP(hostname.replace(/[[\]]/g, '')) !== 0
  return protocol === 'https:' && !isNumber && hostname.includes('.') && !/\.(local|internal|localhost)$/.test(hostname)
}
