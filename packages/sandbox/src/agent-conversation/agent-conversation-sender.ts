import type { EmulatorContext } from '../kit/emulator.ts'
import { createWebhookSender, type WebhookSender } from '../kit/webhooks/webhook-sender.ts'
import { type AgentConversationWebhooks, announce, endDialogs } from './agent-conversation-announce.ts'
import type { Desk } from './agent-conversation-call.ts'

/** No retry is documented, nor any signature: a forged delivery has the right headers with wrong values. */
export const createSender = ({ world, after }: EmulatorContext): WebhookSender =>
  createWebhookSender({
    seed: world.seed,
    clock: { after },
    name: 'agent-conversation',
    attempts: 1,
    sign: () => ({}),
    forge: ({ headers = {} }) => Object.fromEntries(Object.keys(headers).map((name) => [name, 'wrong'])),
  })

/** What a test or a demonstration sees of the sending end. */
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
