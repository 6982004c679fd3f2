import { agentConversationWebhook } from '@parley/agent-conversation/webhook'
import { leadConnectorWebhook } from '@parley/leadconnector/webhook'

/** Runs inside the other runtime. The results are compared outside. */

const delivery = (body: string, headers: Record<string, string>): Request =>
  new Request('https://hooks.test/in', { method: 'POST', body, headers })

/** Receives a webhook that was signed outside, with the runtime's own cryptography. */
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

/** Receives a webhook that only a secret header proves. */
export async function secret(given: string): Promise<unknown> {
  const webhook = agentConversationWebhook({ account: 'hotline', secret: 'secret-1' })
  const headers: Record<string, string> = given === '' ? {} : { 'x-parley-secret': given }
  const { status, events, refusal } = await webhook.receive(delivery('{"conversationId":"c-1"}', headers))
  return { status, events: events.length, reason: refusal?.reason }
}
