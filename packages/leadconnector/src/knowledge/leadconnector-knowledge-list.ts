import {
  type Call,
  checkLimit,
  decodeCursor,
  encodeCursor,
  endless,
  isRaw,
  type KnowledgeQuery,
  type NumberedPlace,
  numberedPlace,
  type OperationOptions,
  optionalText,
  type Page,
  type Raw,
  type Reading,
  readNumberedPlace,
  turnPage,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
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
  /** The page of pages. */
  pages: NumberedPlace
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
  seen: Set<string>,
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
  let position: Position | undefined = given ?? startIn(bases, kind ?? 'faq')
  if (search !== undefined && position?.kind === 'faq')
    call.reading.warn('local-filter', `${call.vendor} cannot search FAQs; they were searched here.`)
  const passed = new Set<string>()
  while (position) {
    const here = encodeCursor({ ...position, pages: { ...position.pages } })
    if (passed.has(here)) throw endless(call)
    passed.add(here)
    const found: Found = await readList(client, call, position, size, search, seen)
    position = found.next ?? nextList(position, kind)
    if (found.items.length > 0)
      return {
        items: found.items,
        next: position ? encodeCursor({ ...position, pages: { ...position.pages } }) : null,
        warnings,
      }
  }
  return { items: [], next: null, warnings }
}

const startIn = (bases: string[], kind: Kind): Position | undefined =>
  bases.length > 0 ? { bases, kind, after: null, pages: numberedPlace(undefined) } : undefined

function nextList({ bases, kind }: Position, only: Kind | undefined): Position | undefined {
  if (kind === 'faq' && only === undefined) return startIn(bases, 'website')
  return startIn(bases.slice(1), only ?? 'faq')
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
  size: number,
  search: string | undefined,
  seen: Set<string>,
): Promise<Found> {
  const { bases, kind, after, pages } = position
  const place = { knowledgeBaseId: bases[0], locationId: client.locationId }
  const spec =
    kind === 'faq'
      ? { path: '/knowledge-bases/faqs', query: { ...place, limit: size, lastFaqId: after } }
      : { path: '/knowledge-bases/crawler', query: { ...place, page: pages.page, pageLength: size, query: search } }
  return call.read(client.spec('knowledgeBases', spec), (body, reading) => {
    if (!isRaw(body)) throw new Unreadable('')
    return kind === 'faq' ? faqsIn(call, body, position, search) : pagesIn(body, reading, position, seen)
  })
}

function faqsIn(call: Call, body: Raw, position: Position, search: string | undefined): Found {
  const { reading } = call
  const [base = ''] = position.bases
  const read = reading.items(body['faqs'], 'faqs', (raw) =>
    raw['deleted'] === true ? [] : [readFaq(raw, reading, base)],
  )
  const items = read.flat()
  const last = lastFaqOf(call, body, position)
  const next = last === undefined ? undefined : { ...position, after: last }
  if (search === undefined) return { items, next }
  const wanted = search.toLowerCase()
  return {
    items: items.filter(({ question, answer }) => `${question}\n${answer}`.toLowerCase().includes(wanted)),
    next,
  }
}

/** Without a flag the list is read on until nothing comes. */
function lastFaqOf(call: Call, body: Raw, position: Position): string | undefined {
  const faqs = body['faqs'] as unknown[]
  const hasMore = typeof body['hasMore'] === 'boolean' ? body['hasMore'] : undefined
  const last = body['lastFaqId'] ?? faqs.findLast(isRaw)?.['id']
  if (hasMore === false) return undefined
  if (hasMore === undefined && (faqs.length === 0 || last === position.after)) return undefined
  if (typeof last !== 'string' || last === '') throw new Unreadable('lastFaqId')
  if (last === position.after) throw endless(call)
  return last
}

/** What a page holds at most is documented nowhere. */
function pagesIn(body: Raw, reading: Reading, position: Position, seen: Set<string>): Found {
  const [base = ''] = position.bases
  const items = reading.items(body['urls'], 'urls', (raw) => readPage(raw, reading, base))
  const came = (body['urls'] as unknown[]).length
  const total = typeof body['count'] === 'number' ? body['count'] : undefined
  // Each base is a list of its own.
  const named = items.map((item) => ({ id: `${base}/${item.id}`, item }))
  const turned = turnPage(reading, position.pages, named, came, { total }, seen)
  return {
    items: turned.items.map(({ item }) => item),
    next: turned.next ? { ...position, pages: turned.next } : undefined,
  }
}

function readPosition(state: unknown): Position | undefined {
  if (!isRaw(state)) return undefined
  const { bases, kind, after } = state
  const pages = readNumberedPlace(state['pages'])
  const isGood = Array.isArray(bases) && bases.length > 0 && bases.every((id) => typeof id === 'string' && id !== '')
  if (!isGood || !pages || (kind !== 'faq' && kind !== 'website')) return undefined
  if (after !== null && typeof after !== 'string') return undefined
  return { bases, kind, after, pages }
}
