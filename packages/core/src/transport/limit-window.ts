import type { Priority } from '../contract/options.ts'
import type { Clock } from './clock.ts'

/** The first first. */
export const priorities: readonly Priority[] = ['send', 'live', 'catch-up', 'backfill', 'sweep']

const speaking: ReadonlySet<string> = new Set([
  'messages.ask',
  'messages.stream',
  'messages.reply',
  'messages.note',
  'conversations.start',
])

/** Whether an operation says something to somebody, so that nothing goes before it unless a call wants it otherwise. */
export const isSpeaking = (operation: string): boolean => speaking.has(operation)

/** One request of a window, until it no longer counts. */
export interface Slot {
  until: number
}

/** The requests that count against a limit of so many in so much time. All times are milliseconds of one clock. */
interface LimitWindow {
  /** What the vendor allows. */
  requests: number
  /** 0: there is no limit. */
  perMs: number
  /** How many slots there are: fewer than `requests` for a while after a refusal. */
  allowed(now: number): number
  /** How many slots are taken. */
  used(now: number): number
  /** Milliseconds until the next slot is free, or the one after so many others; 0: now. */
  waitFor(now: number, after?: number): number
  take(now: number): Slot
  /** The request was answered: the vendor has counted it by now. */
  answered(slot: Slot, now: number): void
  /** Takes slots for requests that somebody else made just now. */
  takeForOthers(now: number, count: number): void
  /** The vendor refused a request although there was a slot. */
  refused(now: number): void
  /** The clock was set back: everything happened so much earlier. */
  shift(milliseconds: number): void
}

/** Headers that make no sense must not fill the memory. */
const mostOfOthers = 10_000

/** A request counts for so much longer than the vendor's window, at most: it may have been on its way for so long. */
export const marginOf = (perMs: number): number => Math.ceil(perMs / 20)

/**
 * A sliding window, so that a vendor whose windows are fixed, wherever they begin, never sees too many in one either.
 *
 * The vendor counts a request when it arrives, which is some time between sending it and its answer. So a slot is free
 * again one window after the answer: whatever takes it cannot arrive within one window of the request before it. Slow
 * answers are not waited for beyond `marginOf`, which keeps 95 % of the rate.
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
      // How many slots have to become free first. Those beyond all that are taken are taken and freed once more.
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

/** How much of a limit to use after the vendor refused all the same. */
interface Caution {
  refused(now: number, perMs: number): void
  /** How many of so many to use. */
  of(requests: number, now: number, perMs: number): number
  shift(milliseconds: number): void
}

const cut = 0.8
const regainedPerWindow = 0.05

/**
 * A refusal within the limit means that somebody else counts against it, or that it is lower than documented. Nothing
 * says by how much: so a fifth less is used from then on, and a twentieth more in each window that passes without one.
 */
function createCaution(): Caution {
  let part = 1
  let since = 0

  const partAt = (now: number, perMs: number): number =>
    part === 1 ? 1 : Math.min(1, part + regainedPerWindow * Math.floor((now - since) / perMs))

  return {
    refused(now, perMs) {
      // The refusals of one burst are one piece of news.
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
 * The time of a clock that people and programs set back.
 *
 * @param setBack is told by how many milliseconds, so that what is remembered can move with it: a wait of ten seconds
 * stays one.
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

/** What is left of a vendor's day. */
export interface DailyState {
  /** Requests left, as far as it is known: what the vendor said last, less what went out since. */
  remaining: number
  /** Requests a day, where the vendor says so. */
  max?: number
  /** When the vendor said so. */
  at: number
  /** When the count starts again; missing: the vendor does not say. */
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

/** Where the vendor does not say when its day ends, one request in so many milliseconds goes out to find out. */
const askAgainMs = 60_000

/** History leaves this part of the day to those who speak and look. */
const keptForPeople = 0.02
const leavesSome: ReadonlySet<Priority> = new Set(['backfill', 'sweep'])

/** The vendor's count per day, which it alone keeps: nothing here counts before its headers have told a number. */
interface DailyQuota {
  /** Milliseconds until a request of this priority may go; 0: now. */
  waitFor(now: number, priority: Priority): number
  take(now: number): void
  /** @param onTheWay requests without an answer yet, which the vendor may not have counted when it answered this one. */
  observe(reading: DailyReading, now: number, onTheWay: number): void
  state(now: number): DailyState | null
  shift(milliseconds: number): void
}

export function createDailyQuota(): DailyQuota {
  let day: DailyState | null = null

  /** A day that is over says nothing about the next one. */
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
      // Only the one that finds out goes out when nothing is left; whoever comes next waits for its answer.
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
 * How much of a vendor's rate limit is used, right now and by this process; of other programs, what the vendor's headers
 * tell. All times are in milliseconds, instants since the epoch by the adapter's clock.
 */
export interface RateLimitStatus {
  /** Requests that count against the current window. */
  used: number
  /**
   * How many may count against it: the vendor's limit, or a part of it for some windows after the vendor refused a
   * request all the same. `null`: no limit is known.
   */
  allowed: number | null
  windowMs: number | null
  source: LimitSource | null
  /** The vendor's limit per day, as its headers told last; `null`: they have not told, or that day is over. */
  daily: DailyState | null
  /** Until when nothing is sent, because the vendor said so. */
  blockedUntil: number | null
  /** How many requests wait for a slot, per priority. */
  waiting: Record<Priority, number>
  /** Whether the limiter that processes share can be reached; `null`: there is none. */
  sharing: 'up' | 'down' | null
}

const ranks: Readonly<Record<Priority, number>> = Object.fromEntries(
  priorities.map((priority, rank) => [priority, rank]),
) as Record<Priority, number>

export const rankOf = (priority: Priority): number => ranks[priority]
