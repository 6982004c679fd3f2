import type { Clock } from './clock.ts'

/**
 * The time of a clock that people and programs set back.
 *
 * @param setBack is told by how many milliseconds, so that what is remembered can move with it: a wait of ten seconds
 * stays one.
 */
export function steadyTime(clock: Clock, setBack: (milliseconds: number) => void): () => number {
  let last = clock.now()
  return () => {
    const now = clock.now()
    if (now < last) setBack(last - now)
    last = now
    return now
  }
}
