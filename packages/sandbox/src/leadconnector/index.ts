import { Hono } from 'hono'
import type { Emulator, EmulatorContext } from '../kit/emulator.ts'
import { agentSearchEndpoints } from './agents/leadconnector-agent-search.ts'
import { agentEndpoints } from './agents/leadconnector-agents.ts'
import { generationEndpoints } from './agents/leadconnector-generations.ts'
import { conversationSearchEndpoints } from './conversations/leadconnector-conversation-search.ts'
import { conversationEndpoints } from './conversations/leadconnector-conversations.ts'
import type { Endpoint } from './http/leadconnector-endpoint.ts'
import { mount, respond } from './http/leadconnector-mount.ts'
import { notFound, serverError } from './http/leadconnector-reply.ts'
import { defaultSettings, type LeadConnectorSettings } from './leadconnector-settings.ts'
import { emailEndpoints } from './messages/leadconnector-email.ts'
import { inboundEndpoints } from './messages/leadconnector-inbound.ts'
import { messageEndpoints } from './messages/leadconnector-messages.ts'
import { sendEndpoints } from './messages/leadconnector-send.ts'
import { seedState } from './seed/leadconnector-seed.ts'
import { seedNames } from './seed/leadconnector-seed-credentials.ts'
import { contactEndpoints } from './side/leadconnector-contacts.ts'

export type { LeadConnectorSettings } from './leadconnector-settings.ts'

/** Fixed words stand before ids: the vendor itself reads `/conversations/messages` as a conversation called that. */
const endpoints: readonly Endpoint[] = [
  ...agentSearchEndpoints,
  ...generationEndpoints,
  ...agentEndpoints,
  ...conversationSearchEndpoints,
  ...inboundEndpoints,
  ...sendEndpoints,
  ...emailEndpoints,
  ...messageEndpoints,
  ...conversationEndpoints,
  ...contactEndpoints,
]

/** The Conversation AI and Conversations APIs of LeadConnector (HighLevel), as live integrations meet them. */
export function createLeadConnectorEmulator(context: EmulatorContext): Emulator<LeadConnectorSettings> {
  const settings = defaultSettings()
  const names = seedNames(context.world)
  let state = seedState(context, settings, names)
  const app = new Hono()
  mount(app, endpoints, () => state)
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
