import type { World } from '../world/world.ts'
import { idFrom, uuidFrom } from './records.ts'
import { companyScopes, locationScopes } from './settings.ts'
import type { TokenRecord } from './state.ts'

/** All credentials and ids that a client can receive. They are made up from the seed and not secret. */
export interface Names {
  readonly token: string
  readonly readonlyToken: string
  readonly accessToken: string
  readonly companyToken: string
  readonly locationId: string
  readonly secondLocationId: string
  readonly secondToken: string
  readonly emptyLocationId: string
  readonly emptyToken: string
  readonly companyId: string
  readonly clientId: string
  readonly clientSecret: string
  readonly refreshToken: string
  readonly authorizationCode: string
  readonly companyAuthorizationCode: string
  readonly userId: string
  readonly agentId: string
  readonly conversationProviderId: string
}

export function seedNames({ seed, operators, bots }: World): Names {
  const id = (key: string, length?: number) => idFrom(`${seed}:${key}`, length)
  const pit = (key: string) => `pit-${uuidFrom(`${seed}:${key}`)}`
  const locationId = id('location')
  return {
    token: pit('main'),
    readonlyToken: pit('readonly'),
    accessToken: jwt(id('access', 40)),
    companyToken: jwt(id('company-access', 40)),
    locationId,
    secondLocationId: id('second-location'),
    secondToken: pit('second'),
    emptyLocationId: id('empty-location'),
    emptyToken: pit('empty'),
    companyId: id('company'),
    clientId: `${id('app', 24).toLowerCase()}-${id('client', 8).toLowerCase()}`,
    clientSecret: uuidFrom(`${seed}:client-secret`),
    refreshToken: jwt(id('refresh', 40)),
    authorizationCode: id('code', 40),
    companyAuthorizationCode: id('company-code', 40),
    userId: seededUserId(seed, operators[0]?.key ?? 'nobody'),
    agentId: seededAgentId(seed, locationId, bots[0]?.key ?? 'nobody'),
    conversationProviderId: id('provider', 24).toLowerCase(),
  }
}

/** The id of the application: the client id without the client's own part. */
export const appIdOf = ({ clientId }: Pick<Names, 'clientId'>): string => clientId.split('-')[0] ?? ''

/** A string in the form of a token, without a valid signature. */
export const jwt = (payload: string): string => `eyJhbGciOiJSUzI1NiJ9.${payload}.${idFrom(`signature:${payload}`, 32)}`

export const accessTokenLifeMs = 86_399_000

export function seedTokens(names: Names, now: number): Map<string, TokenRecord> {
  const never = Number.POSITIVE_INFINITY
  const integration = (token: string, locationId: string, scopes = locationScopes): [string, TokenRecord] => [
    token,
    { application: token, tenant: 'location', locationId, scopes: new Set(scopes), expiresAt: never, providers: [] },
  ]
  const app = { application: names.clientId, providers: [names.conversationProviderId] }
  const expiresAt = now + accessTokenLifeMs
  return new Map<string, TokenRecord>([
    integration(names.token, names.locationId),
    integration(names.secondToken, names.secondLocationId),
    integration(names.emptyToken, names.emptyLocationId),
    integration(
      names.readonlyToken,
      names.locationId,
      locationScopes.filter((scope) => scope.endsWith('readonly')),
    ),
    [
      names.accessToken,
      { ...app, tenant: 'location', locationId: names.locationId, scopes: new Set(locationScopes), expiresAt },
    ],
    [names.companyToken, { ...app, tenant: 'company', locationId: null, scopes: new Set(companyScopes), expiresAt }],
  ])
}

/** Operators belong to the company, so a person has one id in all locations. */
export const seededUserId = (seed: number, operator: string): string => idFrom(`${seed}:user:${operator}`)

export const seededAgentId = (seed: number, locationId: string, bot: string): string =>
  idFrom(`${seed}:${locationId}:agent:${bot}`)

export const seededContactId = (seed: number, locationId: string, person: string): string =>
  idFrom(`${seed}:${locationId}:contact:${person}`)
