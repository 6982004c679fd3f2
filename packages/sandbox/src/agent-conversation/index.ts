import { Hono } from 'hono'
import { type Emulator, type EmulatorContext, vendorClock } from '../kit/emulator.ts'
import { agentEndpoints, limitEndpoints, statisticEndpoint } from './agents.ts'
import type { Desk } from './call.ts'
import { conversationEndpoints, startEndpoint } from './conversations.ts'
import { errorResponse, unknownRoute } from './errors.ts'
import { agentFileEndpoints, messageFileEndpoints, storageEndpoints } from './files.ts'
import { messageEndpoints, plantMessage, promptEndpoints } from './messages.ts'
import { seedState } from './seed.ts'
import { type AgentConversationSettings, defaultSettings, shapedSettings } from './settings.ts'
import { idOf, tokenOf } from './state.ts'
import { otherEndpoints, userEndpoints } from './users.ts'
import { type AgentConversationWebhooks, createSender, endDialogs, showSender, webhookEndpoint } from './webhooks.ts'

export type { AgentConversationSettings } from './settings.ts'
export type { AgentConversationWebhooks } from './webhooks.ts'

type AgentConversationAccount = { readonly baseUrl: string; readonly apiKey: string }

/** The generic agent-conversation API as raia serves it: one key per agent, all paths below `/external`. */
export function createAgentConversationEmulator(
  context: EmulatorContext,
): Emulator<AgentConversationSettings, AgentConversationWebhooks, AgentConversationAccount> {
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

  // Fixed segments such as `states` and `start` are registered before ids, because the first match wins.
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
    accountOptions: (url) => ({ baseUrl: `${url}/external`, apiKey: first?.apiKey ?? '' }),
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
