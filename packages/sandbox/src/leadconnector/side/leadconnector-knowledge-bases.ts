import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { readQuery } from '../http/leadconnector-query.ts'
import { badRequest, created, invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { needed, number, optional, string, violations } from '../http/leadconnector-rules.ts'
import { iso, type Json, numberOf, textOf } from '../leadconnector-json.ts'
import { newId } from '../state/leadconnector-new-id.ts'
import type { KnowledgeBaseRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'
import { announceKnowledgeBase } from '../webhooks/leadconnector-announce-others.ts'

/** No scope is declared: any token of the location will do. */
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

export const noBase = (id: unknown): Reply => badRequest(`Knowledge base with id ${id} not found`)

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

/** Pages ask for the name and the location as well; the vendor's own client sends what changes. */
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
