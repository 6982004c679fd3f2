import { Hono } from 'hono'
import type { Emulator, EmulatorContext } from '../kit/emulator.ts'
import { mount, respond } from './http/leadconnector-mount.ts'
import { notFound, serverError } from './http/leadconnector-reply.ts'
import { endpoints } from './leadconnector-endpoints.ts'
import { defaultSettings, type LeadConnectorSettings } from './leadconnector-settings.ts'
import { serveFiles } from './messages/leadconnector-files.ts'
import { seedState } from './seed/leadconnector-seed.ts'
import { seedNames } from './seed/leadconnector-seed-credentials.ts'
import { serveToken } from './side/leadconnector-oauth-token.ts'

export type { LeadConnectorSettings } from './leadconnector-settings.ts'

/** The Conversation AI and Conversations APIs of LeadConnector (HighLevel), as live integrations meet them. */
export function createLeadConnectorEmulator(context: EmulatorContext): Emulator<LeadConnectorSettings> {
  const settings = defaultSettings()
  const names = seedNames(context.world)
  let state = seedState(context, settings, names)
  const current = () => state
  const app = new Hono()
  serveToken(app, current)
  serveFiles(app, current)
  mount(app, endpoints, current)
  app.notFound((c) => respond(state, notFound(`Cannot ${c.req.method} ${c.req.path}`)))
  app.onError(() => respond(state, serverError('Internal server error')))
  return {
    vendor: 'leadconnector',
    credentials: { ...names },
    app,
    settings,
    reset() {
      state = seedState(context, settings, names)
    },
  }
}
