import type { Credential, OperationOptions, RequestSpec } from '@parley/core'
import type { OAuthClient } from './leadconnector-oauth-client.ts'
import { type KeptToken, type Known, readTokenAnswer, withKnown } from './leadconnector-oauth-token.ts'

/**
 * The vendor repeats its answer to a refresh for 30 seconds, so a try that got none can be repeated; all of them have to
 * fall into that time, counted from the first. In milliseconds.
 */
const refreshTime = { timeout: 25_000, tryTimeout: 8_000 }

interface TokenRequest {
  operation: string
  /** By their names in the older dialect. */
  fields: Readonly<Record<string, string | undefined>>
  secrets: readonly string[]
  known?: Known
  options?: OperationOptions | undefined
  /** Set: the request may be repeated, within these times. */
  repeat?: { timeout: number; tryTimeout: number }
}

/** A code for its tokens. A code works once, so this is never repeated. */
export const requestExchange = (
  client: OAuthClient,
  { code, redirectUri, userType }: { code: string; redirectUri: string | undefined; userType: string | undefined },
  options: OperationOptions | undefined,
): Promise<KeptToken> =>
  requestToken(client, {
    operation: 'oauth.exchange',
    fields: { grant_type: 'authorization_code', code, redirect_uri: redirectUri, user_type: userType },
    secrets: [code],
    options,
  })

/** A refresh token for the next pair. What the answer leaves unsaid stays as it was (RFC 6749, section 6). */
export async function requestRefresh(client: OAuthClient, refreshToken: string, kept: KeptToken): Promise<KeptToken> {
  const { userType, companyId, locationId } = kept.about
  const next = await requestToken(client, {
    operation: 'oauth.refresh',
    fields: { grant_type: 'refresh_token', refresh_token: refreshToken },
    secrets: [refreshToken, kept.accessToken],
    known: { userType, companyId, locationId: locationId ?? undefined },
    repeat: {
      ...refreshTime,
      tryTimeout: Math.min(refreshTime.tryTimeout, client.config.tryTimeout ?? refreshTime.tryTimeout),
    },
  })
  return withKnown(next, kept)
}

async function requestToken(client: OAuthClient, request: TokenRequest): Promise<KeptToken> {
  const { operation, fields, known, options, repeat } = request
  const secret = await client.secret(operation)
  const secrets = [secret, ...request.secrets]
  const call = client.begin(operation, options, { secrets, ...(repeat && { timeout: repeat.timeout }) })
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries({ client_id: client.config.clientId, client_secret: secret, ...fields }))
    if (value !== undefined) body.set(client.isV3 ? camelCase(name) : name, value)
  const spec: RequestSpec = {
    method: 'POST',
    path: '/oauth/token',
    body,
    // The older dialect takes no version here.
    ...(client.isV3 && { headers: { version: client.config.version } }),
    ...(repeat && { idempotent: true, tryTimeout: repeat.tryTimeout }),
  }
  const asked = client.now()
  return call.read(spec, (answer, reading) => readTokenAnswer(answer, reading, asked, known))
}

/** A company's token for one of its locations. Asked twice, the vendor gives two, which does no harm. */
export function requestLocationToken(
  client: OAuthClient,
  { companyId, locationId, credential }: { companyId: string; locationId: string; credential: Credential },
  options?: OperationOptions,
): Promise<KeptToken> {
  const call = client.begin('oauth.locationToken', options, { company: { companyId, credential } })
  const spec: RequestSpec = {
    method: 'POST',
    path: client.isV3 ? '/oauth/location-token' : '/oauth/locationToken',
    headers: { version: client.config.version },
    body: new URLSearchParams({ companyId, locationId }),
    idempotent: true,
  }
  const asked = client.now()
  return call.read(spec, (answer, reading) => readTokenAnswer(answer, reading, asked, { companyId, locationId }))
}

const camelCase = (snake: string): string => snake.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
