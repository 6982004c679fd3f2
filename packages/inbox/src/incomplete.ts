import { type IncompleteAccount, IncompleteError } from '@parley/core'
import type { AccountState } from './inbox.ts'

/** The accounts of which items are missing, after each page. */
export type Missing = Map<string, IncompleteAccount>

/** An account that fails for one page may succeed for the next, which then continues from its position. */
export function note(missing: Missing, { account, state, error }: AccountState): void {
  if (state === 'ok') missing.delete(account)
  else if (state !== 'done') missing.set(account, { account, state, ...(error && { error }) })
}

/** The error for a list that has ended without the items of these accounts. */
export function incomplete(operation: string, missing: Missing, cursor: string | null): IncompleteError {
  const accounts = [...missing.values()]
  const names = accounts.map(({ account, state, error }) => `${account} (${error?.code ?? state})`)
  const waits = accounts.flatMap(({ error }) => error?.retryAfterMs ?? [])
  const advice = cursor === null ? 'leave them out with "accounts"' : 'continue from the cursor of this error'
  return new IncompleteError({
    operation,
    message: `${operation} of the inbox: items are missing from ${names.join(', ')}; ${advice}, or accept a partial list with { partial: true }.`,
    accounts,
    cursor,
    ...(waits.length > 0 && { retryAfterMs: Math.max(...waits) }),
  })
}
