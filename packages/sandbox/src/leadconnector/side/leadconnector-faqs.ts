import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { readQuery } from '../http/leadconnector-query.ts'
import { badRequest, created, invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { needed, number, optional, string, violations } from '../http/leadconnector-rules.ts'
import { iso, type Json, numberOf } from '../leadconnector-json.ts'
import { newId } from '../state/leadconnector-new-id.ts'
import type { FaqRecord, KnowledgeBaseRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'
import { noBase } from './leadconnector-knowledge-bases.ts'

const route = { family: 'knowledge-bases', scope: null } as const
const one = '/knowledge-bases/faqs/:id'

export const faqEndpoints: readonly LocationEndpoint[] = [
  { ...route, method: 'GET', path: '/knowledge-bases/faqs', handle: listFaqs },
  { ...route, method: 'POST', path: '/knowledge-bases/faqs', handle: createFaq },
  { ...route, method: 'PUT', path: one, handle: updateFaq },
  { ...route, method: 'DELETE', path: one, handle: deleteFaq },
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
