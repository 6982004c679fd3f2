import type { SimulatedTime } from './simulated-time.ts'

export interface LimitedVendor {
  fetch: typeof fetch
  /** When each good request arrived. */
  readonly arrived: number[]
  refused(): number
  /** Counts requests of another program, without answering anybody. */
  usedByOthers(count: number): void
  max: number
}

/**
 * A vendor that counts requests as they arrive and refuses those beyond its limit.
 *
 * @param options.window `fixed`: one begins with the first request after the last one ended, as the emulators have it;
 * `aligned`: at whole multiples of its length; `sliding`: never too many in any stretch of time.
 * @param options.way how long a request takes to arrive; its answer takes as long again, and a while to be made.
 */
export function limitedVendor(
  time: SimulatedTime,
  options: {
    max: number
    windowMs: number
    window: 'fixed' | 'aligned' | 'sliding'
    way: () => number
    headers?: boolean
  },
): LimitedVendor {
  const { windowMs, window, way } = options
  const arrived: number[] = []
  /** Of this window, others' as well. */
  let counted: number[] = []
  let began = Number.NEGATIVE_INFINITY
  let refused = 0

  const forget = (now: number) => {
    if (window === 'sliding') counted = counted.filter((at) => at > now - windowMs)
    else if (now - began >= windowMs) {
      counted = []
      began = window === 'aligned' ? Math.floor(now / windowMs) * windowMs : now
    }
  }

  const vendor: LimitedVendor = {
    arrived,
    max: options.max,
    refused: () => refused,
    usedByOthers(count) {
      forget(time.now())
      for (let turn = 0; turn < count; turn++) counted.push(time.now())
    },
    async fetch() {
      await time.sleep(way())
      const now = time.now()
      forget(now)
      const isGood = counted.length < vendor.max
      if (isGood) {
        counted.push(now)
        arrived.push(now)
      } else refused++
      const headers: Record<string, string> = {
        'x-max': String(vendor.max),
        'x-window': String(windowMs),
        'x-left': String(Math.max(0, vendor.max - counted.length)),
      }
      await time.sleep(way() * 2)
      return new Response('{}', { status: isGood ? 200 : 429, headers: options.headers === false ? {} : headers })
    },
  }
  return vendor
}

/** Reads the headers of such a vendor. */
export const readLimits = (headers: Headers) =>
  headers.has('x-left')
    ? {
        max: Number(headers.get('x-max')),
        windowMs: Number(headers.get('x-window')),
        remaining: Number(headers.get('x-left')),
      }
    : undefined
