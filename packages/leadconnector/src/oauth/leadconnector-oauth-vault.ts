import { ConfigurationError, isParleyError, redact } from '@parley/core'
import { leadConnectorVendor } from '../leadconnector-protocol.ts'
import type { OAuthClient } from './leadconnector-oauth-client.ts'
import { readKept, writeKept } from './leadconnector-oauth-kept.ts'
import type { TokenPlace } from './leadconnector-oauth-target.ts'
import type { KeptToken } from './leadconnector-oauth-token.ts'

/** A token as it was found, with the text by which it is seen whether it was replaced since. */
export interface FoundToken {
  readonly text: string
  readonly token: KeptToken
}

/** The store, with tokens instead of texts, and with its failures as errors of ours that hold none of them. */
export interface Vault {
  /** @throws ConfigurationError when the store fails, or holds something else there. */
  read(place: TokenPlace): Promise<FoundToken | undefined>
  /** Stores a token, whatever is there. */
  write(place: TokenPlace, token: KeptToken): Promise<void>
  /**
   * Stores a token in the place of the one that was found there, and gives the one to use: if somebody who took this
   * process for dead has gone further since, theirs.
   */
  replace(place: TokenPlace, found: FoundToken | undefined, token: KeptToken): Promise<KeptToken>
  remove(place: TokenPlace): Promise<void>
  lock<T>(place: TokenPlace, work: () => Promise<T>): Promise<T>
}

export function createVault(client: OAuthClient): Vault {
  const { store } = client.config
  /** Tokens that the store failed to take, by key. The vendor gives none of them a second time. */
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
    throw failure(client, `the token store holds under ${place.key} what is no token`)
  }

  return {
    async read(place) {
      const text = await get(place)
      return text === undefined ? undefined : found(place, text)
    },
    async write(place, token) {
      // What is there may be damaged: a new installation is what mends it.
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
      // What the work throws is not the store's affair, so the store sees only work that went well.
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
      throw failure(client, 'the token store did not run what was given to its lock')
    },
  }
}

/** Databases like to quote the values of a statement in their errors. */
async function guarded<T>(client: OAuthClient, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isParleyError(error)) throw error
    const said = error instanceof Error ? `${error.name}: ${error.message}` : 'not an error'
    throw failure(client, `the token store failed to ${what}`, new Error(redact(withoutTokens(said))))
  }
}

/** Every secret that is stored stands between quotes, whole, possibly escaped once more. */
const withoutTokens = (text: string): string =>
  text.replace(/((?:access|refresh)Token\\*":\\*")[^"\\]*/g, '$1[redacted]')

const failure = ({ account }: OAuthClient, message: string, cause?: Error): ConfigurationError =>
  new ConfigurationError({
    vendor: leadConnectorVendor,
    account,
    message: `${leadConnectorVendor} "${account}": ${message}.`,
    fields: [{ path: 'store', problem: 'failed' }],
    cause,
  })
