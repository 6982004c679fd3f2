import { announceKnowledgeBase } from './announce.ts'
import {
  badRequest,
  created,
  invalid,
  type LocationCall,
  type LocationEndpoint,
  list,
  needed,
  number,
  ok,
  oneOf,
  optional,
  type Reply,
  readQuery,
  string,
  violations,
} from './http.ts'
import {
  type FaqRecord,
  iso,
  type Json,
  type KnowledgeBaseRecord,
  listOf,
  numberOf,
  type PageRecord,
  textOf,
} from './records.ts'
import { type LocationState, newId } from './state.ts'

/** No scope is declared, so every token of the location works. */
const route = { family: 'knowledge-bases', scope: null } as const
const one = '/knowledge-bases/:id'

export const knowledgeBaseEndpoints: readonly LocationEndpoint[] = [
  { ...route, method: 'GET', path: '/knowledge-bases/', handle: listBases },
  { ...route, method: 'POST', path: '/knowledge-bases/', handle: createBase },
  { ...route, method: 'GET', path: one, handle: getBase },
  { ...route, method: 'PUT', path: one, handle: updateBase },
  { ...route, method: 'DELETE', path: one, handle: deleteBase },
]

const mostBases = 15

const noBase = (id: unknown): Reply => badRequest(`Knowledge base with id ${id} not found`)

function showBase(location: LocationState, base: KnowledgeBaseRecord): Json {
  return {
    id: base.id,
    name: base.name,
    nameLowerCase: base.name.toLowerCase(),
    description: base.description,
    locationId: location.id,
    deleted: false,
    createdAt: iso(base.createdAt),
    updatedAt: iso(base.updatedAt),
    isDefault: base.isDefault,
    kbMetadata: {
      faqs: base.faqs.length,
      urls: base.pages.length,
      richText: base.richText,
      files: base.files,
      webSearches: 0,
      tables: 0,
    },
  }
}

function listBases(call: LocationCall): Reply {
  const { location } = call
  const query = readQuery(call.query, ['limit'])
  const broken = violations({ locationId: needed(string), limit: optional(number(1)) }, query)
  if (broken.length > 0) return invalid(broken)
  const wanted = textOf(query['query'])?.toLowerCase() ?? ''
  const found = [...location.knowledgeBases.values()].filter(({ name }) => name.toLowerCase().includes(wanted))
  const start = found.findIndex(({ id }) => id === query['lastKnowledgeBaseId']) + 1
  const end = start + (numberOf(query['limit']) ?? 20)
  const page = found.slice(start, end)
  const knowledgeBases = page.map(({ id, name, createdAt }) => ({ id, name, createdAt: iso(createdAt) }))
  const lastKnowledgeBaseId = page.at(-1)?.id ?? null
  const data = { knowledgeBases, activeCount: location.knowledgeBases.size, hasMore: end < found.length }
  return ok({ success: true, data: { ...data, lastKnowledgeBaseId } })
}

function getBase({ location, params }: LocationCall): Reply {
  const base = location.knowledgeBases.get(params['id'] ?? '')
  return base ? ok({ success: true, data: showBase(location, base) }) : noBase(params['id'])
}

const bodyShape = { name: needed(string), description: optional(string), locationId: needed(string) }

function createBase({ body, location, state, now }: LocationCall): Reply {
  const broken = violations(bodyShape, body)
  if (broken.length > 0) return invalid(broken)
  if (location.knowledgeBases.size >= mostBases) return badRequest('Maximum of 15 knowledge bases reached')
  const base: KnowledgeBaseRecord = {
    id: newId(state, 'knowledge-base'),
    name: String(body['name']),
    description: textOf(body['description']) ?? '',
    isDefault: location.knowledgeBases.size === 0,
    createdAt: now,
    updatedAt: now,
    faqs: [],
    pages: [],
    richText: 0,
    files: 0,
  }
  location.knowledgeBases.set(base.id, base)
  announceKnowledgeBase(state, location, base, 'Create')
  return created({ success: true, data: showBase(location, base) })
}

/** The documents also require the name and the location. The vendor's own client sends only the changes. */
const changes = { name: optional(string), description: optional(string), locationId: optional(string) }

function updateBase({ body, location, params, state, now }: LocationCall): Reply {
  const base = location.knowledgeBases.get(params['id'] ?? '')
  if (!base) return noBase(params['id'])
  const broken = violations(changes, body)
  if (broken.length > 0) return invalid(broken)
  base.name = textOf(body['name']) ?? base.name
  base.description = textOf(body['description']) ?? base.description
  base.updatedAt = now
  announceKnowledgeBase(state, location, base, 'Update')
  return ok({ success: true, data: showBase(location, base) })
}

function deleteBase({ location, params, state }: LocationCall): Reply {
  const base = location.knowledgeBases.get(params['id'] ?? '')
  if (!base) return noBase(params['id'])
  location.knowledgeBases.delete(base.id)
  announceKnowledgeBase(state, location, base, 'Delete')
  return ok({ success: true })
}

const oneFaq = '/knowledge-bases/faqs/:id'

export const faqEndpoints: readonly LocationEndpoint[] = [
  { ...route, method: 'GET', path: '/knowledge-bases/faqs', handle: listFaqs },
  { ...route, method: 'POST', path: '/knowledge-bases/faqs', handle: createFaq },
  { ...route, method: 'PUT', path: oneFaq, handle: updateFaq },
  { ...route, method: 'DELETE', path: oneFaq, handle: deleteFaq },
]

function showFaq(location: LocationState, base: KnowledgeBaseRecord, faq: FaqRecord): Json {
  return {
    id: faq.id,
    question: faq.question,
    questionLowerCase: faq.question.toLowerCase(),
    answer: faq.answer,
    knowledgeBaseId: base.id,
    locationId: location.id,
    trainedUrlId: null,
    deleted: false,
    createdAt: iso(faq.createdAt),
    updatedAt: iso(faq.updatedAt),
  }
}

function listFaqs(call: LocationCall): Reply {
  const { location } = call
  const query = readQuery(call.query, ['limit'])
  const shape = { knowledgeBaseId: needed(string), locationId: needed(string), limit: optional(number(1)) }
  const broken = violations(shape, query)
  if (broken.length > 0) return invalid(broken)
  const base = location.knowledgeBases.get(String(query['knowledgeBaseId']))
  if (!base) return noBase(query['knowledgeBaseId'])
  const start = base.faqs.findIndex(({ id }) => id === query['lastFaqId']) + 1
  const end = start + (numberOf(query['limit']) ?? 10)
  const faqs = base.faqs.slice(start, end).map((faq) => showFaq(location, base, faq))
  return ok({ count: base.faqs.length, faqs, lastFaqId: faqs.at(-1)?.['id'] ?? null, hasMore: end < base.faqs.length })
}

const words = { question: needed(string), answer: needed(string) }

function createFaq({ body, location, state, now }: LocationCall): Reply {
  const broken = violations({ ...words, knowledgeBaseId: needed(string), locationId: needed(string) }, body)
  if (broken.length > 0) return invalid(broken)
  const base = location.knowledgeBases.get(String(body['knowledgeBaseId']))
  if (!base) return noBase(body['knowledgeBaseId'])
  const faq: FaqRecord = {
    id: newId(state, 'faq'),
    question: String(body['question']),
    answer: String(body['answer']),
    createdAt: now,
    updatedAt: now,
  }
  base.faqs.push(faq)
  return created({ success: true, faq: showFaq(location, base, faq) })
}

function find({ location, params }: LocationCall): { base: KnowledgeBaseRecord; faq: FaqRecord } | null {
  for (const base of location.knowledgeBases.values()) {
    const faq = base.faqs.find(({ id }) => id === params['id'])
    if (faq) return { base, faq }
  }
  return null
}

const noFaq = (id: unknown): Reply => badRequest(`FAQ with id ${id} not found`)

function updateFaq(call: LocationCall): Reply {
  const found = find(call)
  if (!found) return noFaq(call.params['id'])
  const broken = violations(words, call.body)
  if (broken.length > 0) return invalid(broken)
  const { base, faq } = found
  faq.question = String(call.body['question'])
  faq.answer = String(call.body['answer'])
  faq.updatedAt = call.now
  return ok({ success: true, faq: showFaq(call.location, base, faq) })
}

function deleteFaq(call: LocationCall): Reply {
  const found = find(call)
  if (!found) return noFaq(call.params['id'])
  found.base.faqs.splice(found.base.faqs.indexOf(found.faq), 1)
  return ok({ success: true })
}

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
    // The URL of the text, not the text itself.
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

/** A crawl finds one page and is complete at once. The page is not trained yet. */
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

/** The operation, and its pages by status. */
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

/** The vendor's client declares all of these as required. */
const inBase = { knowledgeBaseId: needed(string), locationId: needed(string), urlIds: needed(list(string, 1)) }

/** The pages that a body names. Pages of other bases are ignored. */
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
  // Unknown ids are no error. Newer editions return the number of deleted pages.
  return ok({ success: true, deletedCount: pages.length, message: 'URLs deleted successfully' })
}
