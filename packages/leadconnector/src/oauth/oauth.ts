import {
  type Call,
  checkInput,
  checkText,
  checkWord,
  invalid,
  type OperationOptions,
  optionalText,
  type Paged,
} from '@parley/core'
import { createOAuthClient, requestExchange, requestLocationToken } from './client.ts'
import {
  checkOwner,
  type LeadConnectorOAuthOptions,
  type LeadConnectorTokenOwner,
  type OAuthConfig,
  placeOf,
  resolveOAuthOptions,
  type TokenPlace,
} from './config.ts'
import {
  installedLocations,
  type LeadConnectorInstalledLocation,
  type LeadConnectorInstalledLocationQuery,
} from './locations.ts'
import { type LeadConnectorInstallation, withKnown } from './token.ts'
import { createRenewal, createVault } from './vault.ts'

/** A marketplace app and the tokens of its installations. Only `credential` returns a token. */
export interface LeadConnectorOAuth {
  /** The URL at which an owner authorizes the app. @throws InvalidRequestError */
  authorizeUrl(input: LeadConnectorAuthorizeInput): string
  /**
   * Exchanges the code from the redirect URI for tokens and stores them. A code works once.
   *
   * @throws AuthenticationError when the code was used or has expired; ConfigurationError when the vendor refuses the
   * app.
   */
  exchange(
    code: string,
    input?: { redirectUri?: string; userType?: 'Location' | 'Company' },
    options?: OperationOptions,
  ): Promise<LeadConnectorInstallation>
  /**
   * The `token` option of an adapter: `leadConnector({ token: oauth.credential({ locationId }), locationId })`. It
   * returns the stored access token. It refreshes the token 60 seconds before it expires, and once more if the vendor
   * refuses it. A location without a usable refresh token gets a token through its company's token, if that is stored.
   *
   * The returned function throws AuthenticationError when the owner must authorize again, ConflictError when the
   * location is suspended, and ConfigurationError when the store fails.
   *
   * @throws InvalidRequestError
   */
  credential(owner: LeadConnectorTokenOwner): (context?: { rejected?: string }) => Promise<string>
  /** Refreshes the stored token now, even if it has not expired. Throws the same errors as `credential`. */
  refresh(owner: LeadConnectorTokenOwner): Promise<LeadConnectorInstallation>
  /** Gets a location's token through its company's token, which needs the scope `oauth.write`, and stores it. */
  locationToken(
    owner: { companyId: string; locationId: string },
    options?: OperationOptions,
  ): Promise<LeadConnectorInstallation>
  /** The locations of a company, with or without the app. Needs a company's token and the scope `oauth.readonly`. */
  installedLocations(
    query: LeadConnectorInstalledLocationQuery,
    options?: OperationOptions,
  ): Paged<LeadConnectorInstalledLocation>
  /** The stored token of an owner, without its secrets. `null`: there is none. */
  installation(owner: LeadConnectorTokenOwner): Promise<LeadConnectorInstallation | null>
  /** Deletes the stored token of an owner who removed the app. */
  forget(owner: LeadConnectorTokenOwner): Promise<void>
}

/**
 * OAuth 2.0 for a marketplace app. Creating it sends no request and does no I/O. Create one per app and process.
 *
 * ```ts
 * const oauth = leadConnectorOAuth({ clientId, clientSecret, redirectUri, store: fileStore({ folder: 'tokens' }) })
 * const { locationId } = await oauth.exchange(code)
 * ```
 *
 * @throws ConfigurationError that names the option and its environment variable.
 */
export function leadConnectorOAuth(options: Partial<LeadConnectorOAuthOptions> = {}): LeadConnectorOAuth {
  const { config, runtime } = resolveOAuthOptions(options)
  const { clientId } = config
  const client = createOAuthClient(config, runtime)
  const vault = createVault(client)
  const { current } = createRenewal(client, vault)

  const ownerOf = (operation: string, owner: LeadConnectorTokenOwner): TokenPlace =>
    checkOwner(client.begin(operation), clientId, owner)
  const credentialOf = (place: TokenPlace) => async (context?: { rejected?: string }) =>
    (await current(place, context?.rejected)).accessToken
  const companyCredential = (companyId: string) => credentialOf(placeOf(clientId, { companyId, locationId: undefined }))

  return {
    authorizeUrl: (input) => authorizeUrl(client.begin('oauth.authorizeUrl'), config, input),
    async exchange(code, input = {}, of) {
      const sent = checkExchange(client.begin('oauth.exchange', of), code, input, config.redirectUri)
      const token = await requestExchange(client, sent, of)
      const { companyId, locationId } = token.about
      const place = placeOf(clientId, { companyId, locationId: locationId ?? undefined })
      await vault.lock(place, () => vault.write(place, token))
      return token.about
    },
    credential: (owner) => credentialOf(ownerOf('oauth.credential', owner)),
    async refresh(owner) {
      const place = ownerOf('oauth.refresh', owner)
      const found = await vault.read(place)
      return (await current(place, found?.token.accessToken)).about
    },
    async locationToken(owner, of) {
      const call = client.begin('oauth.locationToken', of)
      const place = checkOwner(call, clientId, owner)
      const locationId = checkText(call, place.locationId, 'owner.locationId')
      const companyId = checkText(call, place.companyId, 'owner.companyId')
      const credential = companyCredential(companyId)
      return vault.lock(place, async () => {
        const minted = await requestLocationToken(client, { companyId, locationId, credential }, of)
        // The documented response has no refresh token; the stored one keeps working.
        const found = await vault.read(place).catch(() => undefined)
        const token = found ? withKnown(minted, found.token) : minted
        await vault.write(place, token)
        return token.about
      })
    },
    installedLocations: (query, of) => installedLocations(client, companyCredential, query, of),
    async installation(owner) {
      return (await vault.read(ownerOf('oauth.installation', owner)))?.token.about ?? null
    },
    async forget(owner) {
      const place = ownerOf('oauth.forget', owner)
      await vault.lock(place, () => vault.remove(place))
    },
  }
}

function checkExchange(
  call: Call,
  code: unknown,
  input: { redirectUri?: string; userType?: 'Location' | 'Company' },
  redirectUri: string | undefined,
) {
  const given = checkInput(call, input)
  return {
    code: checkText(call, code, 'code'),
    redirectUri: optionalText(call, given.redirectUri, 'redirectUri') ?? redirectUri,
    userType: checkWord(call, given.userType, 'userType', ['Location', 'Company']),
  }
}

export interface LeadConnectorAuthorizeInput {
  /** Such as `conversations.readonly`. The app must have each scope at the vendor. */
  scopes: readonly string[]
  /**
   * An unguessable value, new for every visit and stored in the visitor's session. Accept the redirect only if it
   * returns the same value. The vendor was seen to drop it; then check a cookie of the visit instead.
   */
  state: string
  /** A redirect URI that is registered with the app. Default: the option of the same name. */
  redirectUri?: string
  /** The app's version, needed while it is a draft or in review. */
  versionId?: string
  /** `true`: the vendor's login stays in the same tab. */
  sameTab?: boolean
}

/** "OAuth 2.0": the page on which an owner chooses the location or the company, and agrees. */
function authorizeUrl(call: Call, config: OAuthConfig, given: LeadConnectorAuthorizeInput): string {
  const { scopes, state, redirectUri = config.redirectUri, versionId, sameTab } = checkInput(call, given)
  if (!Array.isArray(scopes) || scopes.length === 0) throw invalid(call, 'scopes', 'must be a non-empty list')
  for (const [index, scope] of scopes.entries()) {
    if (typeof scope !== 'string' || !/^\S+$/.test(scope)) throw invalid(call, `scopes[${index}]`, 'must be a scope')
  }
  const url = new URL(config.authorizePage)
  url.searchParams.set('response_type', 'code')
  url.searchParams.set('client_id', config.clientId)
  url.searchParams.set('redirect_uri', checkText(call, redirectUri, 'redirectUri'))
  url.searchParams.set('scope', scopes.join(' '))
  url.searchParams.set('state', checkText(call, state, 'state'))
  if (versionId !== undefined) url.searchParams.set('version_id', checkText(call, versionId, 'versionId'))
  if (sameTab) url.searchParams.set('loginWindowOpenMode', 'self')
  return url.href
}
