import { Hono } from 'hono'
import { type CreateEmulator, vendorClock } from '../kit/emulator.ts'
import { agentRoutes } from './agents.ts'
import { analyticsRoutes } from './analytics.ts'
import { contactRoutes } from './contacts.ts'
import { conversationRoutes, viewRoutes } from './conversations.ts'
import { dataSourceRoutes } from './data-sources.ts'
import { unknownRoute } from './endpoint.ts'
import { errorEnvelope } from './errors.ts'
import { seedState } from './seed.ts'
import { plantMessage, teamRoutes } from './send.ts'
import { defaultSettings, type LiveChatAISettings } from './settings.ts'
import { cuid } from './state.ts'
import { suggestionRoutes } from './suggestions.ts'

export type { LiveChatAISettings } from './settings.ts'

type LiveChatAIAccount = {
  readonly baseUrl: string
  readonly apiKey: string
  readonly agentId: string
  /** A teammate who is not the owner. */
  readonly operatorId: string
}

/**
 * An independent emulator of the LiveChatAI API v2, written from its public reference: thirty endpoints below
 * `/api/v2`, with their different envelopes. What the reference does not say is a setting.
 */
export const createLiveChatAIEmulator: CreateEmulator<LiveChatAISettings, undefined, LiveChatAIAccount> = (context) => {
  const app = new Hono()
  const settings = defaultSettings()
  const offset = () => settings.clockOffsetMs
  let state = seedState(context, offset)
  const apiKey = `lcai_sandbox_${cuid(`key:${context.world.seed}`)}`
  const desk = {
    app,
    apiKey,
    settings,
    context: { ...context, now: vendorClock(context.now, settings) },
    get state() {
      return state
    },
  }

  app.use((_, next) => {
    state.hidden.release()
    return next()
  })
  agentRoutes(desk)
  // Fixed segments are registered before the conversation's id.
  viewRoutes(desk)
  conversationRoutes(desk)
  teamRoutes(desk)
  contactRoutes(desk)
  dataSourceRoutes(desk)
  suggestionRoutes(desk)
  analyticsRoutes(desk)
  app.notFound(unknownRoute)
  app.onError((_, c) => c.json(errorEnvelope(500, 'Something went wrong on our end'), 500))

  const [agent] = state.agents.values()
  // Not the owner, so that a client that omits the teammate is detected.
  const user = [...state.teammates.values()].find(({ id }) => id !== state.ownerId)
  const credentials = { apiKey, agentId: agent?.id ?? '', operatorId: user?.id ?? state.ownerId }
  return {
    vendor: 'livechatai',
    credentials,
    accountOptions: (url) => ({ baseUrl: `${url}/api/v2`, ...credentials }),
    app,
    settings,
    webhooks: undefined,
    plant: (conversationId, message) => plantMessage(state, conversationId, message),
    reset() {
      state = seedState(context, offset)
    },
  }
}
