import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Event } from '@parley/core'
import type { WorkerOptions } from './worker.ts'

/** A worker, a process of its own. */
export interface Worker {
  /** Also the name of its connections to the database. */
  readonly name: string
  readonly child: ChildProcess
  /** What it printed: errors that no state shows. */
  readonly printed: readonly string[]
  /** Resolves to its exit code, and to `null` if it was killed. */
  readonly ended: Promise<number | null>
  isSuspended: boolean
  wasSuspended: boolean
  isDead: boolean
}

export interface Workers {
  readonly all: readonly Worker[]
  start(): Worker
  alive(): Worker[]
}

/** @param acknowledged called with the key of each event that a worker has stored. */
export function createWorkers(
  program: string,
  { url, accounts }: WorkerOptions,
  acknowledged: (key: string) => void,
): Workers {
  const all: Worker[] = []
  return {
    all,
    alive: () => all.filter(({ isDead }) => !isDead),
    start() {
      const name = `worker-${all.length}`
      const own: WorkerOptions = { url: `${url}&application_name=${name}`, accounts }
      const child = spawn(process.execPath, [program, JSON.stringify(own)], {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      })
      const printed: string[] = []
      for (const output of [child.stdout, child.stderr])
        if (output) createInterface({ input: output }).on('line', (line) => printed.push(line))
      const ended = new Promise<number | null>((resolve) => {
        child.once('exit', (code) => {
          worker.isDead = true
          resolve(code)
        })
      })
      child.on('message', (key) => acknowledged(String(key)))
      const worker: Worker = { name, child, printed, ended, isSuspended: false, wasSuspended: false, isDead: false }
      all.push(worker)
      return worker
    },
  }
}

/** The vendors' deliveries of webhooks. One that is not acknowledged is made again, to any worker. */
export interface Deliveries {
  send(event: Event): void
  acknowledge(key: string): void
  readonly acknowledged: ReadonlySet<string>
  /** Whether all are acknowledged. */
  isDone(): boolean
  stop(): void
}

const retryMs = 2_000

/** @param choose the worker that gets the next delivery. */
export function createDeliveries(choose: () => Worker | undefined): Deliveries {
  const waiting = new Map<string, Event>()
  const acknowledged = new Set<string>()
  // An event that does not arrive is not acknowledged.
  const deliver = (event: Event): void => void choose()?.child.send(event, () => {})
  const retries = setInterval(() => {
    for (const event of waiting.values()) deliver(event)
  }, retryMs)
  return {
    send(event) {
      waiting.set(event.dedupeKey, event)
      deliver(event)
    },
    acknowledge(key) {
      waiting.delete(key)
      acknowledged.add(key)
    },
    acknowledged,
    isDone: () => waiting.size === 0,
    stop: () => clearInterval(retries),
  }
}
