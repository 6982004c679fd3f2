import { amended, ConfigurationError } from '../errors/kinds.ts'
import { isParleyError } from '../errors/parley-error.ts'
import { memoryStore, type StateStore } from '../state-store.ts'
import { at } from '../transport/failure.ts'
import type { Call } from '../transport/protocol.ts'
import type { TransportSettings } from '../transport/settings.ts'
import { outOfTime } from '../transport/transport.ts'

/** The stores of adapters without one of their own. */
const memories = new WeakMap<TransportSettings, StateStore>()

/** The adapter's `store`, or one in memory. */
export function storeOf(settings: TransportSettings): StateStore {
  if (settings.store) return settings.store
  const store = memories.get(settings) ?? memoryStore()
  memories.set(settings, store)
  return store
}

/**
 * Runs `work` while no other call works for the same visitor, in any process that shares the store.
 *
 * @param names all names of the visitor. They are locked in one order, so that two calls cannot wait for each other.
 * @throws TimeoutError when the deadline has passed by then; ConfigurationError when the store fails. Nothing was sent.
 */
export async function alone<T>(
  call: Call,
  store: StateStore,
  names: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  let isWorking = false
  const inside = async (): Promise<T> => {
    isWorking = true
    call.signal?.throwIfAborted()
    if (call.now() >= call.deadline)
      throw amended(outOfTime(call, 'another call for the same visitor took too long.'), { outcome: 'not-done' })
    return work()
  }
  const locked = [...names]
    .sort()
    .reduce<() => Promise<T>>((inner, name) => () => store.lock(`lock ${name}`, inner), inside)
  try {
    return await locked()
  } catch (error) {
    throw isWorking ? error : storeFailed(call, error)
  }
}

/** Reads or writes the store. @throws ConfigurationError when it fails. */
export async function withStore<T>(call: Call, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw storeFailed(call, error)
  }
}

function storeFailed({ vendor, account, operation }: Call, cause: unknown): unknown {
  if (isParleyError(cause)) return cause
  return new ConfigurationError({
    vendor,
    account,
    operation,
    message: `${at({ vendor, account, operation })}: the store failed; its error is the cause.`,
    outcome: 'not-done',
    cause,
    fields: [{ path: 'store', problem: 'failed' }],
  })
}
