import type { Context, Hono } from 'hono'
import { announceInstall } from './announce.ts'
import {
  badRequest,
  type Call,
  type CompanyEndpoint,
  invalid,
  needed,
  number,
  ok,
  optional,
  type Reply,
  readBody,
  readQuery,
  string,
  unauthorized,
  violations,
} from './http.ts'
import { respond } from './mount.ts'
import { iso, type Json, numberOf, textOf } from './records.ts'
import { accessTokenLifeMs, jwt } from './seed-credentials.ts'
import { companyScopes, locationScopes } from './settings.ts'
import { type Grant, newId, type RefreshRecord, type State } from './state.ts'

/** A client that sends one refresh token twice within this time gets the same pair of tokens twice. */
const graceMs = 30_000

/** Needs no token and, in the older dialect, no version. Accepts a form or JSON in both dialects. */
export function serveToken(app: Hono, currentState: () => State): void {
  app.post('/oauth/token', async (c) => respond(currentState(), await exchange(c, currentState())))
}

async function exchange(c: Context, state: State): Promise<Reply> {
  const camel = c.req.header('version') === 'v3'
  const sent = await readBody(c)
  if ('refusal' in sent) return sent.refusal
  const read = (snake: string) => textOf(sent.body[camel ? camelCase(snake) : snake])
  for (const name of ['client_id', 'client_secret', 'grant_type']) {
    if (read(name) === null) return badRequest(`Missing parameter: ${camel ? camelCase(name) : name}`)
  }
  const { oauth } = state
  if (read('client_id') !== oauth.clientId || read('client_secret') !== oauth.clientSecret) {
    return unauthorized('Invalid client: client is invalid')
  }
  const given = grantOf(state, read)
  return 'refusal' in given ? given.refusal : { status: 200, body: showTokens(state, given, camel) as Json }
}

const camelCase = (snake: string) => snake.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

type Given = Grant & { readonly accessToken: string; readonly refreshToken: string }

function grantOf(state: State, read: (name: string) => string | null): Given | { refusal: Reply } {
  switch (read('grant_type')) {
    case 'authorization_code':
      return redeem(state, read('code'))
    case 'refresh_token':
      return refresh(state, read('refresh_token'))
    case 'client_credentials':
      return issue(state, { tenant: 'company', locationId: null })
    default:
      return { refusal: badRequest('Invalid parameter: grant_type') }
  }
}

const issue = (state: State, grant: Grant): Given => ({ ...grant, ...grantTokens(state, grant) })

/** Redeems a code, which works once. */
function redeem(state: State, code: string | null): Given | { refusal: Reply } {
  if (code === null) return { refusal: badRequest('Missing parameter: code') }
  const grant = state.oauth.codes.get(code)
  if (!grant) return { refusal: badRequest('Invalid grant: authorization code is invalid') }
  state.oauth.codes.delete(code)
  announceInstall(state, grant)
  return issue(state, grant)
}

function refresh(state: State, token: string | null): Given | { refusal: Reply } {
  if (token === null) return { refusal: badRequest('Missing parameter: refresh_token') }
  const record = state.oauth.refreshTokens.get(token)
  const now = state.context.now()
  if (!record || (record.usedAt !== null && now - record.usedAt > graceMs)) {
    return { refusal: badRequest('Invalid grant: refresh token is invalid') }
  }
  // A suspended location keeps its refresh token and can use it when it is active again.
  if (state.settings.locationSuspended) return { refusal: badRequest('Location is not active') }
  return { tenant: record.tenant, locationId: record.locationId, ...rotate(state, record, now) }
}

function rotate(state: State, record: RefreshRecord, now: number) {
  record.usedAt ??= now
  record.successor ??= grantTokens(state, record)
  return record.successor
}

const token = { tenant: 'company', family: 'oauth', scope: 'oauth.write', method: 'POST' } as const
const listed = { tenant: 'company', family: 'oauth', scope: 'oauth.readonly', method: 'GET' } as const

export const oauthEndpoints: readonly CompanyEndpoint[] = [
  { ...token, path: '/oauth/locationToken', only: 'date', handle: (call) => locationToken(call, false) },
  { ...token, path: '/oauth/location-token', only: 'v3', handle: (call) => locationToken(call, true) },
  { ...listed, path: '/oauth/installedLocations', only: 'date', handle: installedLocations },
  { ...listed, path: '/oauth/installed-locations', only: 'v3', handle: installedLocationsV3 },
]

function locationToken({ body, state }: Call, camel: boolean): Reply {
  const broken = violations({ companyId: needed(string), locationId: needed(string) }, body)
  if (broken.length > 0) return invalid(broken)
  const locationId = String(body['locationId'])
  if (body['companyId'] !== state.companyId || !state.locations.has(locationId)) {
    return badRequest(`Location with id ${locationId} not found`)
  }
  const grant = { tenant: 'location', locationId } as const
  const shown = showTokens(state, { ...grant, ...grantTokens(state, grant) }, camel)
  return ok({ ...shown, appId: state.oauth.appId, versionId: state.oauth.appId })
}

/** The locations of the company that installed the application: all of them. */
function found({ query, state }: Call): Json[] {
  const wanted = textOf(query['query'])?.toLowerCase() ?? ''
  const id = textOf(query['locationId'])
  const installedAt = iso(Math.min(state.context.world.now, ...state.context.world.bots.map((bot) => bot.createdAt)))
  return [...state.locations.values()]
    .filter((location) => location.name.toLowerCase().includes(wanted) && (id === null || location.id === id))
    .filter(() => query['isInstalled'] !== 'false')
    .map((location) => ({
      _id: location.id,
      name: location.name,
      address: '1 Canal Street',
      isInstalled: true,
      versionId: state.oauth.appId,
      installedAt,
    }))
}

function installedLocations(call: Call): Reply {
  const query = readQuery(call.query, ['skip', 'limit'])
  const shape = {
    companyId: needed(string),
    appId: needed(string),
    skip: optional(number(0)),
    limit: optional(number(1)),
  }
  const broken = violations(shape, query)
  if (broken.length > 0) return invalid(broken)
  if (query['companyId'] !== call.state.companyId) return badRequest('Company not found')
  const all = found(call)
  const skip = numberOf(query['skip']) ?? 0
  const locations = all.slice(skip, skip + (numberOf(query['limit']) ?? 20))
  return ok({ locations, count: all.length, installToFutureLocations: false })
}

/** Errors of the newer listing have their own form. */
const refuse = (status: number, code: string, message: string): Reply => ({
  status,
  body: { error: { code, message } },
})

function installedLocationsV3(call: Call): Reply {
  const query = readQuery(call.query, ['pageSize'])
  const shape = { companyId: needed(string), appId: needed(string), pageSize: optional(number(1, 100)) }
  const broken = violations(shape, query)
  if (broken.length > 0) return refuse(400, 'INVALID_REQUEST', broken.join('; '))
  if (query['companyId'] !== call.state.companyId) return refuse(404, 'NOT_FOUND', 'Company not found')
  const start = Number(textOf(query['pageToken'])?.replace('page-', '') ?? 0)
  if (Number.isNaN(start)) return refuse(400, 'INVALID_PAGE_TOKEN', 'pageToken is invalid')
  const all = found(call)
  const size = numberOf(query['pageSize']) ?? 20
  const items = all.slice(start, start + size)
  const hasNextPage = start + size < all.length
  const pagination = {
    hasNextPage,
    hasPrevPage: start > 0,
    currentPageSize: items.length,
    ...(hasNextPage && { nextPageToken: `page-${start + size}` }),
    ...(start > 0 && { prevPageToken: `page-${Math.max(0, start - size)}` }),
    totalRecords: all.length,
  }
  const metadata = { filterApplied: {}, sortApplied: {} }
  return ok({ items, pagination, metadata, installToFutureLocations: false })
}

interface Pair {
  readonly accessToken: string
  readonly refreshToken: string
}

/** Issues a new pair and registers both tokens. */
function grantTokens(state: State, { tenant, locationId }: Grant): Pair {
  const accessToken = jwt(newId(state, 'access', 40))
  const refreshToken = jwt(newId(state, 'refresh', 40))
  state.tokens.set(accessToken, {
    application: state.oauth.clientId,
    tenant,
    locationId,
    scopes: new Set(tenant === 'company' ? companyScopes : locationScopes),
    expiresAt: state.context.now() + accessTokenLifeMs,
    providers: [state.conversationProviderId],
  })
  state.oauth.refreshTokens.set(refreshToken, { tenant, locationId, usedAt: null, successor: null })
  return { accessToken, refreshToken }
}

/** The two dialects differ in the four names that OAuth defines. */
function showTokens(
  state: State,
  { tenant, locationId, accessToken, refreshToken }: Grant & Pair,
  camel: boolean,
): Json {
  const expiresIn = Math.floor(accessTokenLifeMs / 1000)
  const names = camel
    ? { accessToken, tokenType: 'Bearer', expiresIn, refreshToken }
    : { access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn, refresh_token: refreshToken }
  const company = { approvedLocations: [...state.locations.keys()], installToFutureLocations: false }
  return {
    ...names,
    refreshTokenId: refreshToken.slice(-16),
    scope: (tenant === 'company' ? companyScopes : locationScopes).join(' '),
    userType: tenant === 'company' ? 'Company' : 'Location',
    companyId: state.companyId,
    userId: state.userId,
    isBulkInstallation: tenant === 'company',
    ...(tenant === 'company' ? company : { locationId }),
  }
}
