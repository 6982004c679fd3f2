import {
  type Call,
  type CreateWebhookInput,
  checkInput,
  checkText,
  checkWord,
  compact,
  DecodeError,
  invalid,
  isRecord,
  vendorOptions,
  type Webhook,
  type WebhookOperations,
  type WebhookTrigger,
} from '@parley/core'
import { type Context, optionalObject } from './protocol.ts'
import { withoutSecrets } from './read/agent.ts'
import { readWebhook } from './read/webhook.ts'
import { triggerWords } from './vocabulary.ts'
import type { AgentConversationWebhookPayload } from './wire.ts'

/** `create` needs a `description`. Nothing is signed: put a secret into `headers`, and check it when it comes. */
export type AgentConversationWebhooks = WebhookOperations<Webhook<AgentConversationWebhookPayload>>

export const createWebhooks = (context: Context): AgentConversationWebhooks => ({
  create: async (input, options) => createWebhook(context.begin('webhooks.create', options), input),
})

const triggers = Object.keys(triggerWords) as WebhookTrigger[]

/** "Webhooks". Nothing lists, changes or removes one. */
async function createWebhook(call: Call, given: CreateWebhookInput): Promise<Webhook<AgentConversationWebhookPayload>> {
  const input = checkInput(call, given)
  vendorOptions(call, input.vendor, {})
  const trigger = checkWord(call, input.trigger, 'trigger', triggers)
  if (!trigger) throw invalid(call, 'trigger', `must be one of ${triggers.join(', ')}`)
  const url = checkText(call, input.url, 'url')
  await call.checkAddress(url, 'url')
  const headers = optionalObject(call, input.headers, 'headers')
  for (const [name, value] of Object.entries(headers ?? {}))
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || typeof value !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      throw invalid(call, 'headers', 'must be an object of valid HTTP header names and values')
  const body = compact<Record<string, unknown>>({
    title: checkText(call, input.title, 'title'),
    description: checkText(call, input.description, 'description'),
    url,
    triggerCondition: triggerWords[trigger],
    headers,
  })
  return call.read({ method: 'POST', path: '/agents/webhooks', body }, (answer, reading) => {
    const raw = withoutSecrets(answer)
    if (!isRecord(raw)) throw new DecodeError('')
    return readWebhook(raw, reading, url)
  })
}
