import type { Context, Hono } from 'hono'
import { uuidFrom } from '../leadconnector-ids.ts'
import { isJson } from '../leadconnector-json.ts'
import type { State } from '../state/leadconnector-state.ts'
import { type ReadBody, readBody } from './leadconnector-body.ts'
import { documentedRefusal, documentedReply } from './leadconnector-documented.ts'
import type { Call, Endpoint } from './leadconnector-endpoint.ts'
import { namesOtherLocation } from './leadconnector-foreign.ts'
import { checkToken, checkVersion } from './leadconnector-gate.ts'
import { spend } from './leadconnector-rate-limit.ts'
import { otherLocation, type Reply } from './leadconnector-reply.ts'

/** Turns a reply into a response. Nearly every JSON body carries a trace id, errors included; none is documented. */
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

/** Published paths that end in a slash work without it too. */
function spellings(path: string): string[] {
  return path.endsWith('/') ? [path, path.slice(0, -1)] : [path]
}

/** The vendor's gate: version, token, scope, budget, location; then the endpoint itself. */
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
