import { AuthenticationError, isParleyError } from '@parley/core'
import { leadConnectorVendor } from '../leadconnector-protocol.ts'
import type { OAuthClient } from './leadconnector-oauth-client.ts'
import { requestLocationToken, requestRefresh } from './leadconnector-oauth-requests.ts'
import { placeOf, type TokenPlace } from './leadconnector-oauth-target.ts'
import { type KeptToken, withKnown } from './leadconnector-oauth-token.ts'
import type { FoundToken, Vault } from './leadconnector-oauth-vault.ts'

/** How long before its end a token is replaced, in milliseconds. */
const early = 60_000

export interface Renewal {
  /**
   * A token that can be used: the stored one, or the one that replaces it. However many ask at once, here and in other
   * processes with the same store, one of them renews it and the others get the same.
   *
   * @param rejected the access token that is not wanted any more, because the vendor refused it.
   */
  current(place: TokenPlace, rejected?: string): Promise<KeptToken>
}

export function createRenewal(client: OAuthClient, vault: Vault): Renewal {
  const running = new Map<string, Promise<KeptToken>>()

  const lives = ({ about }: KeptToken, atLeast: number): boolean =>
    about.expiresAt === undefined || Date.parse(about.expiresAt) - atLeast > client.now()

  const usable = (token: KeptToken | undefined, rejected: string | undefined): KeptToken | undefined =>
    token && token.accessToken !== rejected && lives(token, early) ? token : undefined

  async function current(place: TokenPlace, rejected?: string): Promise<KeptToken> {
    const stored = usable((await vault.read(place))?.token, rejected)
    if (stored) return stored
    const renewed = usable(await running.get(place.key), rejected)
    return renewed ?? running.get(place.key) ?? start(place, rejected)
  }

  function start(place: TokenPlace, rejected: string | undefined): Promise<KeptToken> {
    const mine = vault.lock(place, () => renew(place, rejected)).finally(() => running.delete(place.key))
    running.set(place.key, mine)
    return mine
  }

  /** Under the lock. Whoever had it before may have done it already. */
  async function renew(place: TokenPlace, rejected: string | undefined): Promise<KeptToken> {
    const found = await vault.read(place)
    const already = usable(found?.token, rejected)
    if (already) return already
    if (!found?.token.refreshToken) return mint(place, found, nothingToRenew(client, place, found))
    let next: KeptToken
    try {
      next = await refreshed(client, found.token.refreshToken, found.token)
    } catch (error) {
      if (!isParleyError(error)) throw error
      if (error.code === 'authentication') return recover(place, found, error)
      if (!error.retryable || found.token.accessToken === rejected || !lives(found.token, 0)) throw error
      const { reading } = client.begin('oauth.refresh')
      reading.warn('degraded', `The token of the ${place.owner} could not be refreshed; it is used while it lasts.`)
      return found.token
    }
    return vault.replace(place, found, next)
  }

  /** The refresh token is used up, unless only ours is and somebody else stored its successor. */
  async function recover(place: TokenPlace, found: FoundToken, refusal: Error): Promise<KeptToken> {
    const now = await vault.read(place)
    return now && now.text !== found.text ? now.token : mint(place, found, refusal)
  }

  /** A location's token from its company's, where there is one. */
  async function mint(place: TokenPlace, found: FoundToken | undefined, refusal: Error): Promise<KeptToken> {
    const { locationId } = place
    const companyId = place.companyId ?? found?.token.about.companyId
    if (locationId === undefined || companyId === undefined) throw refusal
    const company = placeOf(client.config.clientId, { companyId, locationId: undefined })
    if (!(await vault.read(company))) throw refusal
    const credential = async ({ rejected }: { rejected?: string }) => (await current(company, rejected)).accessToken
    const next = await requestLocationToken(client, { companyId, locationId, credential })
    // Its own refresh token, if it had one, was refused just now.
    return vault.replace(place, found, found ? withKnown(next, withoutRefresh(found.token)) : next)
  }

  return { current }
}

const withoutRefresh = ({ accessToken, about }: KeptToken): KeptToken => ({ accessToken, about })

/** An answer that was cut off held the only copy of the next refresh token; the vendor repeats it for a while. */
async function refreshed(client: OAuthClient, refreshToken: string, kept: KeptToken): Promise<KeptToken> {
  try {
    return await requestRefresh(client, refreshToken, kept)
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'response') throw error
    return requestRefresh(client, refreshToken, kept)
  }
}

function nothingToRenew(
  { account }: OAuthClient,
  { owner, locationId }: TokenPlace,
  found: FoundToken | undefined,
): AuthenticationError {
  const what = found
    ? `the token of the ${owner} is used up and came without a refresh token`
    : `there is no token of the ${owner}`
  const company = locationId === undefined ? '' : ', or connect its company and name it as "companyId"'
  return new AuthenticationError({
    vendor: leadConnectorVendor,
    account,
    operation: 'oauth.credential',
    message: `${leadConnectorVendor} "${account}": ${what}. Send the owner to the authorize URL${company}.`,
    outcome: 'not-done',
  })
}
