import {
  type Call,
  type Credential,
  checkInput,
  checkLimit,
  checkText,
  compact,
  DecodeError,
  decodeCursor,
  encodeCursor,
  isRecord,
  type OperationOptions,
  optionalText,
  type Page,
  type Paged,
  type Payload,
  type PayloadReader,
  paged,
  type Query,
  type Timestamp,
} from '@parley/core'
import { vendor } from '../protocol.ts'
import type { OAuthClient } from './client.ts'

/** A location of a company, with the state of the app in it. */
export interface LeadConnectorInstalledLocation {
  id: string
  name?: string | null
  address?: string | null
  isInstalled?: boolean
  /** The version of the app. */
  versionId?: string | null
  installedAt?: Timestamp | null
}

export interface LeadConnectorInstalledLocationQuery {
  companyId: string
  /** Default: the part of the client id before its `-`. */
  appId?: string
  /** Text in the location's name. */
  search?: string
  /** `true`: only locations that have the app. `false`: only locations without it. */
  isInstalled?: boolean
  /** Returns only this location. */
  locationId?: string
  /** Locations per page, at most 100. Default 20. */
  limit?: number
  /** The `next` of the previous page. `null`: the first page. */
  cursor?: string | null | undefined
}

const sizes = { default: 20, max: 100 }

/** `GET /oauth/installedLocations` with numbered pages; in `v3`, `GET /oauth/installed-locations` with page tokens. */
export function installedLocations(
  client: OAuthClient,
  credentialOf: (companyId: string) => Credential,
  given: LeadConnectorInstalledLocationQuery,
  options: OperationOptions | undefined,
): Paged<LeadConnectorInstalledLocation> {
  const operation = 'oauth.installedLocations'
  const check = client.begin(operation, options)
  const query = checkInput(check, given, 'query')
  const { companyId, appId, search, isInstalled, locationId } = query
  checkLimit(check, query.limit, sizes)
  const company = { companyId: checkText(check, companyId, 'companyId'), credential: credentialOf(companyId) }
  const filters: Query = {
    companyId,
    appId: optionalText(check, appId, 'appId') ?? (client.config.clientId.split('-', 1)[0] as string),
    query: optionalText(check, search, 'search'),
    isInstalled,
    locationId: optionalText(check, locationId, 'locationId'),
  }
  const readPage = (at: string | undefined, { limit }: LeadConnectorInstalledLocationQuery) => {
    const call = client.begin(operation, options, { company })
    const size = checkLimit(call, limit, sizes)
    return client.isV3 ? pageByToken(call, filters, size, at) : pageByCount(client, call, filters, size, at)
  }
  return paged(readPage, query, { vendor: vendor, account: client.account, operation })
}

async function pageByCount(client: OAuthClient, call: Call, filters: Query, size: number, at: string | undefined) {
  const skip =
    at === undefined ? 0 : decodeCursor(at, (state) => (Number.isSafeInteger(state) ? Number(state) : undefined))
  const spec = {
    path: '/oauth/installedLocations',
    headers: { version: client.config.version },
    query: { ...filters, skip, limit: size },
  }
  return call.read(spec, (body, reading) => {
    if (!isRecord(body) || !Array.isArray(body['locations'])) throw new DecodeError('locations')
    const after = skip + body['locations'].length
    const count = reading.number(body, 'count') ?? undefined
    // A count below the number of items is wrong, so it does not end the list.
    const total = count !== undefined && count >= after ? count : undefined
    const more = body['locations'].length > 0 && (total === undefined || after < total)
    if (!more && total !== undefined && after < total) warnShort(reading)
    return pageOf(reading, body, 'locations', more ? encodeCursor(after) : null, total)
  })
}

async function pageByToken(call: Call, filters: Query, size: number, at: string | undefined) {
  const pageToken =
    at === undefined ? undefined : decodeCursor(at, (state) => (typeof state === 'string' ? state : undefined))
  const spec = {
    path: '/oauth/installed-locations',
    headers: { version: 'v3' },
    query: { ...filters, pageSize: size, pageToken },
  }
  return call.read(spec, (body, reading) => {
    if (!isRecord(body)) throw new DecodeError('items')
    const pagination = isRecord(body['pagination']) ? body['pagination'] : {}
    const next = pagination['hasNextPage'] === false ? undefined : reading.text(pagination, 'nextPageToken')
    const total = reading.number(pagination, 'totalRecords') ?? undefined
    if (!next && pagination['hasNextPage'] === true) warnShort(reading)
    return pageOf(reading, body, 'items', next ? encodeCursor(next) : null, total)
  })
}

const warnShort = (reading: PayloadReader): void =>
  reading.warn(
    'degraded',
    `${reading.vendor} reports more locations but no position to continue from; the rest are missing from this list.`,
  )

function pageOf(
  reading: PayloadReader,
  body: Payload,
  key: string,
  next: string | null,
  total: number | undefined,
): Page<LeadConnectorInstalledLocation> {
  const items = reading.items(body[key], key, (raw) => readLocation(reading, raw))
  return { items, next, warnings: reading.warnings, ...(total !== undefined && { total }) }
}

const readLocation = (reading: PayloadReader, raw: Payload): LeadConnectorInstalledLocation =>
  compact<LeadConnectorInstalledLocation>({
    id: reading.id(raw, raw['_id'] === undefined && raw['id'] !== undefined ? 'id' : '_id'),
    name: reading.text(raw, 'name'),
    address: reading.text(raw, 'address'),
    isInstalled: reading.flag(raw, 'isInstalled'),
    versionId: reading.text(raw, 'versionId'),
    installedAt: reading.time(raw, 'installedAt'),
  })
