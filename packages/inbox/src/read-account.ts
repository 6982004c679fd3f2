import { type Clock, isParleyError, type OperationOptions, type Page } from '@parley/core'
import type { AccountState } from './inbox.ts'

export interface AccountPage<Item> {
  state: AccountState
  /** `null` when the account failed. */
  page: Page<Item> | null
}

/**
 * Reads an account's part of a page. A failure becomes data. A page from a store has the time `asOf` when it was current.
 *
 * The deadline and the caller's signal are passed to the adapter and also enforced here, so that an adapter that ignores
 * them does not delay the page.
 *
 * @throws the reason of the caller's signal, as soon as the caller aborts.
 */
export async function readAccount<Item>(
  name: string,
  read: (options: OperationOptions) => PromiseLike<Page<Item>>,
  deadline: number,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<AccountPage<Item>> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  let giveUp = () => {}
  let cancel = () => {}
  const end = new Promise<'late'>((resolve, reject) => {
    cancel = clock.after(deadline, () => resolve('late'))
    giveUp = () => {
      controller.abort(signal?.reason)
      reject(signal?.reason)
    }
  })
  signal?.addEventListener('abort', giveUp, { once: true })
  try {
    const result = await Promise.race([read({ signal: controller.signal, timeout: deadline }), end])
    if (result === 'late') {
      controller.abort()
      return missing(name, 'timeout', `no response within ${deadline} ms`)
    }
    const { unapplied, asOf = new Date(clock.now()).toISOString() } = result as typeof result & { asOf?: string }
    const state = { account: name, state: 'ok', asOf } as const
    return { state: unapplied ? { ...state, unapplied } : state, page: result }
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (isMistake(error)) throw error
    return failed(name, error)
  } finally {
    cancel()
    signal?.removeEventListener('abort', giveUp)
  }
}

/**
 * An invalid option of the account's vendor, such as a misspelled one, is the caller's mistake and not a failure of the
 * account: nothing was sent, and a retry would not help.
 */
const isMistake = (error: unknown): boolean =>
  isParleyError(error) &&
  error.code === 'invalid-request' &&
  error.status === undefined &&
  error.fields?.some(({ path }) => /^vendor(?:\.|$)/.test(path)) === true

function failed(name: string, error: unknown): AccountPage<never> {
  if (!isParleyError(error)) throw error
  const state = error.code === 'timeout' ? 'timeout' : error.code === 'unsupported' ? 'unsupported' : 'error'
  const { code, message, retryable, retryAfterMs } = error
  return {
    page: null,
    state: {
      account: name,
      state,
      asOf: null,
      error: { code, message, retryable, ...(retryAfterMs !== undefined && { retryAfterMs }) },
    },
  }
}

const missing = (name: string, code: 'timeout', message: string): AccountPage<never> => ({
  page: null,
  state: { account: name, state: code, asOf: null, error: { code, message: `${name}: ${message}.`, retryable: true } },
})
