import { isParleyError, type ParleyError } from '@parley/core'
import { storable } from '../store/search-words.ts'
import { isRefusedValue } from '../store/transaction.ts'
import { Superseded } from './pass.ts'
import type { SyncError } from './sync.ts'

/** What an error of the vendor means for the sync. */
export type Consequence =
  /** Nothing of the account can be read until a person acts. */
  | 'stop-account'
  /** This stream cannot be read until a person acts. */
  | 'stop-stream'
  /** The vendor has no such list. */
  | 'unsupported'
  /** The vendor or the way to it is out of order. It is tried again. */
  | 'retry'

export function consequenceOf(error: unknown): Consequence {
  if (!isParleyError(error)) return 'retry'
  switch (error.code) {
    case 'authentication':
      return 'stop-account'
    case 'permission':
    case 'configuration':
      return 'stop-stream'
    case 'unsupported':
      return 'unsupported'
    default:
      return 'retry'
  }
}

/** An error of the vendor. One of the database has no vendor. */
export const isOfVendor = (error: unknown): error is ParleyError => isParleyError(error) && error.vendor !== undefined

/** An error that is none of the library's: a fault of an adapter, or of this package. */
const isUnexpected = (error: unknown): boolean => !isParleyError(error) && !(error instanceof Superseded)

/** An error that becomes the state of the stream or the account. Any other one is of the database, and is thrown. */
export const isOfAdapter = (error: unknown): boolean =>
  isOfVendor(error) || isUnexpected(error) || isRefusedValue(error)

/** Whether an error that one conversation caused may be about this conversation alone. */
export const mayBeAlone = (error: unknown): boolean =>
  isUnexpected(error) ||
  isRefusedValue(error) ||
  (isOfVendor(error) && error.code !== 'authentication' && error.code !== 'rate-limit')

const actions: Readonly<Record<string, string>> = {
  authentication: 'Renew the credentials of the account, and start the sync again.',
  permission: 'Give the credentials access to this part of the account, and start the sync again.',
  configuration: 'Correct the configuration of the account, and start the sync again.',
  'invalid-request': 'Report this: the adapter sent what the vendor refuses.',
  unsupported: 'Nothing: the vendor does not offer this.',
  'rate-limit': 'Nothing: it is tried again when the vendor allows it.',
  network: 'Nothing, if it passes: it is tried again. Otherwise check the way to the vendor.',
  timeout: 'Nothing, if it passes: it is tried again. Otherwise check the way to the vendor.',
  'vendor-fault': 'Nothing, if it passes: it is tried again. Otherwise ask the vendor.',
  response: 'Look for a newer version of the adapter: the vendor answers in another form.',
}

/** An error as the status shows it. Errors of the library hold no secret and no customer's text. */
export function actionFor(error: unknown, account: string, now: number): SyncError {
  const at = new Date(now).toISOString()
  if (!isParleyError(error))
    return { code: 'internal', message: `${account}: an unexpected error.`, action: 'Report this.', at }
  if (isRefusedValue(error))
    return { code: 'internal', message: `${account}: ${error.message}`, action: 'Report this.', at }
  return {
    code: error.code,
    message: storable(error.message),
    action: actions[error.code] ?? 'Nothing: it is tried again.',
    at,
  }
}
