import {
  type Call,
  checkId,
  checkInput,
  checkLimit,
  checkText,
  checkUrl,
  checkWord,
  DecodeError,
  type Deleted,
  decodeCursor,
  encodeCursor,
  endless,
  invalid,
  isParleyError,
  isRecord,
  type KnowledgeInput,
  type KnowledgeItem,
  type KnowledgeQuery,
  type OperationOptions,
  optionalText,
  type Page,
  type Payload,
  type PayloadReader,
  pathOf,
  type RemoveKnowledgeOptions,
  saysMissing,
  type Target,
  vendorOptions,
} from '@parley/core'
import { type PagePosition, pagePosition, readPagePosition, turnPage } from '@parley/core/operations'
import { sizes } from '../capabilities.ts'
import { type Context, unwrap } from '../protocol.ts'
import { type LeadConnectorKnowledge, readCrawl, readFaq, readPage } from '../read/knowledge.ts'

type Kind = 'faq' | 'website'

/**
 * The position in the list: the current base, which of its two lists, the position in that list, and the bases that
 * follow.
 */
interface Position {
  bases: string[]
  kind: Kind
  /** The last FAQ. */
  after: string | null
  /** The position in the pages. */
  pages: PagePosition
}

/**
 * The FAQs and then the crawled pages of each knowledge base. At the vendor each is a separate list, so a page has
 * items of only one of them. Empty lists are skipped.
 */
export async function listKnowledge(
  context: Context,
  call: Call,
  query: KnowledgeQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<LeadConnectorKnowledge>> {
  vendorOptions(call, query.vendor, {})
  const size = checkLimit(call, query.limit, sizes.knowledge)
  const search = query.search === '' ? undefined : optionalText(call, query.search, 'search')
  const named = optionalText(call, query.knowledgeBaseId, 'knowledgeBaseId')
  const { kind } = query
  const given = cursor === undefined ? undefined : decodeCursor(cursor, readPosition)
  const { warnings } = call.reading
  if (kind !== undefined && kind !== 'faq' && kind !== 'website') {
    call.reading.warn('degraded', 'The API lists the FAQs and pages of knowledge bases; it only counts other kinds.')
    return { items: [], next: null, warnings }
  }
  const bases = given?.bases ?? (named === undefined ? await knowledgeBaseIds(context, call) : [named])
  let position: Position | undefined = given ?? startIn(bases, kind ?? 'faq')
  if (search !== undefined && position?.kind === 'faq')
    call.reading.warn('local-filter', `${call.vendor} cannot search FAQs; Parley searched them instead.`)
  const passed = new Set<string>()
  while (position) {
    const here = encodeCursor({ ...position, pages: { ...position.pages } })
    if (passed.has(here)) throw endless(call)
    passed.add(here)
    const found: KnowledgeSlice | undefined = await readList(context, call, position, size, search, seen).catch(
      (error) => {
        if (named !== undefined && saysMissing(error, noBase)) return undefined
        throw error
      },
    )
    if (!found) break
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
  bases.length > 0 ? { bases, kind, after: null, pages: pagePosition(undefined) } : undefined

function nextList({ bases, kind }: Position, only: Kind | undefined): Position | undefined {
  if (kind === 'faq' && only === undefined) return startIn(bases, 'website')
  return startIn(bases.slice(1), only ?? 'faq')
}

/** A base that the vendor does not have contains nothing. */
const noBase = /knowledge ?base\b.* not found/i

interface KnowledgeSlice {
  items: LeadConnectorKnowledge[]
  /** The position of the next page in the same list. */
  next: Position | undefined
}

function readList(
  context: Context,
  call: Call,
  position: Position,
  size: number,
  search: string | undefined,
  seen: Set<string>,
): Promise<KnowledgeSlice> {
  const { bases, kind, after, pages } = position
  const place = { knowledgeBaseId: bases[0], locationId: context.locationId }
  const spec =
    kind === 'faq'
      ? { path: '/knowledge-bases/faqs', query: { ...place, limit: size, lastFaqId: after } }
      : { path: '/knowledge-bases/crawler', query: { ...place, page: pages.page, pageLength: size, query: search } }
  return call.read(context.spec('knowledgeBases', spec), (body, reading) => {
    if (!isRecord(body)) throw new DecodeError('')
    return kind === 'faq' ? faqsIn(call, body, position, search) : pagesIn(body, reading, position, seen)
  })
}

function faqsIn(call: Call, body: Payload, position: Position, search: string | undefined): KnowledgeSlice {
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

/** Without a flag, the list is read until a page is empty. */
function lastFaqOf(call: Call, body: Payload, position: Position): string | undefined {
  const faqs = body['faqs'] as unknown[]
  const hasMore = typeof body['hasMore'] === 'boolean' ? body['hasMore'] : undefined
  const last = body['lastFaqId'] ?? faqs.findLast(isRecord)?.['id']
  if (hasMore === false) return undefined
  if (hasMore === undefined && (faqs.length === 0 || last === position.after)) return undefined
  if (typeof last !== 'string' || last === '') throw new DecodeError('lastFaqId')
  if (last === position.after) throw endless(call)
  return last
}

/** The largest size of a page is undocumented. */
function pagesIn(body: Payload, reading: PayloadReader, position: Position, seen: Set<string>): KnowledgeSlice {
  const [base = ''] = position.bases
  const items = reading.items(body['urls'], 'urls', (raw) => readPage(raw, reading, base))
  const came = (body['urls'] as unknown[]).length
  const total = typeof body['count'] === 'number' ? body['count'] : undefined
  // Each base is a separate list, so an id is unique only together with its base.
  const named = items.map((item) => ({ id: `${base}/${item.id}`, item }))
  const turned = turnPage(reading, position.pages, named, came, { total }, seen)
  return {
    items: turned.items.map(({ item }) => item),
    next: turned.next ? { ...position, pages: turned.next } : undefined,
  }
}

function readPosition(state: unknown): Position | undefined {
  if (!isRecord(state)) return undefined
  const { bases, kind, after } = state
  const pages = readPagePosition(state['pages'])
  const isGood = Array.isArray(bases) && bases.length > 0 && bases.every((id) => typeof id === 'string' && id !== '')
  if (!isGood || !pages || (kind !== 'faq' && kind !== 'website')) return undefined
  if (after !== null && typeof after !== 'string') return undefined
  return { bases, kind, after, pages }
}

/** How much of a site to crawl, in the vendor's words. */
const scopes = { page: 'Exact', path: 'Path', site: 'Domain' } as const

export async function addKnowledge(
  context: Context,
  input: KnowledgeInput,
  options: OperationOptions | undefined,
): Promise<LeadConnectorKnowledge> {
  const call = context.begin('knowledge.add', options)
  vendorOptions(call, checkInput(call, input).vendor, {})
  const content = itemBody(call, input)
  const knowledgeBaseId =
    optionalText(call, input.knowledgeBaseId, 'knowledgeBaseId') ?? (await defaultKnowledgeBase(context, call))
  const isFaq = input.kind === 'faq'
  const spec = context.spec('knowledgeBases', {
    method: 'POST',
    path: isFaq ? '/knowledge-bases/faqs' : '/knowledge-bases/crawler',
    body: { locationId: context.locationId, knowledgeBaseId, ...content },
  })
  const item = await call.read(spec, (body, reading) => {
    const raw = unwrap(body, 'faq', 'data')
    return isFaq ? readFaq(raw, reading, knowledgeBaseId) : readCrawl(raw, reading, knowledgeBaseId)
  })
  if (!isFaq) {
    call.reading.warn('degraded', 'The crawl was started; the agent answers from the pages once they are trained.')
  }
  return item
}

function itemBody(call: Call, input: KnowledgeInput): Record<string, string> {
  switch (input.kind) {
    case 'faq':
      return { question: checkText(call, input.question, 'question'), answer: checkText(call, input.answer, 'answer') }
    case 'website': {
      const url = checkUrl(call, input.url, 'url')
      const scope = checkWord(call, input.scope, 'scope', ['page', 'path', 'site']) ?? 'page'
      return { url, option: scopes[scope] }
    }
    default:
      throw invalid(call, 'kind', 'must be faq or website: the API cannot add texts or files to a knowledge base')
  }
}

/**
 * FAQs and pages have different endpoints. A bare id is tried as a FAQ first, because that endpoint reports an unknown
 * id.
 */
export async function removeKnowledge(
  context: Context,
  target: Target<KnowledgeItem>,
  options: RemoveKnowledgeOptions = {},
): Promise<Deleted> {
  const call = context.begin('knowledge.remove', options)
  const id = checkId(call, target, 'item')
  const item = typeof target === 'object' ? target : undefined
  // From JavaScript, an object with nothing but an id may come as well.
  const kind = item?.kind?.value ?? options.kind
  if (kind !== undefined && kind !== 'faq' && kind !== 'website')
    throw invalid(call, 'kind', 'must be faq or website: nothing else can be removed through the API')
  const base = optionalText(call, item?.knowledgeBaseId ?? options.knowledgeBaseId, 'knowledgeBaseId')
  if (kind === 'website') return removePage(context, call, id, base)
  const faq = await removeFaq(context, call, id).catch((error: unknown) => {
    if (kind === 'faq' || !isParleyError(error) || error.code !== 'not-found') throw error
    return undefined
  })
  // The FAQ endpoint did not confirm the removal, so the id may be the id of a page.
  if (faq && (faq.confirmed || kind === 'faq')) return faq
  return removePage(context, call, id, base)
}

async function removeFaq(context: Context, call: Call, id: string): Promise<Deleted> {
  const path = pathOf`/knowledge-bases/faqs/${id}`
  const { body } = await call.request(context.spec('knowledgeBases', { method: 'DELETE', path }))
  return { id, confirmed: isRecord(body) && body['success'] === true }
}

/** A removal must name the base. It does not affect pages of other bases, so without one, each base can be tried. */
async function removePage(
  context: Context,
  call: Call,
  id: string,
  knowledgeBaseId: string | undefined,
): Promise<Deleted> {
  const bases = knowledgeBaseId === undefined ? await knowledgeBaseIds(context, call) : [knowledgeBaseId]
  for (const base of bases) {
    if (await removePageFrom(context, call, id, base)) return { id, confirmed: true }
  }
  return { id, confirmed: false }
}

/**
 * `DELETE /knowledge-bases/crawler`. It also succeeds for unknown pages. Newer editions return the number of deleted
 * pages and require a flag that says not to delete all pages. Older editions refuse that flag.
 *
 * @returns whether the vendor confirmed that the page was removed.
 */
async function removePageFrom(context: Context, call: Call, id: string, knowledgeBaseId: string): Promise<boolean> {
  const content = { locationId: context.locationId, knowledgeBaseId, urlIds: [id] }
  const spec = (body: object) =>
    context.spec('knowledgeBases', { method: 'DELETE', path: '/knowledge-bases/crawler', body })
  const { body } = await call.request(spec(content)).catch((error: unknown) => {
    const isAsked = isParleyError(error) && error.fields?.some(({ path }) => path === 'deleteAll')
    if (!isAsked) throw error
    return call.request(spec({ ...content, deleteAll: false }))
  })
  return isRecord(body) && Number(body['deletedCount']) > 0
}

/**
 * A location has at most 15 bases, so one page holds them all. More pages are read unless the vendor says that none
 * follow.
 */
const limit = 20

/** The ids of the location's knowledge bases. `GET /knowledge-bases/`. */
async function knowledgeBaseIds(context: Context, call: Call): Promise<string[]> {
  const ids = new Set<string>()
  for (let last: string | undefined; ; ) {
    const before = ids.size
    const query = { locationId: context.locationId, limit, lastKnowledgeBaseId: last }
    const spec = context.spec('knowledgeBases', { path: '/knowledge-bases/', query })
    const data: Payload = await call.read(spec, (body, reading) => {
      const raw = unwrap(body, 'data')
      for (const id of reading.items(raw['knowledgeBases'], 'knowledgeBases', (base) => reading.id(base))) ids.add(id)
      return raw
    })
    const next = [...ids].at(-1)
    if (data['hasMore'] === true && ids.size === before) throw endless(call)
    const isFull = (data['knowledgeBases'] as unknown[]).length >= limit
    if (data['hasMore'] === false || ids.size === before || (data['hasMore'] !== true && !isFull)) break
    last = next
  }
  return [...ids]
}

/** The base for a new item without `knowledgeBaseId`: the only base, or the vendor's default base. */
async function defaultKnowledgeBase(context: Context, call: Call): Promise<string> {
  const ids = await knowledgeBaseIds(context, call)
  if (ids.length === 1) return ids[0] as string
  for (const id of ids) {
    const spec = context.spec('knowledgeBases', { path: pathOf`/knowledge-bases/${id}` })
    const isDefault = await call.read(spec, (body) => {
      if (!isRecord(body)) throw new DecodeError('')
      return unwrap(body, 'data')['isDefault'] === true
    })
    if (isDefault) return id
  }
  throw invalid(call, 'knowledgeBaseId', 'is required: the location has no default knowledge base')
}
