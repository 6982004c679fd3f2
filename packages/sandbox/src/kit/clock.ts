import { subscribe } from 'node:diagnostics_channel'

/** An injected clock. It has the shape of `Clock` in `@parley/core`, so an adapter and its emulator can share one. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back once after this many milliseconds. The returned function cancels the call. */
  after(milliseconds: number, callback: () => void): () => void
}

/** Starts at an instant and runs on in real time, so that everything clients write is later than the seeded data. */
export function runningClock(start: number): Clock {
  const origin = performance.now()
  return {
    now: () => start + Math.floor(performance.now() - origin),
    after(milliseconds, callback) {
      const timer = setTimeout(callback, Math.min(milliseconds, 2_147_483_647))
      return () => clearTimeout(timer)
    },
  }
}

/** Waits, until a signal ends it early; never rejects. */
export function wait(clock: Pick<Clock, 'after'>, milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      cancel()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(milliseconds, done)
    signal?.addEventListener('abort', done)
  })
}

// Taken here, because a test may replace them by fake timers later.
const { setImmediate, setTimeout } = globalThis

/** The requests of this process that `fetch` has begun and not yet ended. */
const underWay = new Set<object>()
/** How many of these requests an emulator keeps waiting on purpose. */
let held = 0
/** Changes whenever a request makes progress. */
let signs = 0
/** How many digests and signatures are being made, in other threads. */
let digests = 0
let isWatching = false

/**
 * Starts to count what this process waits for: its requests, each of which Node's `fetch` announces on these channels, and
 * the work of `crypto.subtle`, which nothing announces.
 */
export function watchRequests(): void {
  if (isWatching) return
  isWatching = true
  for (const name of ['digest', 'importKey', 'sign', 'verify'] as const) watchDigests(name)
  const on = (name: string, then: (request: object) => void) =>
    subscribe(`undici:request:${name}`, (message) => {
      signs += 1
      then((message as { request: object }).request)
    })
  on('create', (request) => underWay.add(request))
  on('bodySent', () => {})
  on('headers', () => {})
  on('trailers', (request) => underWay.delete(request))
  on('error', (request) => underWay.delete(request))
}

function watchDigests(name: 'digest' | 'importKey' | 'sign' | 'verify'): void {
  const { subtle } = globalThis.crypto
  const work = subtle[name].bind(subtle) as (...input: unknown[]) => Promise<unknown>
  const watched = async (...input: unknown[]) => {
    digests += 1
    try {
      return await work(...input)
    } finally {
      digests -= 1
    }
  }
  Object.defineProperty(subtle, name, { value: watched, configurable: true, writable: true })
}

/** Marks a request as one that waits for time, or forever, and not for work. The returned function ends this. */
export function holdRequest(): () => void {
  let isHeld = true
  held += 1
  return () => {
    if (isHeld) held -= 1
    isHeld = false
  }
}

/** Delays a request by the clock. The delay ends early if the client disconnects. */
export async function hold(clock: Pick<Clock, 'after'>, milliseconds: number, signal: AbortSignal): Promise<void> {
  const release = holdRequest()
  await wait(clock, milliseconds, signal)
  release()
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 1))

/** After this many turns of the event loop without work in progress, the program counts as idle. */
const calmTurns = 30
/** After this many turns, a real millisecond passes, for work in other threads that is not announced. */
const turnsBeforePause = 20
/** After this many pauses without progress, a request counts as one that is never answered. */
const longSilence = 1_000

/**
 * Resolves when the program only waits for time: no request is in progress, no file is being read, no digest is being made,
 * and every callback has run. A request whose server is silent for a second is no longer waited for.
 */
export async function idle(): Promise<void> {
  let calm = 0
  let busy = 0
  let silence = 0
  let seen = signs
  while (calm < calmTurns && silence < longSilence) {
    const isResting = calm === turnsBeforePause || busy > turnsBeforePause
    await (isResting ? pause() : turn())
    const isBusy = underWay.size > held || digests > 0 || isReading()
    const hasMoved = seen !== signs
    seen = signs
    calm = isBusy || hasMoved ? 0 : calm + 1
    busy = isBusy ? busy + 1 : 0
    silence = isResting && isBusy && !hasMoved ? silence + 1 : 0
  }
  if (silence >= longSilence) underWay.clear()
}

/** Whether files, host names or connections are in use: modules are being loaded, or stores read. */
const isReading = (): boolean =>
  process.getActiveResourcesInfo().some((name) => /^(?:FSReq|GetAddrInfo|TCPConnect)/.test(name))

const withoutZone = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/

/** Like `Date.parse`, but an instant without a time zone is UTC and not the machine's local time. */
export const parseInstant = (text: string): number => Date.parse(text.replace(withoutZone, '$1T$2Z'))
