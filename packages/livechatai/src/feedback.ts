import {
  type Call,
  checkId,
  checkInput,
  checkInstant,
  checkLimit,
  DecodeError,
  type Feedback,
  type FeedbackOperations,
  type FeedbackQuery,
  fromMilliseconds,
  isRecord,
  type Page,
  pathOf,
  type Suggestion,
  type SuggestionQuery,
  vendorOptions,
} from '@parley/core'
import { holdsInstant, numberedPage, pagePosition, turnPage } from '@parley/core/operations'
import { pageSize } from './capabilities.ts'
import { agentOptions } from './options.ts'
import { type Context, dataOf } from './protocol.ts'
import { readScore, readSuggestion } from './read/feedback.ts'
import { orEnd, readMetadata, readPagination } from './read/page.ts'
import type { LiveChatAISuggestionPayload } from './wire.ts'

/**
 * `list`: the scores that contacts gave (CSAT), by UTC day; without `since`, from 2020 on. `suggestions`: the vendor's
 * suggestions for missing knowledge.
 */
export type LiveChatAIFeedback = Pick<
  FeedbackOperations<Suggestion<LiveChatAISuggestionPayload>>,
  'list' | 'suggestions' | 'dismiss'
>

export const createFeedback = (context: Context): LiveChatAIFeedback => ({
  list: (query, options) =>
    context.list('feedback.list', query, options, (call, query, cursor, seen) =>
      listScores(context, call, query, cursor, seen),
    ),
  suggestions: (query, options) =>
    context.list('feedback.suggestions', query, options, (call, query, cursor, seen) =>
      listSuggestions(context, call, query, cursor, seen),
    ),
  /** "ai-suggestions/delete" marks it as ignored; no list shows it after that. */
  dismiss: async (target, options) => {
    const call = context.begin('feedback.dismiss', options)
    const id = checkId(call, target, 'suggestion')
    await call.request({ method: 'DELETE', path: pathOf`/ai-suggestions/${id}`, expect: 'none' })
    return { id, confirmed: true }
  },
})

/** The vendor wants days at both ends. No score of this API is older than this. */
const firstDay = Date.UTC(2020, 0, 1)

/** "analytics/csat": the scores of the current period. */
async function listScores(
  context: Context,
  call: Call,
  given: FeedbackQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Feedback>> {
  const query = checkInput(call, given)
  const { agentId = context.agentId } = vendorOptions(call, query.vendor, agentOptions)
  const place = pagePosition(cursor)
  const size = checkLimit(call, query.limit, pageSize)
  const { from, to, holds } = periodOf(call, query)
  const spec = {
    path: '/analytics/csat',
    query: {
      agentId,
      startDate: dayOf(from ?? firstDay),
      endDate: dayOf(Math.max(to ?? call.now(), from ?? firstDay)),
      // Without it, the vendor uses a time zone that is not documented.
      timezone: 'UTC',
      page: place.page,
      pageSize: size,
    },
  }
  const reads = call.read(spec, (body, reading) => {
    const data = dataOf(body)
    const period = data['currentPeriod']
    if (!isRecord(period)) throw new DecodeError('data.currentPeriod')
    const list = period['scores']
    const all = reading.items(list, 'data.currentPeriod.scores', (raw) => readScore(raw, reading))
    return turnPage(reading, place, all, (list as unknown[]).length, readMetadata(data, reading), seen)
  })
  const page = await orEnd(call, place, seen, reads)
  const items = page.items.filter(({ createdAt }) => holds(createdAt))
  const total = from === undefined && to === undefined ? page.total : undefined
  return numberedPage(call.reading, { ...page, items, total })
}

const dayOf = (at: number): string | undefined => fromMilliseconds(at)?.slice(0, 10)

/** "ai-suggestions/list". */
async function listSuggestions(
  context: Context,
  call: Call,
  given: SuggestionQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Suggestion<LiveChatAISuggestionPayload>>> {
  const query = checkInput(call, given)
  const { agentId = context.agentId } = vendorOptions(call, query.vendor, agentOptions)
  const place = pagePosition(cursor)
  const size = checkLimit(call, query.limit, pageSize)
  const { from, to, holds } = periodOf(call, query)
  const dates = { startDate: shifted(from, -1_000), endDate: shifted(to, 1_000) }
  const spec = { path: '/ai-suggestions', query: { agentId, page: place.page, limit: size, ...dates } }
  const reads = call.read(spec, (body, reading) => {
    const data = dataOf(body)
    const owner = reading.text(data, 'agentId') || agentId
    const list = data['suggestions']
    const all = reading.items(list, 'data.suggestions', (raw) => readSuggestion(raw, reading, owner))
    return turnPage(reading, place, all, (list as unknown[]).length, readPagination(data, reading), seen)
  })
  const page = await orEnd(call, place, seen, reads)
  const items = page.items.filter(({ createdAt }) => holds(createdAt))
  const total = from === undefined && to === undefined ? page.total : undefined
  return numberedPage(call.reading, { ...page, items, total })
}

/** What a query says about time, in milliseconds. */
interface Period {
  from: number | undefined
  to: number | undefined
  holds(at: string | null | undefined): boolean
}

/** The vendor's bounds are days, or of undocumented exactness: what it sends is looked at again. */
function periodOf(call: Call, { since, until }: { since?: string; until?: string }): Period {
  const from = checkInstant(call, since, 'since')
  const to = checkInstant(call, until, 'until')
  return {
    from,
    to,
    holds: (at) => holdsInstant(call.reading, at, from, to),
  }
}

/** Moved a little, because whether a bound belongs to the period is undocumented. */
const shifted = (at: number | undefined, by: number): string | undefined =>
  at === undefined ? undefined : fromMilliseconds(at + by)
