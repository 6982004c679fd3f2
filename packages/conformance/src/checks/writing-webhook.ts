import { type CreateWebhookInput, can, parseRef } from '@parley/core'
import { parseModel } from '@parley/core/schema'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'

const input: CreateWebhookInput = {
  title: 'Conformance',
  description: 'Made by a test.',
  url: 'https://hooks.example.com/conformance',
  trigger: 'conversation.ended',
  headers: { 'x-conformance': 'planted-webhook-secret' },
}

export const webhooksAreMade: Check = {
  group: 'writing',
  name: 'a webhook is made as it was asked for, and its secret is not in what comes back',
  needs: ['webhooks.create'],
  async run({ adapter }) {
    if (!can(adapter, 'webhooks.create')) return
    const made = await adapter.webhooks.create(input)
    parseModel('webhook', made)
    ensure(parseRef(made.ref).id === made.id, `The ref ${made.ref} stands on "${made.id}".`)
    ensure(made.url === input.url && made.title === input.title, 'It has another address or title.')
    ensure(made.trigger.value === input.trigger, `It is called for "${made.trigger.value}".`)
    const { raw: _, ...plain } = made
    ensure(!JSON.stringify(plain).includes('planted-webhook-secret'), 'It holds the secret of its headers.')
  },
}
