import { isRecord } from '@parley/core'
import type { FallbackOptions, RouteStatus } from './route.ts'

/** How well `to` answers, for all processes that share the store. */
export interface Health {
  /** Results of `to`, oldest first: when, and whether it answered. */
  readonly results: readonly Outcome[]
  /** Missing: new conversations go to `to` by the share. */
  readonly fallback?: {
    readonly since: number
    /** No trial before this instant, and the pause after the next one. */
    readonly nextTrial: number
    readonly pause: number
    /** How many trials in a row were answered. */
    readonly answered: number
  }
}

type Outcome = readonly [at: number, isAnswered: boolean]

/** A question that ended. */
export interface Result {
  /** When it was asked. */
  readonly at: number
  readonly now: number
  readonly isAnswered: boolean
  readonly isTrial: boolean
}

/** So many results of `to` count at most. */
const mostResults = 50
const longestPause = 600_000

/** The health that a store has. What is none counts as no result. */
export function healthOf(value: unknown): Health {
  const { results, fallback } = isRecord(value) ? value : {}
  if (!Array.isArray(results) || !results.every(isOutcome)) return { results: [] }
  if (!isRecord(fallback)) return { results }
  const { since, nextTrial, pause, answered } = fallback
  const isWhole = [since, nextTrial, pause, answered].every((each) => typeof each === 'number')
  return isWhole ? { results, fallback: fallback as unknown as NonNullable<Health['fallback']> } : { results }
}

const isOutcome = (value: unknown): value is Outcome =>
  Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'boolean'

/** The health after a question that ended. */
export function noted(
  { results, fallback: down }: Health,
  { at, now, isAnswered, isTrial }: Result,
  { errorRate, atLeast, within: period, trialEvery, recoverAfter }: Required<FallbackOptions>,
): Health {
  if (down) {
    // A question that was sent before says nothing about now.
    if (at < down.since || (isAnswered && !isTrial)) return { results, fallback: down }
    const answered = isAnswered ? down.answered + 1 : 0
    if (answered >= recoverAfter) return { results: [] }
    const pause = isAnswered ? trialEvery : Math.min(down.pause * 2, longestPause)
    return { results, fallback: { ...down, answered, pause, nextTrial: Math.max(down.nextTrial, now + pause) } }
  }
  const recent = [...results, [now, isAnswered] as const].filter(([then]) => now - then < period).slice(-mostResults)
  if (recent.length < atLeast || rateOf(recent) < errorRate) return { results: recent }
  return { results: recent, fallback: { since: now, nextTrial: now + trialEvery, pause: trialEvery, answered: 0 } }
}

/** The part that failed. */
const rateOf = (results: readonly Outcome[]): number =>
  results.length === 0 ? 0 : results.filter(([, isAnswered]) => !isAnswered).length / results.length

/** The part of a route's status that is the same in all processes. */
export const shownHealth = ({
  results,
  fallback: down,
}: Health): Pick<RouteStatus, 'state' | 'since' | 'results' | 'errorRate'> => ({
  state: down ? 'fallback' : 'normal',
  ...(down && { since: new Date(down.since).toISOString() }),
  results: results.length,
  errorRate: rateOf(results),
})
