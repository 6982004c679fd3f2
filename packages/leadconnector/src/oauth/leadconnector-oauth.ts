import {
  type Call,
  checkInput,
  checkText,
  checkWord,
  type OperationOptions,
  optionalText,
  type Paged,
} from '@parley/core'
import { authorizeUrl, type LeadConnectorAuthorizeInput } from './leadconnector-oauth-authorize.ts'
import { createOAuthClient } from './leadconnector-oauth-client.ts'
import { type LeadConnectorOAuthOptions, resolveOAuthOptions } from './leadconnector-oauth-config.ts'
import {
  installedLocations,
  type LeadConnectorInstalledLocation,
  type LeadConnectorInstalledLocationQuery,
} from './leadconnector-oauth-locations.ts'
import { createRenewal } from './leadconnector-oauth-renewal.ts'
import { requestExchange, requestLocationToken } from './leadconnector-oauth-requests.ts'
import { checkOwner, type LeadConnectorTokenOwner, placeOf, type TokenPlace } from './leadconnector-oauth-target.ts'
import { type LeadConnectorInstallation, withKnown } from './leadconnector-oauth-token.ts'
import { createVault } from './leadconnector-oauth-vault.ts'

/** A marketplace app, and the tokens of those who installed it. No method gives a token away but `credential`. */
export interface LeadConnectorOAuth {
  /** Where to send an owner. @throws InvalidRequestError */
  authorizeUrl(input: LeadConnectorAuthorizeInput): string
  /**
   * The code that came back to the redirect URI, for tokens, which are stored. A code works once.
   *
   * @throws AuthenticationError when it was used or is too old; ConfigurationError when the app is refused.
   */
  exchange(
    code: string,
    input?: { redirectUri?: string; userType?: 'Location' | 'Company' },
    options?: OperationOptions,
  ): Promise<LeadConnectorInstallation>
  /**
   * What an adapter takes as `token`: `leadConnector({ token: oauth.credential({ locationId }), locationId })`. Gives the
   * stored access token, refreshed 60 seconds before its end, and once more when the vendor refuses it; a location
   * without a usable refresh token gets one from its company's, if that is stored.
   *
   * The function throws AuthenticationError when the owner has to authorize again, ConflictError when the location is
   * suspended, ConfigurationError when the store fails.
   *
   * @throws InvalidRequestError
   */
  credential(owner: LeadConnectorTokenOwner): (context?: { rejected?: string }) => Promise<string>
  /** Replaces the stored token at once, though it may last longer. Throws what `credential` throws. */
  refresh(owner: LeadConnectorTokenOwner): Promise<LeadConnectorInstallation>
  /** A location's token from its company's, which needs the scope `oauth.write`. Stored; replaces the one before. */
  locationToken(
    owner: { companyId: string; locationId: string },
    options?: OperationOptions,
  ): Promise<LeadConnectorInstallation>
  /** The locations of a company, with or without the app. Needs a company's token and the scope `oauth.readonly`. */
  installedLocations(
    query: LeadConnectorInstalledLocationQuery,
    options?: OperationOptions,
  ): Paged<LeadConnectorInstalledLocation>
  /** What is stored for somebody, without the secrets. `null`: nothing. */
  installation(owner: LeadConnectorTokenOwner): Promise<LeadConnectorInstallation | null>
  /** Deletes what is stored for somebody who removed the app. */
  forget(owner: LeadConnectorTokenOwner): Promise<void>
}

/**
 * OAuth 2.0 for a marketplace app. Costs nothing and does no I/O; make one per app and process.
 *
 * ```ts
 * const oauth = leadConnectorOAuth({ clientId, clientSecret, redirectUri, store: fileTokenStore({ folder: 'tokens' }) })
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
        // The documented answer has no refresh token; the stored one goes on working.
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
