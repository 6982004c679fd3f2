import { EventEmitter } from 'node:events'
import type { Duplex } from 'node:stream'
import { PGlite } from '@electric-sql/pglite'
import { openPglite } from '@parley/testkit/pglite'

/** A PGlite in this thread. It serves one run after another, also those of different programs. */
export interface SharedDatabase {
  /** The clock that the database goes by, in milliseconds since 1970. */
  clock: () => number
  /** How many programs have connected. */
  programs: number
  /** The tables that it has: see `prepare`. */
  schema: string | undefined
  /** Shortens the log of the database, which PGlite never does by itself. */
  checkpoint(): Promise<void>
  /** What the driver takes for a socket. */
  socket(): Duplex
  close(): Promise<void>
}

/** Opens a PGlite in memory. */
export async function openShared(): Promise<SharedDatabase> {
  const small = ['max_wal_size=32MB', 'min_wal_size=32MB', 'shared_buffers=16MB', 'jit=off']
  // Nothing is kept, and each statement is planned once.
  const fast = ['synchronous_commit=off', 'full_page_writes=off', 'plan_cache_mode=force_generic_plan']
  const startParams = [...PGlite.defaultStartParams, ...[...small, ...fast].flatMap((setting) => ['-c', setting])]
  const db = await openPglite({ startParams })
  const shared: SharedDatabase = {
    clock: () => Date.now(),
    programs: 0,
    schema: undefined,
    checkpoint: async () => void (await db.exec('checkpoint')),
    socket: () => socketTo((bytes) => withClock(shared.clock(), () => db.execProtocolRawSync(bytes))),
    close: () => db.close(),
  }
  return shared
}

/**
 * PGlite asks JavaScript for the time. It also starts timers, for limits of time that no statement here reaches. They would run by
 * the real clock with times of the simulated one, which are months apart, so none is started.
 */
function withClock<T>(now: number, work: () => T): T {
  const { now: realNow } = Date
  const { setTimeout: realTimeout } = globalThis
  Date.now = () => now
  globalThis.setTimeout = noTimer as unknown as typeof setTimeout
  try {
    return work()
  } finally {
    Date.now = realNow
    globalThis.setTimeout = realTimeout
  }
}

const noTimer = (): number => 0

/** What the driver uses of a socket. A real stream would take longer than most statements. */
function socketTo(execute: (bytes: Uint8Array) => Uint8Array): Duplex {
  const send = (bytes: Uint8Array): void => {
    const answer = Buffer.from(execute(bytes))
    // The driver sends from within its reading of the last answer.
    queueMicrotask(() => socket.emit('data', answer))
  }
  let corked: Uint8Array[] | undefined
  const nothing = () => socket
  const socket: EventEmitter = Object.assign(new EventEmitter(), {
    writable: true,
    connect() {
      process.nextTick(() => socket.emit('connect'))
      return socket
    },
    cork() {
      corked = []
    },
    uncork() {
      const bytes = Buffer.concat(corked ?? [])
      corked = undefined
      send(bytes)
    },
    write(bytes: Uint8Array) {
      if (corked) corked.push(bytes)
      else send(bytes)
    },
    end: nothing,
    setNoDelay: nothing,
    setKeepAlive: nothing,
    ref: nothing,
    unref: nothing,
  })
  return socket as Duplex
}
