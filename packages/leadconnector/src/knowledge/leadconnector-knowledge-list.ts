import {
  type Call,
  checkLimit,
  decodeCursor,
  encodeCursor,
  isRaw,
  type KnowledgeQuery,
  type OperationOptions,
  optionalText,
  type Page,
  type Raw,
  type Reading,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import { endless } from '../leadconnector-endless.ts'
import { leadConnectorPageSizes as sizes } from '../leadconnector-page-sizes.ts'
import { type LeadConnectorKnowledge, readFaq, readPage } from '../read/read-leadconnector-knowledge.ts'
import { knowledgeBaseIds } from './leadconnector-knowledge-bases.ts'

type Kind = 'faq' | 'website'

/** Where the list stands: in which base, in which of its two lists, and how far; the bases that are still to come. */
interface Position {
  bases: string[]
  kind: Kind
  /** The last FAQ. */
  after: string | null
  /** The page of pages, how many each has, and how many came before it. */
  page: number
  size: number
  seen: number
}

/**
 * The FAQs and then the crawled pages of one knowledge base after the other. Each is a list of its own at the vendor, so
 * that a page here holds items of one of them; lists without items are passed over.
 */
export async function listKnowledge(
  client: LeadConnectorClient,
  query: KnowledgeQuery,
  cursor: string | undefined,
  options: OperationOptions | undefined,
): Promise<Page<LeadConnectorKnowledge>> {
  const call = client.begin('knowledge.list', options)
  vendorOptions(call, query.vendor, {})
  const size = checkLimit(call, query.limit, sizes.knowledge)
  const search = query.search === '' ? undefined : optionalText(call, query.search, 'search')
  const named = optionalText(call, query.knowledgeBaseId, 'knowledgeBaseId')
  const { kind } = query
  const given = cursor === undefined ? undefined : decodeCursor(cursor, readPosition)
  const { warnings } = call.reading
  if (kind !== undefined && kind !== 'faq' && kind !== 'website') {
    call.reading.warn(
      'degraded',
      'The API lists the FAQs and the pages of knowledge bases; other kinds it only counts.',
    )
    return { items: [], next: null, warnings }
  }
  const bases = given?.bases ?? (named === undefined ? await knowledgeBaseIds(client, call) : [named])
  let position: Position | undefined = given ?? startIn(bases, kind ?? 'faq', size)
  if (search !== undefined && position?.kind === 'faq')
    call.reading.warn('local-filter', `${call.vendor} cannot search FAQs; they were searched here.`)
  while (position) {
    const found: Found = await readList(client, call, position, search)
    position = found.next ?? nextList(position, kind)
    if (found.items.length > 0)
      return { items: found.items, next: position ? encodeCursor({ ...position }) : null, warnings }
  }
  return { items: [], next: null, warnings }
}

const startIn = (bases: string[], kind: Kind, size: number): Position | undefined =>
  bases.length > 0 ? { bases, kind, after: null, page: 1, size, seen: 0 } : undefined

function nextList({ bases, kind, size }: Position, only: Kind | undefined): Position | undefined {
  if (kind === 'faq' && only === undefined) return startIn(bases, 'website', size)
  return startIn(bases.slice(1), only ?? 'faq', size)
}

interface Found {
  items: LeadConnectorKnowledge[]
  /** Further on in the same list. */
  next: Position | undefined
}

function readList(
  client: LeadConnectorClient,
  call: Call,
  position: Position,
  search: string | undefined,
): Promise<Found> {
  const { bases, kind, after, page, size } = position
  const place = { knowledgeBaseId: bases[0], locationId: client.locationId }
  const spec =
    kind === 'faq'
      ? { path: '/knowledge-bases/faqs', query: { ...place, limit: size, lastFaqId: after } }
      : { path: '/knowledge-bases/crawler', query: { ...place, page, pageLength: size, query: search } }
  return call.read(client.spec('knowledgeBases', spec), (body, reading) => {
    if (!isRaw(body)) throw new Unreadable('')
    return kind === 'faq' ? faqsIn(call, body, position, search) : pagesIn(body, reading, position)
  })
}

function faqsIn(call: Call, body: Raw, position: Position, search: string | undefined): Found {
  const { reading } = call
  const [base = ''] = position.bases
  const read = reading.items(body['faqs'], 'faqs', (raw) =>
    raw['deleted'] === true ? [] : [readFaq(raw, reading, base)],
  )
  const items = read.flat()
  const next = body['hasMore'] === true ? { ...position, after: lastFaqOf(call, body, position) } : undefined
  if (search === undefined) return { items, next }
  const wanted = search.toLowerCase()
  return {
    items: items.filter(({ question, answer }) => `${question}\n${answer}`.toLowerCase().includes(wanted)),
    next,
  }
}

function lastFaqOf(call: Call, body: Raw, position: Position): string {
  const last = body['lastFaqId'] ?? (body['faqs'] as unknown[]).findLast(isRaw)?.['id']
  if (typeof last !== 'string' || last === '') throw new Unreadable('lastFaqId')
  if (last === position.after) throw endless(call)
  return last
}

/** More are there as long as fewer came than are counted: what a page holds at most is documented nowhere. */
function pagesIn(body: Raw, reading: Reading, position: Position): Found {
  const [base = ''] = position.bases
  const items = reading.items(body['urls'], 'urls', (raw) => readPage(raw, reading, base))
  const came = (body['urls'] as unknown[]).length
  const seen = position.seen + came
  const hasMore = came > 0 && typeof body['count'] === 'number' && seen < body['count']
  return { items, next: hasMore ? { ...position, page: position.page + 1, seen } : undefined }
}

function readPosition(state: unknown): Position | undefined {
  if (!isRaw(state)) return undefined
  const { bases, kind, after, page, size, seen } = state
  const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0
  const isGood =
    Array.isArray(bases) &&
    bases.length > 0 &&
    bases.every((id) => typeof id === 'string' && id !== '') &&
    isCount(seen)
  if (!isGood || (kind !== 'faq' && kind !== 'website') || !isCount(page) || !isCount(size)) return undefined
  if (after !== null && typeof after !== 'string') return undefined
  return { bases, kind, after, page, size, seen }
}
