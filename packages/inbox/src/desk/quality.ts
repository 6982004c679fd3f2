import {
  checkOptions,
  InvalidRequestError,
  instantOf,
  isParleyError,
  type OperationOptions,
  type Ref,
  readTimestamp,
  type Timestamp,
} from '@parley/core'
import { placeOf, wrongArgument } from '../ref-parts.ts'
import { checkFields } from '../search-request.ts'
import { storedAccounts } from '../store/account-states.ts'
import { coverageOf } from '../store/coverage.ts'
import { storableTime } from '../store/database-time.ts'
import { inTime } from '../store/transaction.ts'
import type { SearchCoverage } from '../synced.ts'
import type { DeskContext } from './context.ts'
import { type Counted, countQuality, type PeriodUnit, startsOf } from './quality-rows.ts'

export interface QualityQuery {
  /** From this instant on, ISO 8601. Default: 30 days before `until`. */
  since?: string
  /** Before this instant, ISO 8601. Default: now. */
  until?: string
  /** Only these accounts, as `vendor:account`. Default: all. */
  accounts?: readonly string[]
  /** How long a period is. A week begins on Monday. Default `day`. A report has at most 400 periods. */
  unit?: PeriodUnit
  /** An IANA time zone, such as `Europe/Berlin`, in which days, weeks and months begin. Default `UTC`. */
  timeZone?: string
}

/**
 * What was counted in a period. A message counts by the vendor's time of it, if it is still stored. Messages that the contact did
 * not receive never count: notes, activities, and what failed or is not yet sent.
 */
export interface QualityCounts {
  /**
   * Messages to contacts, by who wrote them as far as the vendor says (`author.kind`). `automation`: workflows and campaigns, also
   * what was sent over the API of a vendor that does not say for whom. `unknown`: the vendor does not say. The share of the AI is
   * `agent / (agent + operator)`.
   */
  answers: { agent: number; operator: number; automation: number; unknown: number }
  /**
   * The answers of agents: those that cite a source, those that certainly cite none, and those of which it is not known, because
   * the message does not come with its sources.
   */
  sources: { cited: number; uncited: number; unknown: number }
  /** Of the conversations that began in the period. */
  firstAnswers: FirstAnswers
  /** Changes of control. */
  handOffs: HandOffs
  /** Ratings that were given in the period: thumbs, and under `other` those without one, such as a score. */
  ratings: { up: number; down: number; other: number }
}

/**
 * The time from the contact's first message of a conversation to the first answer of an agent or an operator, also if it came after
 * the period. What automations write is no answer. A conversation belongs to the period of its first message of the contact.
 */
export interface FirstAnswers {
  /** The conversations that began. */
  conversations: number
  /** Those in which an agent answered first. */
  agent: number
  /** Those in which an operator answered first. */
  operator: number
  /** Those that have no answer yet. */
  unanswered: number
  /** In milliseconds. `null`: there is no answer. */
  median: number | null
  /** Nine of ten answers took at most this long, in milliseconds. */
  percentile90: number | null
}

/**
 * How often control passed from an agent to an operator, and back. A change counts when the sync found it, so two changes between
 * two reads are not seen. `null`: no change of control was stored, and the vendor of no account said who is in control.
 */
export interface HandOffs {
  /** From an agent to an operator. */
  toOperator: number | null
  /** From an operator to an agent. */
  toAgent: number | null
}

/** The counts of a day, a week or a month. */
export interface QualityPeriod {
  /** When it begins. The first one counts from `since` on, which can be later. */
  start: Timestamp
  /** The day of `start` in the time zone, such as `2026-03-01`. */
  date: string
  /** What was counted in it. */
  counts: QualityCounts
}

/** The answers of one agent. */
export interface AgentAnswers {
  /** `vendor:account`. */
  account: string
  /**
   * The ref of the agent: the one that the message names, or else the one that is in charge of the conversation now. `null`: the
   * vendor says neither.
   */
  agent: Ref | null
  /** `null`: the agent is not stored, or has no name. */
  name: string | null
  /** In all. */
  answers: number
  /** In each of `periods`. */
  periods: number[]
}

/** What is known of an account. */
export interface QualityCoverage extends SearchCoverage {
  /** The messages to contacts to which the vendor gives no time. They are in no period. */
  untimed: number
  /** Whether the vendor says of any stored conversation who is in control. Without it, there are no hand-offs to count. */
  hasControl: boolean
}

/** How well the contacts were answered. */
export interface Quality {
  /** What was asked for. */
  since: Timestamp
  /** What was asked for, not included. */
  until: Timestamp
  /** How long a period is. */
  unit: PeriodUnit
  /** In which the periods begin. */
  timeZone: string
  /** Of the whole time. */
  total: QualityCounts
  /** In order, also those in which nothing happened. */
  periods: QualityPeriod[]
  /** Most answers first. */
  agents: AgentAnswers[]
  /** Since when the changes of control are kept (`keepChanges` of `createSync`). `null`: there are none yet. */
  handOffsSince: Timestamp | null
  /** What is known of each account. */
  coverage: QualityCoverage[]
}

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
