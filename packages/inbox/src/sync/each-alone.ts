import { mayBeAlone } from './failures.ts'
import type { Pass } from './pass.ts'

/** So many failures in a row are not the fault of single records. */
const mostInARow = 3

/**
 * Reads records one by one, in the order given.
 *
 * @param skip is called for a record that cannot be read, so that it does not keep the others from being read.
 * @returns whether the time of the pass was enough for all.
 */
export type ReadEach = <Item>(
  items: readonly Item[],
  read: (item: Item) => Promise<void>,
  skip: (item: Item, error: unknown) => Promise<void>,
) => Promise<boolean>

/**
 * The only way in which a pass reads one record after another. If several in a row fail, counted over all calls, the error is
 * thrown instead of skipping them.
 *
 * @param concurrency how many are read at the same time.
 */
export function eachAlone(pass: Pass, concurrency = 1): ReadEach {
  let failuresInARow = 0
  return async (items, read, skip) => {
    let failure: { error: unknown } | undefined
    let isEnough = true
    const queue = items.values()
    const readOne = async (item: (typeof items)[number]): Promise<void> => {
      try {
        await read(item)
        failuresInARow = 0
      } catch (error) {
        const isAlone = mayBeAlone(error) && ++failuresInARow < mostInARow
        if (pass.signal.aborted || !isAlone) throw error
        await skip(item, error)
      }
    }
    const work = async (): Promise<void> => {
      for (const item of queue) {
        if (pass.isOver()) isEnough = false
        if (failure || !isEnough) return
        await readOne(item).catch((error: unknown) => {
          failure ??= { error }
        })
      }
    }
    await Promise.all(Array.from({ length: concurrency }, work))
    if (failure) throw failure.error
    return isEnough
  }
}
