import type { Clock } from '../../src/index.ts'

export interface TestClock extends Clock {
  /** Moves time forward, calling back everything that falls due on the way, in order. */
  advance(milliseconds: number): Promise<void>
  /** Moves time forward at once; nobody is called back. */
  jump(milliseconds: number): void
  /** How many timers have neither fired nor been cancelled. */
  pending(): number
  /** How long each timer was set for, oldest first. */
  readonly set: number[]
  /** The timers that fired, by how long they had been set for. */
  readonly fired: number[]
}

interface Timer {
  due: number
  length: number
  callback: () => void
}

/**
 * Time that moves only when a test says so.
 *
 * @param options.skip timers shorter than this fire by themselves as soon as the program is idle, and time jumps to them:
 * waits pass at once while the longer deadlines stay where they are.
 */
export function createTestClock(options: { skip?: number; start?: number } = {}): TestClock {
  let now = options.start ?? Date.UTC(2026, 0, 15, 10, 30)
  const timers = new Set<Timer>()
  const set: number[] = []
  const fired: number[] = []

  const fire = (timer: Timer) => {
    if (!timers.delete(timer)) return
    now = Math.max(now, timer.due)
    fired.push(timer.length)
    timer.callback()
  }

  return {
    set,
    fired,
    now: () => now,
    pending: () => timers.size,
    jump(milliseconds) {
      now += milliseconds
    },
    after(milliseconds, callback) {
      const timer = { due: now + milliseconds, length: milliseconds, callback }
      set.push(milliseconds)
      timers.add(timer)
      if (milliseconds < (options.skip ?? 0)) setImmediate(() => fire(timer))
      return () => {
        timers.delete(timer)
      }
    },
    async advance(milliseconds) {
      const end = now + milliseconds
      for (;;) {
        await idle()
        const [next] = [...timers].filter(({ due }) => due <= end).sort((one, other) => one.due - other.due)
        if (!next) break
        fire(next)
      }
      now = end
      await idle()
    },
  }
}

/** Lets everything run that is waiting for nothing but its turn. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
