import {
  type Call,
  checkInput,
  checkLimit,
  numberedCursor,
  numberedPlace,
  type Page,
  type Suggestion,
  type SuggestionQuery,
  turnPage,
  vendorOptions,
} from '@parley/core'
import type { LiveChatAIContext } from '../livechatai-context.ts'
import { pageSize } from '../livechatai-limits.ts'
import { orEnd, readPagination } from '../livechatai-page.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { agentOptions } from '../livechatai-vendor-options.ts'
import { readSuggestion } from '../read/read-livechatai-suggestion.ts'
import type { LiveChatAIRawSuggestion } from '../wire/index.ts'
import { periodOf, shifted } from './livechatai-period.ts'

/** "ai-suggestions/list". */
export async function listSuggestions(
  context: LiveChatAIContext,
  call: Call,
  given: SuggestionQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Suggestion<LiveChatAIRawSuggestion>>> {
  const query = checkInput(call, given)
  const { agentId = context.agentId } = vendorOptions(call, query.vendor, agentOptions)
  const place = numberedPlace(cursor)
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
  const { items, next: after, total } = await orEnd(call, place, seen, reads)
  const next = numberedCursor(after)
  const { warnings } = call.reading
  const wanted = items.filter(({ createdAt }) => holds(createdAt))
  const isExact = total !== undefined && from === undefined && to === undefined
  return isExact ? { items: wanted, next, warnings, total } : { items: wanted, next, warnings }
}
