import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { HTTPException } from 'hono/http-exception'
import { type CreateEmulator, vendorClock } from '../kit/emulator.ts'
import { characters, createRandom } from '../kit/random.ts'
import type { Webhooks } from '../kit/webhooks.ts'
import { assistantRoutes } from './assistants.ts'
import { type Desk, route } from './call.ts'
import { runRoutes } from './runs.ts'
import { seedState } from './seed.ts'
import { defaultSettings, type LangGraphSettings } from './settings.ts'
import { graphName } from './state.ts'
import { storeRoutes } from './store.ts'
import { plantMessage, threadRoutes } from './threads.ts'
import { createSender } from './webhooks.ts'

type LangGraphAccount = { readonly baseUrl: string; readonly apiKey: string; readonly assistantId: string }

/**
 * A LangGraph server with one graph, from the code of the JavaScript server and the answers of a running one
 * (`@langchain/langgraph-api` 1.5.1): assistants, threads, runs and the store.
 */
export const createLangGraphEmulator: CreateEmulator<LangGraphSettings, Webhooks, LangGraphAccount> = (context) => {
  const app = new Hono()
  const settings = defaultSettings()
  const offset = () => settings.clockOffsetMs
  let state = seedState(context, offset)
  const apiKey = `lsv2_sandbox_${characters(createRandom(context.world.seed, 'langgraph/key'), 24)}`
  const desk: Desk = {
    app,
    apiKey,
    settings,
    webhooks: createSender(context),
    context: { ...context, now: vendorClock(context.now, settings) },
    get state() {
      return state
    },
  }

  app.use(cors({ origin: '*', exposeHeaders: ['content-location', 'x-pagination-total'] }))
  app.use((_, next) => {
    state.hidden.release()
    return next()
  })
  app.get('/info', (c) => c.json(info))
  route(desk, 'GET', '/ok', (call) => call.c.json({ ok: true }))
  assistantRoutes(desk)
  runRoutes(desk)
  threadRoutes(desk)
  storeRoutes(desk)
  app.onError((error, c) =>
    error instanceof HTTPException ? error.getResponse() : c.text('Internal Server Error', 500),
  )

  const credentials = { apiKey, assistantId: graphName }
  return {
    vendor: 'langgraph',
    credentials,
    accountOptions: (url) => ({ baseUrl: url, ...credentials }),
    app,
    settings,
    webhooks: desk.webhooks,
    plant: (conversationId, message) => plantMessage(desk, conversationId, message),
    reset() {
      desk.webhooks.reset()
      state = seedState(context, offset)
    },
  }
}

const info = {
  version: '1.5.1',
  langgraph_js_version: '1.7.3',
  context: 'js',
  flags: { assistants: true, crons: false, langsmith: false, langsmith_tracing_replicas: true },
}
