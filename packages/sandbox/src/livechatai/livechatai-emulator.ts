import { Hono } from 'hono'
import type { CreateEmulator } from '../kit/emulator.ts'
import { vendorClock } from '../kit/sending.ts'
import { agentRoutes } from './livechatai-agents.ts'
import { analyticsRoutes } from './livechatai-analytics.ts'
import { contactRoutes } from './livechatai-contacts.ts'
import { conversationRoutes } from './livechatai-conversations.ts'
import { dataSourceRoutes } from './livechatai-data-sources.ts'
import { unknownRoute } from './livechatai-endpoint.ts'
import { errorEnvelope } from './livechatai-errors.ts'
import { cuid } from './livechatai-ids.ts'
import { plantMessage } from './livechatai-plant.ts'
import { seedState } from './livechatai-seed.ts'
import { defaultSettings, type LiveChatAISettings } from './livechatai-settings.ts'
import { suggestionRoutes } from './livechatai-suggestions.ts'
import { teamRoutes } from './livechatai-team.ts'
import { viewRoutes } from './livechatai-views.ts'

/**
 * An independent stand-in for the LiveChatAI API v2, written from its public reference: thirty endpoints below
 * `/api/v2`, with their uneven envelopes. What the reference leaves open is a setting.
 */
export const createLiveChatAIEmulator: CreateEmulator<LiveChatAISettings, undefined> = (context) => {
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
  // Literal segments before the conversation's id.
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
  // Not the owner, so that a client that forgets to name the teammate is found out.
  const user = [...state.teammates.values()].find(({ id }) => id !== state.ownerId)
  return {
    vendor: 'livechatai',
    credentials: { apiKey, agentId: agent?.id ?? '', userId: user?.id ?? state.ownerId },
    app,
    settings,
    webhooks: undefined,
    plant: (conversationId, message) => plantMessage(state, conversationId, message),
    reset() {
      state = seedState(context, offset)
    },
  }
}
