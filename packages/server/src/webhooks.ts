import type { Hono } from 'hono'
import { nothingThere } from './access.ts'
import type { ServerOptions } from './options.ts'
import type { Env } from './problems.ts'

const webhookPath = '/webhooks/'

/**
 * The addresses that vendors call. Nobody signs in there: the receiver verifies each delivery, and reads no more than its own
 * limit. A delivery is acknowledged when its hint is stored; the sync then reads the truth from the vendor.
 */
export function addWebhooks(app: Hono<Env>, { webhooks = {}, sync, publicUrl: _ }: ServerOptions): void {
  const receivers = new Map(Object.entries(webhooks))
  app.all(`${webhookPath}:account`, async (c) => {
    c.set('route', `${webhookPath}{account}`)
    const receiver = receivers.get(c.req.param('account'))
    if (!receiver) throw nothingThere()
    const { status, refusal } = await receiver.receive(c.req.raw, async (events) => {
      for (const event of events) await sync.receive(event)
    })
    c.header('cache-control', 'no-store')
    // The message is made for logs: it has nothing of the delivery.
    return c.json(refusal ? { reason: refusal.reason, message: refusal.message } : {}, status as 200)
  })
}
