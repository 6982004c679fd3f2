import type { Clock } from '@parley/core'

/**
 * Time that stands still while a request is on its way and jumps to the next timer when nothing else is left to happen,
 * so that a wait of two minutes costs nothing and no timeout strikes by accident.
 */
export function patientClock(start: string): { clock: Clock; fetch: typeof fetch; passed(): number } {
  const from = Date.parse(start)
  let now = from
  let underWay = 0
  let idle = 0
  const timers = new Map<object, { at: number; callback: () => void }>()

  const turn = () => {
    if (timers.size === 0) return
    idle = underWay > 0 ? 0 : idle + 1
    if (idle > 20) {
      idle = 0
      const [key, timer] = [...timers].reduce((first, next) => (next[1].at < first[1].at ? next : first))
      timers.delete(key)
      now = Math.max(now, timer.at)
      timer.callback()
    }
    setImmediate(turn)
  }

  return {
    clock: {
      now: () => now,
      after(milliseconds, callback) {
        const key = {}
        timers.set(key, { at: now + milliseconds, callback })
        if (timers.size === 1) setImmediate(turn)
        return () => timers.delete(key)
      },
    },
    async fetch(...request) {
      underWay++
      try {
        // Whole, so that no time passes while the body is still on its way.
        const response = await globalThis.fetch(...request)
        const body = await response.arrayBuffer()
        return new Response(body.byteLength > 0 ? body : null, { status: response.status, headers: response.headers })
      } finally {
        underWay--
      }
    },
    passed: () => now - from,
  }
}

/** A server that takes the request and never answers. */
export const hangingFetch: typeof fetch = (input, init) =>
  new Promise((_, reject) => {
    const signal = input instanceof Request ? input.signal : init?.signal
    signal?.addEventListener('abort', () => reject(signal.reason))
  })

/** A connection that is closed before an answer comes. */
export const resettingFetch: typeof fetch = async () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
}
