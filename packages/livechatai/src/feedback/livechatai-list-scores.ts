import {
  type Call,
  checkInput,
  checkLimit,
  type Feedback,
  type FeedbackQuery,
  fromMilliseconds,
  isRaw,
  numberedCursor,
  numberedPlace,
  type Page,
  turnPage,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import type { LiveChatAIContext } from '../livechatai-context.ts'
import { pageSize } from '../livechatai-limits.ts'
import { orEnd, readMetadata } from '../livechatai-page.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { agentOptions } from '../livechatai-vendor-options.ts'
import { readScore } from '../read/read-livechatai-score.ts'
import { periodOf } from './livechatai-period.ts'

/** The vendor wants days at both ends. No score of this API is older than this. */
const firstDay = Date.UTC(2020, 0, 1)

/** "analytics/csat": the scores of the current period. */
export async function listScores(
  context: LiveChatAIContext,
  call: Call,
  given: FeedbackQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Feedback>> {
  const query = checkInput(call, given)
  const { agentId = context.agentId } = vendorOptions(call, query.vendor, agentOptions)
  const place = numberedPlace(cursor)
  const size = checkLimit(call, query.limit, pageSize)
  const { from, to, holds } = periodOf(call, query)
  const spec = {
    path: '/analytics/csat',
    query: {
      agentId,
      startDate: dayOf(from ?? firstDay),
      endDate: dayOf(Math.max(to ?? call.now(), from ?? firstDay)),
      // Left away, it is one that nobody knows.
      timezone: 'UTC',
      page: place.page,
      pageSize: size,
    },
  }
  const reads = call.read(spec, (body, reading) => {
    const data = dataOf(body)
    const period = data['currentPeriod']
    if (!isRaw(period)) throw new Unreadable('data.currentPeriod')
    const list = period['scores']
    const all = reading.items(list, 'data.currentPeriod.scores', (raw) => readScore(raw, reading))
    return turnPage(reading, place, all, (list as unknown[]).length, readMetadata(data, reading), seen)
  })
  const { items, next: after, total } = await orEnd(call, place, seen, reads)
  const next = numberedCursor(after)
  const { warnings } = call.reading
  const wanted = items.filter(({ createdAt }) => holds(createdAt))
  const isExact = total !== undefined && from === undefined && to === undefined
  return isExact ? { items: wanted, next, warnings, total } : { items: wanted, next, warnings }
}

const dayOf = (at: number): string | undefined => fromMilliseconds(at)?.slice(0, 10)
