import { amended, ConfigurationError } from '../errors/kinds.ts'
import { isParleyError } from '../errors/parley-error.ts'
import { memoryStore, type StateStore } from '../state-store.ts'
import { within } from '../transport/clock.ts'
import { at } from '../transport/failure.ts'
import type { Call } from '../transport/protocol.ts'
import type { TransportSettings } from '../transport/settings.ts'
import { outOfTime, type Transport } from '../transport/transport.ts'
import { holdLocks } from './locks.ts'

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
 * @param names all names of the visitor.
 * @throws TimeoutError when the deadline passes before; the signal's reason; ConfigurationError when the store fails. Nothing
 * was sent.
 */
export async function alone<T>(
  { settings }: Pick<Transport, 'settings'>,
  call: Call,
  names: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const { signal } = call
  const late = () =>
    amended(outOfTime(call, 'another call for the same visitor took too long.'), { outcome: 'not-done' })
  const store = storeOf(settings)
  const lock: StateStore['lock'] = (key, held) => withStore(call, () => store.lock(key, held))
  const release = await holdLocks({ lock }, names, async (begin) => {
    signal?.throwIfAborted()
    const milliseconds = call.deadline - call.now()
    if (milliseconds <= 0) throw late()
    return within(begin(), { clock: settings.clock, milliseconds, signal, late })
  })
  try {
    return await work()
  } finally {
    await release()
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
