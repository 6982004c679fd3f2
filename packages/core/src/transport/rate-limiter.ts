import type { Priority } from '../contract/options.ts'
import type { Clock } from './clock.ts'
import { type LimitReading, longestStop, sensibleLimits } from './limit-headers.ts'
import {
  createDailyQuota,
  createLimitWindow,
  type LimitSource,
  marginOf,
  priorities,
  type RateLimitStatus,
  rankOf,
  type Slot,
  steadyTime,
} from './limit-window.ts'
import { createSharing, type SharedLimiter } from './shared-limiter.ts'

/** One rate limit of a vendor, shared by all requests of this process that count against it. */
export interface RateLimiter {
  /**
   * Takes a slot: at once if one is free and no request waits, otherwise when the request's turn comes.
   *
   * @throws the signal's reason if the caller aborts.
   */
  enter(request: SlotRequest): Slot | Refusal | Promise<Slot | Refusal>
  /** Must be called once for each slot, when the request was answered or has failed. */
  answered(slot: Slot): void
  /** Applies the limit headers of an answer. An impossible value is ignored and passed to `warn`. */
  observe(reading: LimitReading, warn?: (message: string) => void): void
  /** The vendor refused a request: no request is sent for this time, at most `longestStop`. */
  block(milliseconds: number): void
  state(): RateLimitStatus
}

export interface RateLimiterOptions {
  /** Whether the vendor's headers leave this limit unchanged. It is set by the option `rate`, as a part of the vendor's. */
  fixed?: boolean
  /** The name of the limit in the processes that share it. */
  scope?: string
  limiter?: SharedLimiter | undefined
}

interface Waiter {
  readonly priority: Priority
  readonly request: SlotRequest
  end(entry: Slot | Refusal): void
  /** How many requests of higher priority had been sent when this one began to wait. */
  readonly wentBefore: number
}

/**
 * The most slots that are reserved in the shared store at once. These slots are then taken, so up to this many requests
 * of this process can go before an urgent request of another process.
 */
const mostAtOnce = 4

export function createRateLimiter(
  clock: Clock,
  limit: { requests: number; perMs: number } | null,
  options: RateLimiterOptions = {},
): RateLimiter {
  const window = createLimitWindow(limit)
  const day = createDailyQuota()
  const line = createPriorityQueue<Waiter>()
  const sharing = options.limiter && createSharing(clock, options.scope ?? '', options.limiter)
  let source: LimitSource | null = limit && (options.fixed ? 'option' : 'documented')
  let blockedUntil = 0
  /** The time before which the shared store has no free slot. */
  let sharedFrom = 0
  let isAsking = false
  let onTheWay = 0
  /** How many requests were sent, for each rank of priority. */
  const went: number[] = []
  let disarm = () => {}

  const tick = steadyTime(clock, (back) => {
    for (const part of [window, day, sharing]) part?.shift(back)
    blockedUntil -= back
    sharedFrom -= back
  })

  const wentBefore = (priority: Priority): number => {
    let count = 0
    for (let rank = 0; rank < rankOf(priority); rank++) count += went[rank] ?? 0
    return count
  }

  const grant = (priority: Priority, now: number): Slot => {
    day.take(now)
    onTheWay++
    const rank = rankOf(priority)
    went[rank] = (went[rank] ?? 0) + 1
    return window.take(now)
  }

  /** The refusal that waiting for a slot cannot avoid, if there is one. */
  const refusalOf = ({ priority, deadline, longestBlock }: SlotRequest, now: number): Refusal | undefined => {
    const dayMs = day.waitFor(now, priority)
    if (dayMs > 0) return { refused: 'day', waitMs: dayMs, overtaken: 0 }
    const blockedMs = blockedUntil - now
    if (blockedMs > 0 && (blockedMs > longestBlock || now + blockedMs >= deadline))
      return { refused: 'blocked', waitMs: waitFor(now), overtaken: 0 }
    const downMs = sharing?.failsWhenDown ? sharing.downUntil() - now : 0
    return downMs > 0 ? { refused: 'limiter', waitMs: downMs, overtaken: 0 } : undefined
  }

  /**
   * Milliseconds until one more request may be sent.
   *
   * @param before how many waiting requests go first.
   */
  const waitFor = (now: number, before = 0): number => Math.max(0, blockedUntil - now, window.waitFor(now, before))

  const isShared = (now: number): boolean => sharing !== undefined && window.perMs > 0 && sharing.downUntil() <= now

  /** Gives the free slots to the waiting requests, and runs again when the next slot becomes free. */
  const admit = (): void => {
    disarm()
    for (let waiter = line.first(); waiter; waiter = line.first()) {
      const now = tick()
      const refusal = refusalOf(waiter.request, now)
      const shared = isShared(now)
      const wait = Math.max(waitFor(now), shared ? sharedFrom - now : 0)
      if (refusal) waiter.end(refusal)
      else if (wait > 0) {
        disarm = clock.after(wait, admit)
        return
      } else if (shared) {
        void share(waiter, now)
        return
      } else waiter.end(grant(waiter.priority, now))
    }
  }

  /** Reserves slots in the shared store, and gives them to the requests that are first when the store answers. */
  const share = async (asker: Waiter, asked: number): Promise<void> => {
    if (isAsking || !sharing) return
    isAsking = true
    const { requests, perMs } = window
    const slots = Math.min(line.size, mostAtOnce, window.allowed(asked) - window.used(asked))
    const holdMs = perMs + marginOf(perMs)
    const reserved = await sharing.reserve({ slots, requests, holdMs }, asker.request.warn)
    isAsking = false
    const now = tick()
    for (let slot = 0; slot < (reserved?.granted ?? 0) && waitFor(now) === 0; slot++) {
      const waiter = line.first()
      if (!waiter) break
      waiter.end(refusalOf(waiter.request, now) ?? grant(waiter.priority, now))
    }
    sharedFrom = reserved && reserved.granted < slots ? now + reserved.waitMs : 0
    admit()
  }

  const join = (request: SlotRequest, now: number): Promise<Slot | Refusal> =>
    new Promise((resolve, reject) => {
      const { priority, deadline, signal } = request
      if (signal?.aborted) return reject(signal.reason)
      const leave = () => {
        line.leave(waiter)
        cancel()
        signal?.removeEventListener('abort', giveUp)
        if (line.size === 0) disarm()
      }
      const waiter: Waiter = {
        priority,
        request,
        wentBefore: wentBefore(priority),
        end(entry) {
          leave()
          resolve('refused' in entry ? { ...entry, overtaken: wentBefore(priority) - waiter.wentBefore } : entry)
        },
      }
      const giveUp = () => {
        leave()
        reject(signal?.reason)
      }
      const cancel = clock.after(deadline - now, () =>
        waiter.end({ refused: 'deadline', waitMs: Math.max(1, waitFor(tick())), overtaken: 0 }),
      )
      signal?.addEventListener('abort', giveUp, { once: true })
      line.join(waiter)
      admit()
    })

  /** After a refusal, some waiting requests can no longer get a slot in time. They fail at once. */
  const review = (): void => {
    const now = tick()
    for (const waiter of line.all()) {
      const refusal = refusalOf(waiter.request, now)
      if (refusal) waiter.end(refusal)
    }
    admit()
  }

  return {
    enter(request) {
      const now = tick()
      const refusal = refusalOf(request, now)
      if (refusal) return refusal
      const wait = waitFor(now, line.size === 0 ? 0 : line.before(request.priority))
      if (wait === 0 && line.size === 0 && !isShared(now)) return grant(request.priority, now)
      return now + wait < request.deadline ? join(request, now) : { refused: 'deadline', waitMs: wait, overtaken: 0 }
    },
    answered(slot) {
      onTheWay--
      window.answered(slot, tick())
      if (line.size > 0) admit()
    },
    observe(given, warn = () => {}) {
      const now = tick()
      const reading = sensibleLimits(given, now, warn)
      if (!options.fixed) {
        if (reading.max !== undefined) window.requests = Math.floor(reading.max)
        if (reading.windowMs !== undefined) window.perMs = reading.windowMs
        if (reading.max !== undefined && window.perMs > 0) source = 'vendor'
      }
      // Requests that the vendor counts beyond our own were made by other programs. With a shared limiter, they may be
      // those of our other processes, which the store already counts.
      if (reading.remaining !== undefined && window.perMs > 0 && !isShared(now)) {
        const isUsedUp = reading.remaining <= 0
        const counted = options.fixed && !isUsedUp ? 0 : window.requests - reading.remaining
        const others = Math.min(counted, window.requests) - window.used(now)
        if (others > 0) window.takeForOthers(now, others)
      }
      day.observe(reading, now, onTheWay)
      if (line.size > 0) admit()
    },
    block(milliseconds) {
      const now = tick()
      window.refused(now)
      if (milliseconds > 0) blockedUntil = Math.max(blockedUntil, now + Math.min(milliseconds, longestStop))
      if (line.size > 0) review()
    },
    state() {
      const now = tick()
      const isLimited = Number.isFinite(window.requests) && window.perMs > 0
      return {
        used: window.used(now),
        allowed: isLimited ? window.allowed(now) : null,
        windowMs: window.perMs || null,
        source: isLimited ? source : null,
        daily: day.state(now),
        blockedUntil: blockedUntil > now ? blockedUntil : null,
        waiting: line.counts(),
        sharing: sharing ? (sharing.downUntil() > 0 ? 'down' : 'up') : null,
      }
    },
  }
}

/**
 * The waiting requests, in the order in which they are sent: by priority, then by arrival. Every operation except `all`
 * takes constant time on average.
 */
interface PriorityQueue<Waiter extends { readonly priority: Priority }> {
  readonly size: number
  /** How many requests of each priority wait. */
  counts(): Record<Priority, number>
  /** How many waiting requests would go before a new one of this priority. */
  before(priority: Priority): number
  join(waiter: Waiter): void
  /** @returns whether the waiter was in the queue. */
  leave(waiter: Waiter): boolean
  /** The next waiter. It stays in the queue until `leave`. */
  first(): Waiter | undefined
  all(): Waiter[]
}

interface Rank<Waiter> {
  /** In the order of arrival, from `head` on. Waiters that left are skipped, and removed from time to time. */
  list: Waiter[]
  head: number
  waiting: Set<Waiter>
}

function createPriorityQueue<Waiter extends { readonly priority: Priority }>(): PriorityQueue<Waiter> {
  const ranks = new Map<Priority, Rank<Waiter>>()
  let size = 0

  return {
    get size() {
      return size
    },
    counts: () =>
      Object.fromEntries(priorities.map((priority) => [priority, ranks.get(priority)?.waiting.size ?? 0])) as Record<
        Priority,
        number
      >,
    before(priority) {
      let count = 0
      for (const rank of priorities) {
        count += ranks.get(rank)?.waiting.size ?? 0
        if (rank === priority) break
      }
      return count
    },
    join(waiter) {
      const rank = ranks.get(waiter.priority) ?? { list: [], head: 0, waiting: new Set() }
      ranks.set(waiter.priority, rank)
      rank.list.push(waiter)
      rank.waiting.add(waiter)
      size++
    },
    leave(waiter) {
      const rank = ranks.get(waiter.priority)
      if (!rank?.waiting.delete(waiter)) return false
      size--
      if (rank.list.length > 2 * rank.waiting.size + 32) {
        rank.list = [...rank.waiting]
        rank.head = 0
      }
      return true
    },
    first() {
      for (const priority of priorities) {
        const rank = ranks.get(priority)
        if (!rank?.waiting.size) continue
        while (!rank.waiting.has(rank.list[rank.head] as Waiter)) rank.head++
        return rank.list[rank.head]
      }
      return undefined
    },
    all: () => priorities.flatMap((priority) => [...(ranks.get(priority)?.waiting ?? [])]),
  }
}

/** A request that needs a slot. */
export interface SlotRequest {
  priority: Priority
  /** The time after which a slot is of no use, in milliseconds since the epoch. */
  deadline: number
  /** The longest block by the vendor that the request waits for, in milliseconds. After a longer one it fails at once. */
  longestBlock: number
  signal: AbortSignal | undefined
  warn(message: string): void
}

/**
 * Why the request gets no slot. `blocked`: the vendor refused a request and asked for a longer wait than this request
 * allows. `day`: the daily limit is used up. `deadline`: no slot becomes free before the request's deadline. `limiter`:
 * the shared limiter cannot be reached.
 */
export interface Refusal {
  refused: 'blocked' | 'day' | 'deadline' | 'limiter'
  /** After how many milliseconds a new try may get a slot. */
  waitMs: number
  /** How many requests of a higher priority were sent while this one waited. */
  overtaken: number
}
