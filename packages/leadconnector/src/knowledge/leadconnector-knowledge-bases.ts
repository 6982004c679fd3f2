import { type Call, endless, invalid, isRaw, pathOf, type Raw, Unreadable } from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import { unwrap } from '../leadconnector-unwrap.ts'

/** A location has 15 at most, so that one page holds them all; more are read unless the vendor says that there are none. */
const limit = 20

/** The ids of the location's knowledge bases. `GET /knowledge-bases/`. */
export async function knowledgeBaseIds(client: LeadConnectorClient, call: Call): Promise<string[]> {
  const ids = new Set<string>()
  for (let last: string | undefined; ; ) {
    const before = ids.size
    const query = { locationId: client.locationId, limit, lastKnowledgeBaseId: last }
    const spec = client.spec('knowledgeBases', { path: '/knowledge-bases/', query })
    const data: Raw = await call.read(spec, (body, reading) => {
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

/** The base that new knowledge goes to when none is named: the only one, or the one that the vendor calls default. */
export async function defaultKnowledgeBase(client: LeadConnectorClient, call: Call): Promise<string> {
  const ids = await knowledgeBaseIds(client, call)
  if (ids.length === 1) return ids[0] as string
  for (const id of ids) {
    const spec = client.spec('knowledgeBases', { path: pathOf`/knowledge-bases/${id}` })
    const isDefault = await call.read(spec, (body) => {
      if (!isRaw(body)) throw new Unreadable('')
      return unwrap(body, 'data')['isDefault'] === true
    })
    if (isDefault) return id
  }
  throw invalid(call, 'knowledgeBaseId', 'is required: the location has no default knowledge base')
}
