import {
  anyOf,
  type Call,
  checkInput,
  checkLimit,
  checkOptionalText,
  checkWord,
  ignoreOptions,
  type KnowledgeQuery,
  numberedCursor,
  numberedPlace,
  type OptionRules,
  type Page,
  type SourceKind,
  vendorOptions,
} from '@parley/core'
import type { LiveChatAIContext } from '../livechatai-context.ts'
import { pageSize } from '../livechatai-limits.ts'
import { agentOptions, type LiveChatAIVendorOptions } from '../livechatai-vendor-options.ts'
import { sourceWords } from '../map/map-livechatai-source-kind.ts'
import { type Found, fetchKnowledge } from './livechatai-fetch-knowledge.ts'

export const kinds: readonly SourceKind[] = 'website,faq,file,text,rich-text,video,image,notion'.split(
  ',',
) as SourceKind[]

const ownOptions: OptionRules<LiveChatAIVendorOptions['knowledge.list']> = {
  ...agentOptions,
  source: anyOf('WEBSITE', 'TEXT', 'QA', 'PDF', 'DOCX', 'IMAGE', 'ALL'),
}

export async function listKnowledge(
  context: LiveChatAIContext,
  call: Call,
  given: KnowledgeQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Found>> {
  const query = checkInput(call, given)
  const { agentId = context.agentId, source: word } = vendorOptions(call, query.vendor, ownOptions)
  const place = numberedPlace(cursor)
  const size = checkLimit(call, query.limit, pageSize)
  const kind = checkWord(call, query.kind, 'kind', kinds)
  const search = checkOptionalText(call, query.search, 'search')?.toLowerCase()
  const source = word ?? (kind && sourceWords[kind])
  ignoreOptions(call, query, ['knowledgeBaseId'], 'an agent has one collection.')
  const { items, next: after, total } = await fetchKnowledge(call, place, size, seen, agentId, source)
  // A deployment that does not know the filter sends everything.
  const wanted = items.filter((item) => (!kind || item.kind.value === kind) && (!search || holds(item, search)))
  const local = [kind && !sourceWords[kind] && 'kind', search && 'search'].filter(Boolean)
  for (const name of local)
    call.reading.warn('local-filter', `${call.vendor} cannot filter by ${name}; it was applied to this page here.`)
  const next = numberedCursor(after)
  const { warnings } = call.reading
  const isWhole = total !== undefined && local.length === 0 && wanted.length === items.length
  return isWhole ? { items: wanted, next, warnings, total } : { items: wanted, next, warnings }
}

const holds = ({ title, url, text }: Found, search: string): boolean =>
  [title, url, text].some((part) => part?.toLowerCase().includes(search))
