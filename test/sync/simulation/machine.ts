import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from '@parley/core'
import type { Random } from './random.ts'

/*
 * Processes on one machine, with a clock of their own. Whatever a process does beyond computing (a query, a request, a wait)
 * is a step, and one step is done at a time: of those that wait, the seed picks the next. So one seed gives one order of
 * everything, and between any two steps a process can be killed or stopped.
 */

/** A process. It is killed by the number of its steps, or stopped for a while and continued. */
export interface Process {
  readonly name: string
  readonly clock: Clock
  /** Resolves when the process was killed. */
  readonly death: Promise<'killed'>
  readonly isDead: boolean
  /** Does something that is seen outside of the process. Never resolves if the process is killed before or meanwhile. */
  step<T>(step: Step<T>): Promise<T>
  /** Called when the process dies. */
  onDeath(then: () => Promise<void> | void): void
  /** Runs a function as code of this process. */
  run<T>(work: () => Promise<T>): Promise<T>
  kill(): void
  /** Stops it for a while. */
  stop(milliseconds: number): void
}

interface Step<T> {
  /** For the trace. */
  what(): string
  work(): Promise<T>
  /** Whether it can be done now. Missing: yes. */
  isReady?(): boolean
  /** Whether the process must not be stopped before this step, because it holds what others need. */
  isHeld?(): boolean
}

export interface Fate {
  /** The number of the step at which the process is killed. Missing: it is not. */
  readonly killAt?: number | undefined
  /** Whether the last step is done. Its result is lost either way. */
  readonly killAfter?: boolean
  /** The number of the step before which the process is stopped. Missing: it is not. */
  readonly stopAt?: number | undefined
  /** For how long, in milliseconds. */
  readonly stopFor?: number
}

export interface Machine {
  readonly now: number
  readonly steps: number
  /** What is done between steps now and then: what happens at the vendors. */
  between: (() => Promise<void> | void) | undefined
  after: Clock['after']
  start(name: string, fate?: Fate): Process
  /** Works until the promise is settled. */
  until<T>(goal: Promise<T>): Promise<T>
  /** Moves the clock while nothing else works. */
  pass(milliseconds: number): Promise<void>
}

interface Waiting {
  readonly process: Owner
  readonly step: Step<unknown>
  resolve(value: unknown): void
  reject(error: unknown): void
}

interface Timer {
  due: number
  readonly number: number
  readonly owner: Owner | undefined
  readonly callback: () => void
}

interface Owner {
  readonly name: string
  fate: Fate
  steps: number
  isDead: boolean
  stoppedUntil: number
  deaths: (() => Promise<void> | void)[]
  die(value: 'killed'): void
  end: Promise<void>
}

const { setImmediate } = globalThis
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
/** After this many turns of the event loop, all code has run that a step has led to. */
const turns = 2
/** The turns before time moves, which cannot be undone. */
const manyTurns = 6

const current = new AsyncLocalStorage<Process>()
/** The process whose code is running. */
export const currentProcess = (): Process | undefined => current.getStore()

class Deadlock extends Error {}

/** @param trace takes a line for each step. */
export function createMachine(random: Random, start: number, trace?: (line: string) => void): Machine {
  let now = start
  let steps = 0
  let made = 0
  const timers = new Set<Timer>()
  const owners = new Set<Owner>()
  let waiting: Waiting[] = []

  const after = (owner: Owner | undefined, milliseconds: number, callback: () => void): (() => void) => {
    made += 1
    const timer = { due: now + Math.max(0, milliseconds), number: made, owner, callback }
    if (!owner?.isDead) timers.add(timer)
    return () => {
      timers.delete(timer)
    }
  }

  function kill(owner: Owner): void {
    if (owner.isDead) return
    owner.isDead = true
    waiting = waiting.filter((one) => one.process !== owner)
    for (const timer of timers) if (timer.owner === owner) timers.delete(timer)
    owner.end = (async () => {
      for (const then of owner.deaths) await then()
    })()
    owner.die('killed')
  }

  const dueOf = ({ due, owner }: Timer): number => Math.max(due, owner?.stoppedUntil ?? 0)

  function firstTimer(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of timers) {
      if (!first) first = timer
      else if (dueOf(timer) < dueOf(first) || (dueOf(timer) === dueOf(first) && timer.number < first.number))
        first = timer
    }
    return first
  }

  async function doStep({ process, step, resolve, reject }: Waiting): Promise<void> {
    steps += 1
    now += random.between(0, 3)
    process.steps += 1
    trace?.(`${new Date(now).toISOString()} ${process.name}: ${step.what().replace(/\s+/g, ' ')}`)
    const { killAt, killAfter, stopAt, stopFor = 0 } = process.fate
    const dies = killAt !== undefined && process.steps >= killAt
    if (dies && !killAfter) {
      kill(process)
      return process.end
    }
    if (stopAt !== undefined && process.steps >= stopAt && !step.isHeld?.()) {
      process.fate = { ...process.fate, stopAt: undefined }
      process.stoppedUntil = now + stopFor
      waiting.push({ process, step, resolve, reject })
      return
    }
    try {
      const value = await step.work()
      if (!dies) resolve(value)
    } catch (error) {
      if (!dies) reject(error)
    }
    if (dies) {
      kill(process)
      await process.end
    }
  }

  const isReady = ({ process, step }: Waiting): boolean =>
    process.stoppedUntil <= now && (step.isReady === undefined || step.isReady())

  async function settle(times: number): Promise<void> {
    for (let at = 0; at < times; at += 1) await turn()
  }

  /** Does one thing. `false`: there is nothing to do until `limit`. */
  async function advance(limit: number): Promise<boolean> {
    let ready = waiting.filter(isReady)
    if (ready.length === 0) {
      await settle(manyTurns)
      ready = waiting.filter(isReady)
    }
    if (ready.length > 0) {
      await machine.between?.()
      const alive = ready.filter((one) => waiting.includes(one) && isReady(one))
      const chosen = alive.length > 1 ? random.pick(alive) : alive[0]
      if (chosen) {
        waiting.splice(waiting.indexOf(chosen), 1)
        await doStep(chosen)
      }
      await settle(turns)
      return true
    }
    const timer = firstTimer()
    const woken = Math.min(
      ...waiting.map(({ process }) => (process.stoppedUntil > now ? process.stoppedUntil : Number.POSITIVE_INFINITY)),
    )
    const next = Math.min(woken, timer ? dueOf(timer) : Number.POSITIVE_INFINITY)
    if (next > limit) return false
    now = Math.max(now, next)
    if (timer && dueOf(timer) <= now) {
      timers.delete(timer)
      timer.callback()
    }
    await settle(turns)
    return true
  }

  const machine: Machine = {
    get now() {
      return now
    },
    get steps() {
      return steps
    },
    between: undefined,
    after: (milliseconds, callback) => after(undefined, milliseconds, callback),
    start(name, fate = {}) {
      let die: Owner['die'] = () => {}
      const death = new Promise<'killed'>((resolve) => {
        die = resolve
      })
      const owner: Owner = {
        name,
        fate,
        steps: 0,
        isDead: false,
        stoppedUntil: 0,
        deaths: [],
        die,
        end: Promise.resolve(),
      }
      owners.add(owner)
      const process: Process = {
        name,
        death,
        get isDead() {
          return owner.isDead
        },
        clock: {
          now: () => now,
          after: (milliseconds, callback) => after(owner, milliseconds, () => current.run(process, callback)),
        },
        step: <T>(step: Step<T>) =>
          new Promise<T>((resolve, reject) => {
            if (!owner.isDead)
              waiting.push({ process: owner, step, resolve: resolve as (value: unknown) => void, reject })
          }),
        onDeath: (then) => void owner.deaths.push(then),
        run: (work) => current.run(process, work),
        kill: () => kill(owner),
        stop(milliseconds) {
          owner.stoppedUntil = Math.max(owner.stoppedUntil, now + milliseconds)
        },
      }
      return process
    },
    async until(goal) {
      let isSettled = false
      const done = () => {
        isSettled = true
      }
      goal.then(done, done)
      await settle(turns)
      while (!isSettled) {
        const worked = await advance(Number.POSITIVE_INFINITY)
        if (!worked && !isSettled) throw new Deadlock('Everything waits, and nothing will ever happen.')
      }
      return goal
    },
    async pass(milliseconds) {
      const end = now + milliseconds
      while (await advance(end));
      now = Math.max(now, end)
    },
  }
  return machine
}
