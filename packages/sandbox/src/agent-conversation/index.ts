import { Hono } from 'hono'
import type { Emulator, EmulatorContext } from '../kit/emulator.ts'
import { vendorClock } from '../kit/sending.ts'
import { agentFileEndpoints } from './agent-conversation-agent-files.ts'
import { agentEndpoints } from './agent-conversation-agents.ts'
import { type AgentConversationWebhooks, endDialogs } from './agent-conversation-announce.ts'
import type { Desk } from './agent-conversation-call.ts'
import { conversationEndpoints } from './agent-conversation-conversations.ts'
import { errorResponse, unknownRoute } from './agent-conversation-errors.ts'
import { idOf, tokenOf } from './agent-conversation-ids.ts'
import { limitEndpoints } from './agent-conversation-limits.ts'
import { messageFileEndpoints } from './agent-conversation-message-files.ts'
import { messageEndpoints } from './agent-conversation-messages.ts'
import { otherEndpoints } from './agent-conversation-others.ts'
import { plantMessage } from './agent-conversation-plant.ts'
import { promptEndpoints } from './agent-conversation-prompts.ts'
import { seedState } from './agent-conversation-seed.ts'
import { createSender, showSender } from './agent-conversation-sender.ts'
import { type AgentConversationSettings, defaultSettings, shapedSettings } from './agent-conversation-settings.ts'
import { startEndpoint } from './agent-conversation-start.ts'
import { statisticEndpoint } from './agent-conversation-statistic.ts'
import { storageEndpoints } from './agent-conversation-storage.ts'
import { userEndpoints } from './agent-conversation-users.ts'
import { webhookEndpoint } from './agent-conversation-webhooks.ts'

export type { AgentConversationWebhooks } from './agent-conversation-announce.ts'
export type { AgentConversationSettings } from './agent-conversation-settings.ts'

/** The generic agent-conversation API as raia serves it: one key per agent, everything below `/external`. */
export function createAgentConversationEmulator(
  context: EmulatorContext,
): Emulator<AgentConversationSettings, AgentConversationWebhooks> {
  const { world, now } = context
  const settings = defaultSettings()
  const app = new Hono()
  const organizationKey = `sandbox-organization-${tokenOf(world.seed, 'organization', 20)}`
  const offset = () => settings.clockOffsetMs
  let state = seedState(world, now, offset)
  const desk: Desk = {
    app,
    organizationKey,
    settings,
    webhooks: createSender(context),
    context: { ...context, now: vendorClock(now, settings) },
    get state() {
      return state
    },
  }

  let requests = 0
  app.use(async (c, next) => {
    state.hidden.release()
    endDialogs(desk)
    await next()
    requests += 1
    c.res.headers.set('x-request-id', `req-${requests}`)
  })
  app.onError((error, c) => errorResponse(c, error, shapedSettings(settings)))
  app.notFound(unknownRoute)

  // The order matters: fixed words such as `states` and `start` must be tried before an id.
  startEndpoint(desk)
  conversationEndpoints(desk)
  messageEndpoints(desk)
  messageFileEndpoints(desk)
  limitEndpoints(desk)
  statisticEndpoint(desk)
  webhookEndpoint(desk)
  userEndpoints(desk)
  agentEndpoints(desk)
  agentFileEndpoints(desk)
  promptEndpoints(desk)
  otherEndpoints(desk)
  storageEndpoints(desk)

  const [first, second, third] = [...state.agents.values()]
  return {
    vendor: 'agent-conversation',
    credentials: {
      apiKey: first?.apiKey ?? '',
      apiKey2: second?.apiKey ?? '',
      apiKey3: third?.apiKey ?? '',
      organizationKey,
      agentId: idOf(world.seed, world.bots[0]?.key ?? ''),
    },
    app,
    settings,
    webhooks: showSender(desk),
    plant: (conversationId, message) => plantMessage(desk, conversationId, message),
    reset() {
      desk.webhooks.reset()
      state = seedState(world, now, offset)
      requests = 0
    },
  }
}
