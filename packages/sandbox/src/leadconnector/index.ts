import { Hono } from 'hono'
import { type Emulator, type EmulatorContext, vendorClock } from '../kit/emulator.ts'
import { endpoints } from './endpoints.ts'
import { serveFiles } from './files.ts'
import { notFound, serverError } from './http.ts'
import { plantMessage } from './inbound.ts'
import { mount, respond } from './mount.ts'
import { serveToken } from './oauth.ts'
import { seedCompany } from './seed.ts'
import { appIdOf, seedNames } from './seed-credentials.ts'
import { defaultSettings, type LeadConnectorSettings } from './settings.ts'
import { createLeadConnectorWebhooks, type LeadConnectorWebhooks } from './webhooks.ts'

export type { LeadConnectorSettings } from './settings.ts'
export type { LeadConnectorWebhooks } from './webhooks.ts'

type LeadConnectorAccount = { readonly baseUrl: string; readonly token: string; readonly locationId: string }

/**
 * The Conversation AI and Conversations APIs of LeadConnector (HighLevel), with the behavior that live integrations
 * report.
 */
export function createLeadConnectorEmulator(
  injected: EmulatorContext,
): Emulator<LeadConnectorSettings, LeadConnectorWebhooks, LeadConnectorAccount> {
  const settings = defaultSettings()
  const context = { ...injected, now: vendorClock(injected.now, settings) }
  const names = seedNames(context.world)
  const sending = createLeadConnectorWebhooks(context, settings, appIdOf(names))
  const seeded = seedCompany(context, settings, names, sending.announce)
  let state = seeded()
  const current = () => state
  const app = new Hono()
  app.use((_, next) => {
    sending.release()
    return next()
  })
  serveToken(app, current)
  serveFiles(app, current)
  mount(app, endpoints, current)
  app.notFound((c) => respond(state, notFound(`Cannot ${c.req.method} ${c.req.path}`)))
  app.onError(() => respond(state, serverError('Internal server error')))
  return {
    vendor: 'leadconnector',
    credentials: { ...names },
    accountOptions: (baseUrl) => ({ baseUrl, token: names.token, locationId: names.locationId }),
    app,
    settings,
    webhooks: sending.webhooks,
    plant: (conversationId, message) => plantMessage(state, conversationId, message),
    reset() {
      sending.reset()
      state = seeded()
    },
  }
}
