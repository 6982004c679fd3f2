import type { StateStore } from '../state-store.ts'

/** Begins work that cannot be stopped, and waits for it until the time is up or the caller aborts. */
export type Wait = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Takes all of these locks, in one order, so that two calls cannot wait for each other.
 *
 * @param wait limits each wait. Whoever gives up holds no lock, not even one that comes later.
 * @returns gives the locks back. It never fails, because the work under them is done.
 * @throws what `wait` throws, and the error of the store.
 */
export async function holdLocks(
  store: Pick<StateStore, 'lock'>,
  keys: readonly string[],
  wait: Wait,
): Promise<() => Promise<void>> {
  const releases: (() => Promise<void>)[] = []
  const releaseAll = async () => {
    for (const release of releases.reverse()) await release()
  }
  try {
    for (const key of [...new Set(keys)].sort()) releases.push(await holdLock(store, key, wait))
  } catch (error) {
    // Not awaited, because the time may be up.
    void releaseAll()
    throw error
  }
  return releaseAll
}

async function holdLock(store: Pick<StateStore, 'lock'>, key: string, wait: Wait): Promise<() => Promise<void>> {
  let isGivenUp = false
  let taken = () => {}
  const isTaken = new Promise<void>((resolve) => {
    taken = resolve
  })
  let release = () => {}
  const isReleased = new Promise<void>((resolve) => {
    release = resolve
  })
  let held: Promise<unknown> = isTaken
  try {
    await wait(() => {
      held = store.lock(`lock ${key}`, async () => {
        if (isGivenUp) return
        taken()
        await isReleased
      })
      return Promise.race([isTaken, held])
    })
  } catch (error) {
    isGivenUp = true
    release()
    held.catch(() => {})
    throw error
  }
  return async () => {
    release()
    await held.catch(() => {})
  }
}
