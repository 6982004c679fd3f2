import { AuthenticationError, ConfigurationError, isParleyError, redact } from '@parley/core'
import { vendor } from '../protocol.ts'
import { type OAuthClient, requestLocationToken, requestRefresh } from './client.ts'
import { placeOf, type TokenPlace } from './config.ts'
import { type KeptToken, readKept, withKnown, writeKept } from './token.ts'

/** A stored token, with its stored string, which shows whether it was replaced since. */
interface FoundToken {
  readonly text: string
  readonly token: KeptToken
}

/** The store, with tokens instead of strings. Its failures become errors of Parley that contain no token. */
interface Vault {
  /** @throws ConfigurationError if the store fails or the value is no token. */
  read(place: TokenPlace): Promise<FoundToken | undefined>
  /** Stores a token unconditionally. */
  write(place: TokenPlace, token: KeptToken): Promise<void>
  /**
   * Replaces the stored token and returns the token to use. If another process that assumed this one dead has stored a
   * newer token, the newer one stays and is returned.
   */
  replace(place: TokenPlace, found: FoundToken | undefined, token: KeptToken): Promise<KeptToken>
  remove(place: TokenPlace): Promise<void>
  lock<T>(place: TokenPlace, work: () => Promise<T>): Promise<T>
}

export function createVault(client: OAuthClient): Vault {
  const { store } = client.config
  /** Tokens that the store failed to save, by key. The vendor issues none of them a second time. */
  const unstored = new Map<string, { text: string; instead: string | undefined }>()

  const get = (place: TokenPlace) =>
    guarded(client, `get the token of the ${place.owner}`, async () => (await store.get(place.key)) ?? undefined)

  const set = async (place: TokenPlace, text: string, instead: string | undefined) => {
    unstored.set(place.key, { text, instead })
    await guarded(client, `set the token of the ${place.owner}`, () => store.set(place.key, text))
    unstored.delete(place.key)
  }

  const setUnstored = async (place: TokenPlace) => {
    const left = unstored.get(place.key)
    if (!left) return
    if ((await get(place)) === left.instead) await set(place, left.text, left.instead)
    else unstored.delete(place.key)
  }

  const found = (place: TokenPlace, text: string): FoundToken => {
    const token = readKept(text)
    if (token) return { text, token }
    throw failure(client, `the state store has no valid token under ${place.key}`)
  }

  return {
    async read(place) {
      const text = await get(place)
      return text === undefined ? undefined : found(place, text)
    },
    async write(place, token) {
      // The stored value may be damaged; a new installation replaces it.
      const instead = await get(place).catch(() => undefined)
      await set(place, writeKept(token), instead)
    },
    async replace(place, before, token) {
      const now = await get(place)
      if (now !== undefined && now !== before?.text) return found(place, now).token
      await set(place, writeKept(token), now)
      return token
    },
    async remove(place) {
      unstored.delete(place.key)
      await guarded(client, `delete the token of the ${place.owner}`, () => store.delete(place.key))
    },
    async lock(place, work) {
      // An error of the work must not pass through the store, so the store only sees work that succeeds.
      const done: { value?: { given: Awaited<ReturnType<typeof work>> }; error?: { thrown: unknown } } = {}
      await guarded(client, `lock the token of the ${place.owner}`, () =>
        store.lock(place.key, async () => {
          try {
            await setUnstored(place)
            done.value = { given: await work() }
          } catch (thrown) {
            done.error = { thrown }
          }
        }),
      )
      if (done.error) throw done.error.thrown
      if (done.value) return done.value.given
      throw failure(client, 'the state store did not run the function passed to its lock')
    },
  }
}

/** Databases often quote the values of a statement in their errors. */
async function guarded<T>(client: OAuthClient, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isParleyError(error)) throw error
    const said = error instanceof Error ? `${error.name}: ${error.message}` : 'not an error'
    throw failure(client, `the state store failed to ${what}`, new Error(redact(withoutTokens(said))))
  }
}

/** Replaces every string in quotes, because every stored secret is quoted as a whole, sometimes escaped twice. */
const withoutTokens = (text: string): string =>
  text.replace(/((?:access|refresh)Token\\*":\\*")[^"\\]*/g, '$1[redacted]')

const failure = ({ account }: OAuthClient, message: string, cause?: Error): ConfigurationError =>
  new ConfigurationError({
    vendor: vendor,
    account,
    message: `${vendor} "${account}": ${message}.`,
    fields: [{ path: 'store', problem: 'failed' }],
    cause,
  })

/** How long before its end a token is replaced, in milliseconds. */
const early = 60_000

interface Renewal {
  /**
   * A usable token: the stored one, or its replacement. If many callers ask at once, in this and other processes with
   * the same store, one of them refreshes the token and the others get the same one.
   *
   * @param rejected the access token that the vendor refused.
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

  /** Runs under the lock. Another process may have refreshed the token while this one waited. */
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
      reading.warn('degraded', `The token of the ${place.owner} could not be refreshed; it is used until it expires.`)
      return found.token
    }
    return vault.replace(place, found, next)
  }

  /**
   * The refresh token was already used, unless only this process has the old one and another process stored its
   * successor.
   */
  async function recover(place: TokenPlace, found: FoundToken, refusal: Error): Promise<KeptToken> {
    const now = await vault.read(place)
    return now && now.text !== found.text ? now.token : mint(place, found, refusal)
  }

  /** Gets a location's token through its company's token, if there is one. */
  async function mint(place: TokenPlace, found: FoundToken | undefined, refusal: Error): Promise<KeptToken> {
    const { locationId } = place
    const companyId = place.companyId ?? found?.token.about.companyId
    if (locationId === undefined || companyId === undefined) throw refusal
    const company = placeOf(client.config.clientId, { companyId, locationId: undefined })
    if (!(await vault.read(company))) throw refusal
    const credential = async ({ rejected }: { rejected?: string }) => (await current(company, rejected)).accessToken
    const next = await requestLocationToken(client, { companyId, locationId, credential })
    // The location's own refresh token, if it had one, has just been refused.
    return vault.replace(place, found, found ? withKnown(next, withoutRefresh(found.token)) : next)
  }

  return { current }
}

const withoutRefresh = ({ accessToken, about }: KeptToken): KeptToken => ({ accessToken, about })

/** A truncated response had the only copy of the next refresh token. The vendor repeats the response for a while. */
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
    ? `the token of the ${owner} has expired and has no refresh token`
    : `there is no token of the ${owner}`
  const company = locationId === undefined ? '' : ', or connect its company and pass it as "companyId"'
  return new AuthenticationError({
    vendor: vendor,
    account,
    operation: 'oauth.credential',
    message: `${vendor} "${account}": ${what}. Ask the owner to authorize${company}.`,
    outcome: 'not-done',
  })
}
