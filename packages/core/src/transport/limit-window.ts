import { createCaution } from './caution.ts'

/** One request of a window, until it no longer counts. */
export interface Place {
  until: number
}

/** The requests that count against a limit of so many in so much time. All times are milliseconds of one clock. */
export interface LimitWindow {
  /** What the vendor allows. */
  requests: number
  /** 0: there is no limit. */
  perMs: number
  /** How many places there are: fewer than `requests` for a while after a refusal. */
  allowed(now: number): number
  /** How many places are taken. */
  used(now: number): number
  /** Milliseconds until the next place is free, or the one after so many others; 0: now. */
  waitFor(now: number, after?: number): number
  take(now: number): Place
  /** The request was answered: the vendor has counted it by now. */
  answered(place: Place, now: number): void
  /** Takes places for requests that somebody else made just now. */
  takeForOthers(now: number, count: number): void
  /** The vendor refused a request although there was a place. */
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
 * The vendor counts a request when it arrives, which is some time between sending it and its answer. So a place is free
 * again one window after the answer: whatever takes it cannot arrive within one window of the request before it. Slow
 * answers are not waited for beyond `marginOf`, which keeps 95 % of the rate.
 */
export function createLimitWindow(limit: { requests: number; perMs: number } | null): LimitWindow {
  /** Oldest first, from `head` on. */
  let places: Place[] = []
  let head = 0
  const caution = createCaution()

  const forget = (now: number) => {
    while (head < places.length && (places[head] as Place).until <= now) head++
    if (head > 1024) {
      places = places.slice(head)
      head = 0
    }
  }
  const add = (until: number): Place => {
    const place = { until }
    places.push(place)
    return place
  }

  const window: LimitWindow = {
    requests: limit?.requests ?? Number.POSITIVE_INFINITY,
    perMs: limit?.perMs ?? 0,
    allowed: (now) => caution.of(window.requests, now, window.perMs),
    used(now) {
      forget(now)
      return places.length - head
    },
    waitFor(now, after = 0) {
      if (window.perMs === 0) return 0
      const allowed = window.allowed(now)
      const used = window.used(now)
      // How many places have to become free first. Those beyond all that are taken are taken and freed once more.
      const over = used + after + 1 - allowed
      if (over <= 0) return 0
      const rounds = Math.max(0, Math.ceil((over - used) / allowed))
      const place = places[head + over - rounds * allowed - 1]
      return rounds * window.perMs + (place ? Math.max(1, place.until - now) : 0)
    },
    take: (now) => (window.perMs === 0 ? { until: now } : add(now + window.perMs + marginOf(window.perMs))),
    answered(place, now) {
      place.until = Math.min(place.until, now + window.perMs)
    },
    takeForOthers(now, count) {
      for (let taken = 0; taken < Math.min(count, mostOfOthers); taken++) add(now + window.perMs)
    },
    refused(now) {
      caution.refused(now, window.perMs)
    },
    shift(milliseconds) {
      caution.shift(milliseconds)
      for (let index = head; index < places.length; index++) (places[index] as Place).until -= milliseconds
    },
  }
  return window
}
