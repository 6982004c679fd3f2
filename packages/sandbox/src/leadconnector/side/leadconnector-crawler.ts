import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { readQuery } from '../http/leadconnector-query.ts'
import { badRequest, created, invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { list, needed, number, oneOf, optional, string, violations } from '../http/leadconnector-rules.ts'
import { iso, type Json, listOf, numberOf, textOf } from '../leadconnector-json.ts'
import { newId } from '../state/leadconnector-new-id.ts'
import type { KnowledgeBaseRecord, PageRecord } from '../state/leadconnector-records.ts'
import { noBase } from './leadconnector-knowledge-bases.ts'

const route = { family: 'knowledge-bases', scope: null } as const
const path = '/knowledge-bases/crawler'

export const crawlerEndpoints: readonly LocationEndpoint[] = [
  { ...route, method: 'GET', path: `${path}/status`, handle: crawlStatus },
  { ...route, method: 'POST', path: `${path}/train`, handle: trainPages },
  { ...route, method: 'GET', path, handle: listPages },
  { ...route, method: 'POST', path, handle: crawl },
  { ...route, method: 'DELETE', path, handle: deletePages },
]

function showPage({ origin, location }: LocationCall, base: KnowledgeBaseRecord, page: PageRecord): Json {
  return {
    id: page.id,
    url: page.url,
    title: page.title,
    status: page.status,
    locationId: location.id,
    knowledgeBaseId: base.id,
    // The address of the text, not the text.
    content: `${origin}/knowledge-bases/crawler/${page.id}.txt`,
    contentEditedByUser: false,
    updatedAt: iso(page.updatedAt),
  }
}

function listPages(call: LocationCall): Reply {
  const { location } = call
  const query = readQuery(call.query, ['page', 'pageLength'])
  const shape = {
    knowledgeBaseId: needed(string),
    locationId: needed(string),
    page: optional(number(1)),
    pageLength: optional(number(1)),
  }
  const broken = violations(shape, query)
  if (broken.length > 0) return invalid(broken)
  const base = location.knowledgeBases.get(String(query['knowledgeBaseId']))
  if (!base) return noBase(query['knowledgeBaseId'])
  const wanted = textOf(query['query'])?.toLowerCase() ?? ''
  const found = base.pages.filter(({ url, title }) => `${url} ${title}`.toLowerCase().includes(wanted))
  const size = numberOf(query['pageLength']) ?? 10
  const start = ((numberOf(query['page']) ?? 1) - 1) * size
  return ok({ count: found.length, urls: found.slice(start, start + size).map((page) => showPage(call, base, page)) })
}

/** A crawl finds one page and is at once done with it, but the page is not trained yet. */
function crawl({ body, location, state, now }: LocationCall): Reply {
  const shape = {
    locationId: needed(string),
    knowledgeBaseId: needed(string),
    url: needed(string),
    option: needed(oneOf('Exact', 'Path', 'Domain')),
  }
  const broken = violations(shape, body)
  if (broken.length > 0) return invalid(broken)
  const base = location.knowledgeBases.get(String(body['knowledgeBaseId']))
  if (!base) return noBase(body['knowledgeBaseId'])
  const url = String(body['url'])
  const id = newId(state, 'crawl')
  const known = base.pages.some((page) => page.url === url)
  const mode = String(body['option'])
  if (!known) base.pages.push({ id, url, title: url, text: '', status: 'Pending', mode, updatedAt: now })
  return created({ success: true, data: { operationId: id, status: known ? 'Existing' : 'Pending', url } })
}

function pageOf({ location }: LocationCall, id: unknown): { base: KnowledgeBaseRecord; page: PageRecord } | null {
  for (const base of location.knowledgeBases.values()) {
    const page = base.pages.find((one) => one.id === id)
    if (page) return { base, page }
  }
  return null
}

/** The operation, and the pages that it found by what became of them. */
function crawlStatus(call: LocationCall): Reply {
  const shape = { operationId: needed(string), knowledgeBaseId: needed(string), locationId: needed(string) }
  const broken = violations(shape, call.query)
  if (broken.length > 0) return invalid(broken)
  const found = pageOf(call, call.query['operationId'])
  if (!found) return badRequest(`Operation ${call.query['operationId']} not found`)
  const { id, url, title, status, mode, updatedAt } = found.page
  const operationDetails = {
    _id: id,
    locationId: call.location.id,
    knowledgeBaseId: found.base.id,
    status,
    url,
    mode: mode ?? 'Exact',
    discoveredUrlsCount: 1,
    trainedUrlsCount: status === 'Successful' ? 1 : 0,
    createdAt: iso(updatedAt),
    updatedAt: iso(updatedAt),
    __v: 0,
  }
  return ok({ success: true, data: { aggregate: [{ _id: status, records: [{ id, url, title }] }], operationDetails } })
}

/** The vendor's client declares all of them as required. */
const inBase = { knowledgeBaseId: needed(string), locationId: needed(string), urlIds: needed(list(string, 1)) }

/** The pages of the named base that a body names; of other bases it means none. */
function pagesOf({ body, location }: LocationCall): { base: KnowledgeBaseRecord; pages: PageRecord[] } | null {
  const base = location.knowledgeBases.get(String(body['knowledgeBaseId']))
  const ids = listOf(body['urlIds'])
  return base ? { base, pages: base.pages.filter(({ id }) => ids.includes(id)) } : null
}

function trainPages(call: LocationCall): Reply {
  const broken = violations({ ...inBase, operationId: needed(string) }, call.body)
  if (broken.length > 0) return invalid(broken)
  const found = pagesOf(call)
  if (!found) return noBase(call.body['knowledgeBaseId'])
  for (const page of found.pages) page.status = 'Successful'
  return created({ success: true })
}

function deletePages(call: LocationCall): Reply {
  const broken = violations(inBase, call.body)
  if (broken.length > 0) return invalid(broken)
  const found = pagesOf(call)
  if (!found) return noBase(call.body['knowledgeBaseId'])
  const { base, pages } = found
  for (const page of pages) base.pages.splice(base.pages.indexOf(page), 1)
  // Unknown ids are no error; newer editions tell how many pages went.
  return ok({ success: true, deletedCount: pages.length, message: 'URLs deleted successfully' })
}
