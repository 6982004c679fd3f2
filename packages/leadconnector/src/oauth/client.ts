import {
  type Call,
  ConfigurationError,
  type Credential,
  createTransport,
  isRecord,
  type OperationOptions,
  type Problem,
  type RequestSpec,
  type RuntimeOptions,
  redact,
  type VendorAnswer,
} from '@parley/core'
import { createProtocol, readProblem, vendor } from '../protocol.ts'
import type { OAuthConfig } from './config.ts'
import { type KeptToken, type Known, readTokenAnswer, withKnown } from './token.ts'

/** The authorization of a call: a company's token, or none if the form contains all credentials. */
interface Means {
  /** Secrets in the request, which no error may show. */
  secrets?: readonly string[]
  company?: { companyId: string; credential: Credential }
  timeout?: number
}

/** The shared parts of all token calls. */
export interface OAuthClient {
  readonly config: OAuthConfig
  readonly account: string
  readonly isV3: boolean
  now(): number
  begin(operation: string, options?: OperationOptions, means?: Means): Call
  /** The client secret. @throws ConfigurationError if the function that returns it fails. */
  secret(operation: string): Promise<string>
}

export function createOAuthClient(config: OAuthConfig, runtime: RuntimeOptions): OAuthClient {
  const { clientId, clientSecret, store, redirectUri, authorizePage, version, baseUrl, ...options } = config
  const account = options.account ?? 'default'

  const begin: OAuthClient['begin'] = (operation, of, { secrets = [], company, timeout } = {}) => {
    const resource = company?.companyId ?? `oauth ${clientId}`
    const { rate, ...protocol } = createProtocol(baseUrl, resource, runtime.random)
    const transport = createTransport(
      {
        ...protocol,
        // The limit is documented per company or location. The token endpoint belongs to neither.
        ...(company && rate ? { rate } : { authorize: () => ({}) }),
        readProblem: (answer) => readOAuthProblem(answer, secrets),
      },
      { ...options, ...runtime, credential: company?.credential ?? 'in the form' },
    )
    return transport.begin(operation, of, timeout === undefined ? undefined : { timeout })
  }

  return {
    config,
    account,
    isV3: version === 'v3',
    now: () => runtime.clock?.now() ?? Date.now(),
    begin,
    async secret(operation) {
      if (typeof clientSecret === 'string') return clientSecret
      try {
        const given = await clientSecret({})
        if (typeof given === 'string' && given !== '') return given
      } catch {
        // The error may quote the secret, so it is dropped.
      }
      throw new ConfigurationError({
        vendor: vendor,
        account,
        operation,
        message: `${vendor} "${account}", ${operation}: the function in the option "clientSecret" returned no secret.`,
        fields: [{ path: 'clientSecret', problem: 'returned no secret' }],
        outcome: 'not-done',
      })
    },
  }
}

/**
 * The vendor repeats its response to a refresh for 30 seconds, so a try without a response can be repeated. All tries
 * must fall into that time, counted from the first. In milliseconds.
 */
const refreshTime = { timeout: 25_000, attemptTimeout: 8_000 }

interface TokenRequest {
  operation: string
  /** The fields by their names in the older dialect. */
  fields: Readonly<Record<string, string | undefined>>
  secrets: readonly string[]
  known?: Known
  options?: OperationOptions | undefined
  /** The time limits of a request that may be repeated. Missing: the request is not repeated. */
  repeat?: { timeout: number; attemptTimeout: number }
}

/** Exchanges a code for tokens. A code works once, so the request is never repeated. */
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

/** Exchanges a refresh token for the next pair. Values that the response omits do not change (RFC 6749, section 6). */
export async function requestRefresh(client: OAuthClient, refreshToken: string, kept: KeptToken): Promise<KeptToken> {
  const { userType, companyId, locationId } = kept.about
  const next = await requestToken(client, {
    operation: 'oauth.refresh',
    fields: { grant_type: 'refresh_token', refresh_token: refreshToken },
    secrets: [refreshToken, kept.accessToken],
    known: { userType, companyId, locationId: locationId ?? undefined },
    repeat: {
      ...refreshTime,
      attemptTimeout: Math.min(refreshTime.attemptTimeout, client.config.attemptTimeout ?? refreshTime.attemptTimeout),
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
    // The older dialect has no version here.
    ...(client.isV3 && { headers: { version: client.config.version } }),
    ...(repeat && { idempotent: true, attemptTimeout: repeat.attemptTimeout }),
  }
  const asked = client.now()
  return call.read(spec, (answer, reading) => readTokenAnswer(answer, reading, asked, known))
}

/**
 * Gets a token for one location with the company's token. A repeated request gets a second token, which does no harm.
 */
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

const refusedGrant =
  /invalid[ _]grant|invalid (?:refresh[ _]?token|authorization code)|(?:refresh[ _]?token|authorization code) (?:is |has (?:been )?)?(?:invalid|expired|revoked|used)/i
const refusedClient = /invalid[ _]client/i
const suspended = /\bnot active\b/i

/**
 * The error of a token call. A refused grant is a 400 like others, so its text decides.
 *
 * @param secrets the secrets in the request, which the vendor's error may quote.
 */
function readOAuthProblem(answer: VendorAnswer, secrets: readonly string[]): Problem | undefined {
  const problem = readProblem(answer)
  if (!problem) return undefined
  if (problem.vendorMessage !== undefined) problem.vendorMessage = redact(problem.vendorMessage, secrets, 500)
  const isTokenEndpoint = !ofCompany.has(answer.operation)
  return { ...problem, ...(isTokenEndpoint ? kindAtTokenEndpoint(answer, problem) : kindForCompany(answer, problem)) }
}

/** The calls that use the company's token, and the scope that each requires. */
const ofCompany: ReadonlyMap<string, string> = new Map([
  ['oauth.locationToken', 'oauth.write'],
  ['oauth.installedLocations', 'oauth.readonly'],
])

function kindAtTokenEndpoint(answer: VendorAnswer, problem: Problem): Problem {
  const text = `${problem.vendorMessage ?? ''} ${isRecord(answer.body) ? String(answer.body['error'] ?? '') : ''}`
  const { status } = answer
  if (status === 403 && isRecord(answer.body)) return { advice: advice.client }
  if (status !== 400 && status !== 401 && status !== 422) return {}
  if (refusedGrant.test(text)) return { code: 'authentication', aboutCredential: false, advice: advice.grant }
  if (status === 400 && suspended.test(text)) return { code: 'conflict', advice: advice.suspended }
  if (problem.code === 'configuration') return {}
  if (status === 401 || refusedClient.test(text)) {
    return { code: 'configuration', aboutCredential: false, advice: advice.client }
  }
  return {}
}

function kindForCompany({ operation, body }: VendorAnswer, { code, aboutCredential }: Problem): Problem {
  if (code === 'authentication') return { advice: advice.company }
  // An HTML page of the vendor's edge says nothing about the token.
  if (code !== 'permission' || !isRecord(body)) return {}
  if (aboutCredential !== false) return { advice: advice.noCompany }
  return { advice: `A scope is missing. This call needs ${ofCompany.get(operation)}.` }
}

const advice = {
  grant: 'The grant was already used, has expired or was revoked: ask the owner to authorize again.',
  suspended: 'The location is suspended. Its refresh token was kept and works again when the location is active.',
  client:
    'The vendor refused the app: check the options "clientId" (LEADCONNECTOR_CLIENT_ID) and "clientSecret" (LEADCONNECTOR_CLIENT_SECRET).',
  company: 'The vendor refused the token of the company: ask its owner to authorize again.',
  noCompany:
    'The token of the company lacks permission: it belongs to another company, or the app does not support companies.',
}
