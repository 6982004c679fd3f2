import type { Priority } from '../contract/options.ts'
import type { Clock } from './clock.ts'

/** The priorities, most urgent first. */
export const priorities: readonly Priority[] = ['send', 'live', 'catch-up', 'backfill', 'sweep']

const speaking: ReadonlySet<string> = new Set([
  'messages.ask',
  'messages.stream',
  'messages.reply',
  'messages.note',
  'messages.provideInput',
  'conversations.start',
])

/** Whether an operation sends a message. Its default priority is then `send`, the most urgent one. */
export const isSpeaking = (operation: string): boolean => speaking.has(operation)

/** The slot of one request. `until`: when the request no longer counts against the window. */
export interface Slot {
  until: number
}

/** The requests that count against a limit of `requests` in `perMs`. All times are in milliseconds, by one clock. */
interface LimitWindow {
  /** How many requests the vendor allows in a window. */
  requests: number
  /** The length of the window in milliseconds. 0: there is no limit. */
  perMs: number
  /** How many slots exist: fewer than `requests` for some windows after a refusal. */
  allowed(now: number): number
  /** How many slots are taken. */
  used(now: number): number
  /**
   * Milliseconds until the next slot is free. 0: now.
   *
   * @param after how many slots are taken first.
   */
  waitFor(now: number, after?: number): number
  take(now: number): Slot
  /** The request was answered: the vendor has counted it by now. */
  answered(slot: Slot, now: number): void
  /** Takes slots for requests that other programs have just made. */
  takeForOthers(now: number, count: number): void
  /** The vendor refused a request although it had a slot. */
  refused(now: number): void
  /** The clock was set back: moves every stored time back by this much. */
  shift(milliseconds: number): void
}

/** The most slots that one answer's headers can take, so that a nonsense value does not fill the memory. */
const mostOfOthers = 10_000

/**
 * How much longer than the vendor's window a request counts, at most, in milliseconds. The vendor counts a request when
 * it arrives, which is later than when it was sent.
 */
export const marginOf = (perMs: number): number => Math.ceil(perMs / 20)

/**
 * A sliding window. It also keeps the limit of a vendor whose windows are fixed, wherever they begin.
 *
 * The vendor counts a request when it arrives, which is some time between sending and the answer. A slot is therefore
 * free again one window after the answer: the next request with this slot then arrives at least one window later. A
 * slot never waits longer for its answer than `marginOf`, which keeps 95 % of the rate.
 */
export function createLimitWindow(limit: { requests: number; perMs: number } | null): LimitWindow {
  /** Oldest first, from `head` on. */
  let slots: Slot[] = []
  let head = 0
  const caution = createCaution()

  const forget = (now: number) => {
    while (head < slots.length && (slots[head] as Slot).until <= now) head++
    if (head > 1024) {
      slots = slots.slice(head)
      head = 0
    }
  }
  const add = (until: number): Slot => {
    const slot = { until }
    slots.push(slot)
    return slot
  }

  const window: LimitWindow = {
    requests: limit?.requests ?? Number.POSITIVE_INFINITY,
    perMs: limit?.perMs ?? 0,
    allowed: (now) => caution.of(window.requests, now, window.perMs),
    used(now) {
      forget(now)
      return slots.length - head
    },
    waitFor(now, after = 0) {
      if (window.perMs === 0) return 0
      const allowed = window.allowed(now)
      const used = window.used(now)
      // How many slots must become free first. If that is more than are taken now, some slots must become free twice.
      const over = used + after + 1 - allowed
      if (over <= 0) return 0
      const rounds = Math.max(0, Math.ceil((over - used) / allowed))
      const slot = slots[head + over - rounds * allowed - 1]
      return rounds * window.perMs + (slot ? Math.max(1, slot.until - now) : 0)
    },
    take: (now) => (window.perMs === 0 ? { until: now } : add(now + window.perMs + marginOf(window.perMs))),
    answered(slot, now) {
      slot.until = Math.min(slot.until, now + window.perMs)
    },
    takeForOthers(now, count) {
      for (let taken = 0; taken < Math.min(count, mostOfOthers); taken++) add(now + window.perMs)
    },
    refused(now) {
      caution.refused(now, window.perMs)
    },
    shift(milliseconds) {
      caution.shift(milliseconds)
      for (let index = head; index < slots.length; index++) (slots[index] as Slot).until -= milliseconds
    },
  }
  return window
}

/** Which part of a limit to use after the vendor refused a request that had a slot. */
interface Caution {
  refused(now: number, perMs: number): void
  /** How many of `requests` to use. */
  of(requests: number, now: number, perMs: number): number
  shift(milliseconds: number): void
}

const cut = 0.8
const regainedPerWindow = 0.05

/**
 * A refusal within the limit means that other programs use the same limit, or that it is lower than documented. The
 * vendor does not say by how much. So a fifth less is used from then on, and a twentieth of the limit is restored in each
 * window without a refusal.
 */
function createCaution(): Caution {
  let part = 1
  let since = 0

  const partAt = (now: number, perMs: number): number =>
    part === 1 ? 1 : Math.min(1, part + regainedPerWindow * Math.floor((now - since) / perMs))

  return {
    refused(now, perMs) {
      // Several refusals within one window count as one.
      if (perMs === 0 || (part < 1 && now - since < perMs)) return
      part = cut * partAt(now, perMs)
      since = now
    },
    of(requests, now, perMs) {
      const inForce = partAt(now, perMs)
      if (inForce === 1) part = 1
      return inForce === 1 ? requests : Math.max(1, Math.floor(requests * inForce))
    },
    shift(milliseconds) {
      since -= milliseconds
    },
  }
}

/**
 * The time of a clock that may be set back.
 *
 * @param setBack receives by how many milliseconds the clock was set back, so that stored times can be moved by as much:
 * a wait of ten seconds stays a wait of ten seconds.
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

/** A vendor's daily limit. */
export interface DailyState {
  /** Requests left: the number that the vendor reported last, minus the requests sent since. */
  remaining: number
  /** Requests allowed a day. Missing: the vendor does not say. */
  max?: number
  /** When the vendor reported it. */
  at: number
  /** When the vendor's day ends and the count starts again. Missing: the vendor does not say. */
  resetsAt?: number
}

export interface DailyReading {
  /** Requests left today. */
  dailyRemaining?: number
  /** Requests allowed a day. */
  dailyMax?: number
  /** Milliseconds until the vendor's day ends, or the Unix time (seconds or milliseconds) at which it does. */
  dailyResetMs?: number
}

/**
 * If the daily limit is used up and the vendor does not say when its day ends, one request in this many milliseconds is
 * sent to find out.
 */
const askAgainMs = 60_000

/** The part of the daily limit that `backfill` and `sweep` leave to the requests of people. */
const keptForPeople = 0.02
const leavesSome: ReadonlySet<Priority> = new Set(['backfill', 'sweep'])

/** The vendor's daily limit. Only the vendor's headers state it, so there is no limit until they do. */
interface DailyQuota {
  /** Milliseconds until a request of this priority may go; 0: now. */
  waitFor(now: number, priority: Priority): number
  take(now: number): void
  /** @param onTheWay requests without an answer, which the vendor may not have counted when it sent this answer. */
  observe(reading: DailyReading, now: number, onTheWay: number): void
  state(now: number): DailyState | null
  shift(milliseconds: number): void
}

export function createDailyQuota(): DailyQuota {
  let day: DailyState | null = null

  /** The state of the vendor's current day. `null`: not known, also when the reported day is over. */
  const today = (now: number): DailyState | null => {
    if (day?.resetsAt !== undefined && day.resetsAt <= now) day = null
    return day
  }

  return {
    waitFor(now, priority) {
      const known = today(now)
      if (!known) return 0
      const kept = leavesSome.has(priority) ? Math.floor((known.max ?? 0) * keptForPeople) : 0
      if (known.remaining > kept) return 0
      return Math.max(0, (known.resetsAt ?? known.at + askAgainMs) - now)
    },
    take(now) {
      const known = today(now)
      if (!known) return
      // If nothing is left, this request checks whether the day has ended. The next request waits for its answer.
      if (known.remaining <= 0) known.at = now
      known.remaining = Math.max(0, known.remaining - 1)
    },
    observe({ dailyRemaining, dailyMax, dailyResetMs }, now, onTheWay) {
      if (dailyRemaining === undefined) return
      day = { remaining: Math.max(0, dailyRemaining - onTheWay), at: now }
      if (dailyMax !== undefined) day.max = dailyMax
      if (dailyResetMs !== undefined && dailyResetMs > 0) day.resetsAt = now + dailyResetMs
    },
    state(now) {
      const known = today(now)
      return known && { ...known }
    },
    shift(milliseconds) {
      if (!day) return
      day.at -= milliseconds
      if (day.resetsAt !== undefined) day.resetsAt -= milliseconds
    },
  }
}

/**
 * Where the numbers of a limit come from: the vendor's documentation, the adapter's option `rate`, or the headers of its
 * answers.
 */
export type LimitSource = 'documented' | 'option' | 'vendor'

/**
 * How much of a vendor's rate limit is used now, by this process and, where the vendor's headers show it, by other
 * programs. All times are in milliseconds; instants are since the epoch, by the adapter's clock.
 */
export interface RateLimitStatus {
  /** Requests that count against the current window. */
  used: number
  /**
   * How many requests may count against the window: the vendor's limit, or less for some windows after the vendor
   * refused a request within the limit. `null`: no limit is known.
   */
  allowed: number | null
  windowMs: number | null
  source: LimitSource | null
  /** The daily limit that the vendor's headers last reported. `null`: they have reported none, or that day is over. */
  daily: DailyState | null
  /** No request is sent before this time, because the vendor refused one. `null`: there is no such block. */
  blockedUntil: number | null
  /** How many requests wait for a slot, by priority. */
  waiting: Record<Priority, number>
  /** Whether the limiter that processes share can be reached. `null`: the adapter has none. */
  sharing: 'up' | 'down' | null
}

const ranks: Readonly<Record<Priority, number>> = Object.fromEntries(
  priorities.map((priority, rank) => [priority, rank]),
) as Record<Priority, number>

export const rankOf = (priority: Priority): number => ranks[priority]
