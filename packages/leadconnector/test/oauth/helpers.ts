import { memoryStore, type RequestTrace, type StateStore, type Warning } from '@parley/core'
import {
  type LeadConnectorOAuth,
  type LeadConnectorOAuthOptions,
  leadConnectorOAuth,
} from '@parley/leadconnector/oauth'
import { type TestClock, testClock } from '@parley/sandbox'
import nock from 'nock'

export const baseUrl = 'https://services.leadconnectorhq.com'
export const clientId = 'app1-client1'
const start = Date.parse('2026-01-02T10:00:00.000Z')

/** Planted in every secret of these tests; nothing that is shown may hold it. */
export const secretOf = (name: string): string => `planted-${name}`

/** Time that moves by itself. */
export const movingClock = (from = start): TestClock => testClock(from, { automatic: true })

/** A store that writes down what happens to it, in order, with what else is told. */
export function recordingStore(log: string[], store: StateStore = memoryStore()): StateStore {
  const short = (key: string) => decodeURIComponent(key.split('/').slice(2).join(' '))
  return {
    get: (key) => store.get(key),
    async set(key, value) {
      await store.set(key, value)
      log.push(`stored ${short(key)} ${(JSON.parse(value) as { accessToken: string }).accessToken}`)
    },
    delete: (key) => store.delete(key),
    lock: (key, work) => store.lock(key, work),
  }
}

export interface TestApp extends LeadConnectorOAuth {
  clock: TestClock
  store: StateStore
  warnings: Warning[]
  traces: RequestTrace[]
}

export function testApp(options: Partial<LeadConnectorOAuthOptions> = {}): TestApp {
  const warnings: Warning[] = []
  const traces: RequestTrace[] = []
  const clock = (options.clock as TestClock | undefined) ?? movingClock()
  const store = options.store ?? memoryStore()
  const oauth = leadConnectorOAuth({
    clientId,
    clientSecret: secretOf('client-secret'),
    redirectUri: 'https://app.example/callback',
    random: () => 0,
    onWarning: (warning) => warnings.push(warning),
    onRequest: (trace) => traces.push(trace),
    ...options,
    store,
    clock,
  })
  return { ...oauth, clock, store, warnings, traces }
}

/** The vendor's answer with a pair of tokens, in the older dialect. */
export const pair = (name: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  access_token: secretOf(`access-${name}`),
  token_type: 'Bearer',
  expires_in: 86_399,
  refresh_token: secretOf(`refresh-${name}`),
  refreshTokenId: secretOf(`refresh-${name}`).slice(-8),
  scope: 'conversations.readonly contacts.readonly',
  userType: 'Location',
  companyId: 'com_1',
  locationId: 'loc_1',
  userId: 'usr_1',
  traceId: 'trace-1',
  ...more,
})

export const companyPair = (name: string, more: Record<string, unknown> = {}): Record<string, unknown> => {
  const { locationId: _, ...rest } = pair(name, { userType: 'Company', approvedLocations: ['loc_1', 'loc_2'] })
  return { ...rest, ...more }
}

const form = { 'content-type': /^application\/x-www-form-urlencoded/ }

/** `POST /oauth/token` with exactly these fields beside those of the app. */
export const tokenCall = (fields: Record<string, string>): nock.Interceptor =>
  nock(baseUrl, { reqheaders: { ...form, 'user-agent': 'Parley' }, badheaders: ['authorization', 'version'] }).post(
    '/oauth/token',
    { client_id: clientId, client_secret: secretOf('client-secret'), ...fields },
  )

export const refreshCall = (name: string): nock.Interceptor =>
  tokenCall({ grant_type: 'refresh_token', refresh_token: secretOf(`refresh-${name}`) })

/** `POST /oauth/locationToken` with the company's token. */
export const mintCall = (name: string, locationId = 'loc_1'): nock.Interceptor =>
  nock(baseUrl, {
    reqheaders: { ...form, authorization: `Bearer ${secretOf(`access-${name}`)}`, version: '2021-07-28' },
  }).post('/oauth/locationToken', { companyId: 'com_1', locationId })

/** Stores a pair as an exchange does. */
export async function install(app: TestApp, name: string, answer: Record<string, unknown> = pair(name)) {
  tokenCall({
    grant_type: 'authorization_code',
    code: secretOf('code'),
    redirect_uri: 'https://app.example/callback',
  }).reply(200, answer)
  return app.exchange(secretOf('code'))
}
