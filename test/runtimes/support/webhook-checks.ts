import { agentConversationWebhook } from '@parley/agent-conversation/webhook'
import { leadConnectorWebhook } from '@parley/leadconnector/webhook'

/** Runs inside of the other runtime; what it gives is compared outside of it. */

const delivery = (body: string, headers: Record<string, string>): Request =>
  new Request('https://hooks.test/in', { method: 'POST', body, headers })

/** Receives what was signed outside, with that runtime's own cryptography. */
export async function signed(publicKey: string, body: string, signature: string): Promise<unknown> {
  const webhook = leadConnectorWebhook({
    account: 'clinic',
    locationId: 'loc_1',
    publicKeys: [publicKey],
    tolerance: false,
  })
  const { status, events, refusal } = await webhook.receive(delivery(body, { 'x-ghl-signature': signature }))
  return { status, vendors: events.map(({ vendor, account }) => `${vendor}:${account}`), reason: refusal?.reason }
}

/** Receives what only a secret header proves. */
export async function secret(given: string): Promise<unknown> {
  const webhook = agentConversationWebhook({ account: 'hotline', secret: 'secret-1' })
  const headers: Record<string, string> = given === '' ? {} : { 'x-parley-secret': given }
  const { status, events, refusal } = await webhook.receive(delivery('{"conversationId":"c-1"}', headers))
  return { status, events: events.length, reason: refusal?.reason }
}
