import {
  checkOptions,
  InvalidRequestError,
  instantOf,
  isParleyError,
  type OperationOptions,
  readTimestamp,
} from '@parley/core'
import { placeOf, wrongArgument } from '../ref-parts.ts'
import { checkFields } from '../search-request.ts'
import { storedAccounts } from '../store/account-states.ts'
import { coverageOf } from '../store/coverage.ts'
import { storableTime } from '../store/database-time.ts'
import { inTime } from '../store/transaction.ts'
import type { DeskContext } from './context.ts'
import type { FirstAnswers, PeriodUnit, Quality, QualityCounts, QualityQuery } from './quality.ts'
import { type Counted, countQuality, startsOf } from './quality-rows.ts'

const operation = 'quality'
const day = 86_400_000
const lengths: Readonly<Record<PeriodUnit, number>> = { day, week: 7 * day, month: 28 * day }
const mostPeriods = 400
/** How long the database may count, in milliseconds. */
const longestCount = 10_000

/** Counts from the store. `Desk.quality` documents it. */
export async function quality(
  { db, accounts, clock }: Pick<DeskContext, 'db' | 'accounts' | 'clock'>,
  query: QualityQuery,
  options: OperationOptions,
): Promise<Quality> {
  checkFields(operation, query, ['since', 'until', 'accounts', 'unit', 'timeZone'])
  checkOptions(placeOf(operation), options)
  const { unit = 'day', timeZone = 'UTC' } = query
  const { since, until } = spanOf(query, clock.now())
  if (!Object.hasOwn(lengths, unit)) throw wrongArgument(operation, 'unit', 'must be day, week or month')
  if (!isTimeZone(timeZone))
    throw wrongArgument(operation, 'timeZone', 'must be an IANA time zone, such as Europe/Berlin')
  if (Date.parse(until) - Date.parse(since) > mostPeriods * lengths[unit])
    throw wrongArgument(
      operation,
      'unit',
      `gives more than ${mostPeriods} periods: ask for longer ones, or for less time`,
    )
  const chosen = accounts.chosen(query.accounts)
  options.signal?.throwIfAborted()
  return inTime(db, longestCount, async (tx) => {
    const stored = await storedAccounts(tx, chosen, 'messages')
    const starts = await startsOf(tx, { since, until, unit, timeZone }).catch(unknownZone)
    const counted = await countQuality(tx, {
      ...{ since, until, starts: starts.map(({ start }) => start) },
      accounts: stored.flatMap(({ name, no, adapter: { vendor, account } }) =>
        no === undefined ? [] : [{ name, no, vendor, account }],
      ),
    })
    const coverage = await coverageOf(tx, stored)
    return {
      ...{ since, until, unit, timeZone },
      total: countsOf(counted, null),
      periods: starts.map((start, index) => ({ ...start, counts: countsOf(counted, index) })),
      agents: counted.agents,
      handOffsSince: counted.handOffsSince,
      coverage: coverage.map((own) => ({ ...own, ...(counted.known.get(own.account) ?? nothingKnown) })),
    }
  })
}

const nothingKnown = { untimed: 0, hasControl: false }

function spanOf({ since, until }: QualityQuery, now: number): { since: string; until: string } {
  for (const [name, value] of Object.entries({ since, until }))
    if (value !== undefined && (instantOf(value) === undefined || storableTime(readTimestamp(value)) === null))
      throw wrongArgument(operation, name, 'must be an instant in ISO 8601, such as 2026-01-15T10:30:00Z')
  const end = until === undefined ? now : (instantOf(until) as number)
  const begin = since === undefined ? end - 30 * day : (instantOf(since) as number)
  if (begin >= end) throw wrongArgument(operation, 'since', 'must be before until')
  return { since: new Date(begin).toISOString(), until: new Date(end).toISOString() }
}

/** Of `+01:00`, the database would take the opposite. */
function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[A-Za-z][\w+/-]{0,99}$/.test(value)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

/** The database can lack a zone that this program knows. */
function unknownZone(error: unknown): never {
  if (!isParleyError(error) || error.vendorCode !== '22023') throw error
  const problem = 'is not known to the database'
  throw new InvalidRequestError({
    ...{ operation, message: `${operation}: timeZone ${problem}.`, fields: [{ path: 'timeZone', problem }] },
  })
}

/** @param period its index, or `null` for the whole time. */
function countsOf({ spoken, first, control, ratings, known }: Counted, period: number | null): QualityCounts {
  const isOwn = (row: { period: number }) => period === null || row.period === period
  const sum = <Row extends { period: number; count: number }>(rows: readonly Row[], isCounted: (row: Row) => boolean) =>
    rows.reduce((total, row) => (isOwn(row) && isCounted(row) ? total + row.count : total), 0)
  const by = (speaker: string) => sum(spoken, (row) => row.speaker === speaker)
  const citing = (cites: boolean | null) => sum(spoken, (row) => row.speaker === 'agent' && row.cites === cites)
  const rated = (vote: string | null) => sum(ratings, (row) => row.vote === vote)
  const isControlKnown = control.length > 0 || [...known.values()].some(({ hasControl }) => hasControl)
  const passed = (to: string) => (isControlKnown ? sum(control, (row) => row.to === to) : null)
  const { period: _, ...firstAnswers } = first.find((row) => row.period === period) ?? { ...noFirst, period }
  return {
    answers: { agent: by('agent'), operator: by('operator'), automation: by('automation'), unknown: by('unknown') },
    sources: { cited: citing(true), uncited: citing(false), unknown: citing(null) },
    firstAnswers,
    handOffs: { toOperator: passed('operator'), toAgent: passed('agent') },
    ratings: { up: rated('up'), down: rated('down'), other: rated(null) },
  }
}

const noFirst: FirstAnswers = {
  ...{ conversations: 0, agent: 0, operator: 0, unanswered: 0, median: null, percentile90: null },
}
