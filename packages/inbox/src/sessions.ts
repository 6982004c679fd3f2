import type { JsonObject } from '@parley/core'
import type { Store } from './store/store.ts'

/** For how long something is kept, in milliseconds. */
export interface SessionLifetime {
  /** Since it was last used. */
  idle: number
  /** Since it was made. */
  absolute: number
}

/**
 * The sessions and the one-time sign-in links of a server, shared by all servers over one store. Only digests of the secrets
 * are kept. Times go by the clock of the database.
 */
export interface Sessions {
  add(kind: string, digest: Uint8Array, value: JsonObject, lifetime: SessionLifetime): Promise<void>
  /** The value, if it has not expired. It now expires `idle` milliseconds later, but not after its `absolute` end. */
  use(kind: string, digest: Uint8Array, idle: number): Promise<JsonObject | undefined>
  /** The value, if it has not expired, without using it. */
  see(kind: string, digest: Uint8Array): Promise<JsonObject | undefined>
  /** Removes it. Of several callers at the same time, only one gets the value. */
  take(kind: string, digest: Uint8Array): Promise<JsonObject | undefined>
}

/** @throws ConfigurationError for what is no store of `createStore`. */
export const sessionsOf = async (store: Store): Promise<Sessions> =>
  (await import('./store/session-rows.ts')).sessionRows(store)
