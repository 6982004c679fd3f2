import type { Call, CompanyEndpoint } from '../http/leadconnector-endpoint.ts'
import { readQuery } from '../http/leadconnector-query.ts'
import { badRequest, invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { needed, number, optional, string, violations } from '../http/leadconnector-rules.ts'
import { iso, type Json, numberOf, textOf } from '../leadconnector-json.ts'
import { grantTokens, showTokens } from './leadconnector-oauth-grant.ts'

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

/** Every location of the company has the application. */
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

/** The newer listing has errors of a shape of their own. */
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
