import type { Context, Hono } from 'hono'
import { documentedRefusal, documentedReply } from './documented.ts'
import {
  type Call,
  type Endpoint,
  type Family,
  notFound,
  otherLocation,
  type ReadBody,
  type Reply,
  readBody,
  serverError,
  unauthorized,
} from './http.ts'
import { isJson, type Json, textOf, uuidFrom } from './records.ts'
import type { Budget, LocationState, State, TokenRecord } from './state.ts'

/**
 * Turns a reply into a response. Nearly every JSON body has a trace id, also in errors. The documents do not mention
 * it.
 */
export function respond(state: State, reply: Reply, headers: Readonly<Record<string, string>> = {}): Response {
  const all = { ...headers, ...reply.headers }
  const isDocumented = state.settings.shapes === 'documented'
  const { body, status } = isDocumented ? documentedRefusal(reply) : reply
  if (typeof body === 'string' || body instanceof Uint8Array) return new Response(body, { status, headers: all })
  state.answered += 1
  const json = isJson(body) && !isDocumented ? { ...body, traceId: uuidFrom(`trace:${state.answered}`) } : body
  return Response.json(json, { status, headers: all })
}

export function mount(app: Hono, endpoints: readonly Endpoint[], currentState: () => State): void {
  for (const endpoint of endpoints) {
    app.on(endpoint.method, spellings(endpoint.path), async (c) => {
      const state = currentState()
      const { reply, headers } = await pass(endpoint, c, state)
      return respond(state, reply, headers)
    })
  }
}

/** Published paths that end in a slash also work without it. */
function spellings(path: string): string[] {
  return path.endsWith('/') ? [path, path.slice(0, -1)] : [path]
}

/** The vendor's checks in order: version, token, scope, rate limit, location. Then the endpoint runs. */
async function pass(
  endpoint: Endpoint,
  c: Context,
  state: State,
): Promise<{ reply: Reply; headers: Record<string, string> }> {
  const version = c.req.header('version')
  const wrongVersion = checkVersion(endpoint, version, state)
  if (wrongVersion) return { reply: wrongVersion, headers: {} }
  const known = checkToken(endpoint, c.req.header('authorization'), state)
  if ('refusal' in known) return { reply: known.refusal, headers: {} }
  const { headers, refusal } = spend(state, known.token, state.context.now())
  if (refusal) return { reply: refusal, headers }
  const sent = await readBody(c)
  if ('refusal' in sent) return { reply: sent.refusal, headers }
  const observed = await answer(endpoint, callOf(c, state, known.token, version ?? '', sent))
  const reply = state.settings.shapes === 'documented' ? documentedReply(endpoint, observed) : observed
  const silent = endpoint.tenant !== 'company' && endpoint.isSend && !state.settings.rateLimitHeadersOnSends
  return { reply, headers: silent ? {} : headers }
}

function answer(endpoint: Endpoint, call: Call): Reply | Promise<Reply> {
  if (endpoint.tenant === 'company') return endpoint.handle(call)
  const location = call.state.locations.get(call.token.locationId ?? '')
  if (!location) return otherLocation()
  const sources = endpoint.ignoresLocationId ? [call.params] : [call.params, call.query, call.body]
  if (namesOtherLocation(call.state, location, sources)) return otherLocation()
  return endpoint.handle({ ...call, location })
}

function callOf(c: Context, state: State, token: Call['token'], version: string, sent: ReadBody): Call {
  return {
    state,
    token,
    now: state.context.now(),
    origin: new URL(c.req.url).origin,
    version,
    params: c.req.param(),
    query: c.req.query(),
    all: (name) => c.req.queries(name) ?? [],
    ...sent,
  }
}

/** All versions that the platform accepts. It does not check that a version fits the endpoint's family. */
const knownVersions = ['v3', '2023-02-21', '2021-07-28', '2021-04-15']

/** The versions that each family's page lists, and the versions that were seen to work. */
const versionsOf: Readonly<Record<Family, readonly string[]>> = {
  'conversation-ai': ['2021-04-15', '2021-07-28', 'v3'],
  conversations: ['2021-04-15', '2021-07-28', 'v3'],
  'knowledge-bases': ['2021-04-15', 'v3'],
  contacts: ['2021-07-28', 'v3'],
  users: ['2021-07-28', 'v3'],
  oauth: ['2021-07-28', 'v3'],
  files: knownVersions,
}

function checkVersion(endpoint: Endpoint, version: string | undefined, state: State): Reply | null {
  if (!version) return unauthorized('version header was not found.')
  const accepted = state.settings.strictVersions ? versionsOf[endpoint.family] : knownVersions
  if (!accepted.includes(version)) return unauthorized('version header is invalid.')
  const edition = version === 'v3' ? 'v3' : 'date'
  if (endpoint.only && endpoint.only !== edition) return notFound(`Cannot ${endpoint.method} ${endpoint.path}`)
  return null
}

function checkToken(
  endpoint: Endpoint,
  authorization: string | undefined,
  state: State,
): { token: TokenRecord } | { refusal: Reply } {
  const token = state.tokens.get(/^bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? '')
  const expired = token !== undefined && token.expiresAt <= state.context.now()
  if (!token || expired) {
    // This route returns a server error for an invalid token.
    if (endpoint.path === '/conversations/messages/inbound') return { refusal: serverError('Internal server error') }
    return { refusal: unauthorized(expired ? 'Invalid token: access token is invalid' : 'Invalid JWT') }
  }
  if ((endpoint.tenant ?? 'location') !== token.tenant) {
    const refusal = token.tenant === 'company' ? otherLocation() : missingScope()
    return { refusal }
  }
  if (endpoint.scope !== null && !token.scopes.has(endpoint.scope)) return { refusal: missingScope() }
  return { token }
}

const missingScope = (): Reply => unauthorized('The token is not authorized for this scope.')

type Kind = 'agents' | 'conversations' | 'messages' | 'contacts' | 'emails'

const kindOf: Readonly<Record<string, Kind>> = {
  agentId: 'agents',
  conversationId: 'conversations',
  messageId: 'messages',
  contactId: 'contacts',
  emailMessageId: 'emails',
}

/** Whether a request names another location, or an object of another location. */
function namesOtherLocation(
  state: State,
  own: LocationState,
  sources: readonly (Json | Readonly<Record<string, string>>)[],
): boolean {
  for (const source of sources) {
    const locationId = textOf(source['locationId'])
    if (locationId !== null && locationId !== own.id) return true
    for (const [name, kind] of Object.entries(kindOf)) {
      const id = textOf(source[name])
      if (id !== null && !own[kind].has(id) && livesElsewhere(state, kind, id)) return true
    }
  }
  return false
}

function livesElsewhere(state: State, kind: Kind, id: string): boolean {
  return [...state.locations.values()].some((location) => location[kind].has(id))
}

const dayMs = 86_400_000

/** Counts a request against the application's limit in a location. A refused request does not count. */
function spend(
  state: State,
  token: TokenRecord,
  now: number,
): { headers: Record<string, string>; refusal: Reply | null } {
  const { settings } = state
  if (!settings.rateLimit) return { headers: {}, refusal: null }
  const budget = budgetOf(state, token, now)
  const spent = budget.inWindow >= settings.rateLimitBurst
  const dailySpent = budget.inDay >= settings.rateLimitDaily
  if (spent || dailySpent) {
    const waitMs = dailySpent ? (budget.day + 1) * dayMs - now : budget.windowStart + settings.rateLimitIntervalMs - now
    return { headers: headersOf(state, budget, now), refusal: tooMany(state, now, waitMs) }
  }
  budget.inWindow += 1
  budget.inDay += 1
  return { headers: headersOf(state, budget, now), refusal: null }
}

function budgetOf(state: State, token: TokenRecord, now: number): Budget {
  const key = `${token.application}:${token.locationId ?? state.companyId}`
  const day = Math.floor(now / dayMs)
  const budget = state.budgets.get(key) ?? { windowStart: now, inWindow: 0, day, inDay: 0 }
  state.budgets.set(key, budget)
  if (now - budget.windowStart >= state.settings.rateLimitIntervalMs) {
    budget.windowStart = now
    budget.inWindow = 0
  }
  if (day !== budget.day) {
    budget.day = day
    budget.inDay = 0
  }
  return budget
}

function headersOf(state: State, budget: Budget, now: number): Record<string, string> {
  const { rateLimitBurst, rateLimitDaily, rateLimitIntervalMs } = state.settings
  return {
    'X-RateLimit-Limit-Daily': String(rateLimitDaily),
    'X-RateLimit-Daily-Remaining': String(Math.max(0, rateLimitDaily - budget.inDay)),
    'X-RateLimit-Daily-Reset': String((budget.day + 1) * dayMs - now),
    'X-RateLimit-Interval-Milliseconds': String(rateLimitIntervalMs),
    'X-RateLimit-Max': String(rateLimitBurst),
    'X-RateLimit-Remaining': String(Math.max(0, rateLimitBurst - budget.inWindow)),
  }
}

function tooMany(state: State, now: number, waitMs: number): Reply {
  const body = { statusCode: 429, message: 'Too Many Requests' }
  if (state.settings.rateLimitRetryAfter === 'none') return { status: 429, body }
  const seconds = Math.ceil(waitMs / 1000)
  const date = new Date(Math.ceil((now + waitMs) / 1000) * 1000).toUTCString()
  const retryAfter = state.settings.rateLimitRetryAfter === 'date' ? date : String(seconds)
  return { status: 429, body, headers: { 'Retry-After': retryAfter } }
}
