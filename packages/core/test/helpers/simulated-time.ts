import type { Clock } from '../../src/index.ts'
// Loaded beforehand: the first request would otherwise wait for this code while no timer is set, and time would stop.
import '../../src/transport/trace.ts'

export interface SimulatedTime extends Clock {
  /** Lets time pass, from one timer to the next, until something is done. */
  until<T>(work: Promise<T>): Promise<T>
  /** Waits in this time. */
  sleep(milliseconds: number): Promise<void>
}

interface Timer {
  due: number
  callback: () => void
  cancelled: boolean
}

/** Time that jumps to the next timer as soon as nothing else is left to do: hours pass in seconds, in the right order. */
export function simulatedTime(start = Date.UTC(2026, 0, 15, 10, 30)): SimulatedTime {
  let now = start
  /** Sorted by `due`, the latest first. */
  const timers: Timer[] = []

  const after: Clock['after'] = (milliseconds, callback) => {
    const timer = { due: now + Math.max(0, milliseconds), callback, cancelled: false }
    let [low, high] = [0, timers.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((timers[middle] as Timer).due > timer.due) low = middle + 1
      else high = middle
    }
    timers.splice(low, 0, timer)
    return () => {
      timer.cancelled = true
    }
  }

  return {
    now: () => now,
    after,
    sleep: (milliseconds) => new Promise((resolve) => after(milliseconds, resolve)),
    async until(work) {
      let isDone = false
      const end = () => {
        isDone = true
      }
      work.then(end, end)
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve))
        if (isDone) return work
        let next = timers.pop()
        while (next?.cancelled) next = timers.pop()
        if (!next) throw new Error('it waits for something that never comes')
        now = Math.max(now, next.due)
        next.callback()
      }
    },
  }
}

/** Numbers in [0, 1) that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
