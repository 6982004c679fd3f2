import {
  type Call,
  checkInput,
  checkLimit,
  checkOptionalText,
  decodeCursor,
  encodeCursor,
  ignoreOptions,
  isRaw,
  type KnowledgeItem,
  type KnowledgeQuery,
  type Page,
  vendorOptions,
} from '@parley/core'
import type { AgentConversationContext } from '../agent-conversation-context.ts'
import { readAgentFile } from '../read/read-agent-conversation-agent-file.ts'
import type { AgentConversationRawAgentFile } from '../wire/index.ts'

export type Found = KnowledgeItem<AgentConversationRawAgentFile>

const uncut = { default: Number.POSITIVE_INFINITY, max: Number.POSITIVE_INFINITY }

/** "Agent files", which come all at once: with a limit they are cut here. */
export async function listKnowledge(
  { known }: AgentConversationContext,
  call: Call,
  given: KnowledgeQuery,
  cursor: string | undefined,
): Promise<Page<Found>> {
  const query = checkInput(call, given)
  vendorOptions(call, query.vendor, {})
  const limit = checkLimit(call, query.limit, uncut)
  const search = checkOptionalText(call, query.search, 'search')?.toLowerCase()
  const from = cursor === undefined ? 0 : decodeCursor(cursor, readPlace)
  ignoreOptions(call, query, ['knowledgeBaseId'], 'an agent has one collection.')
  const { warnings } = call.reading
  if (search) call.reading.warn('local-filter', `${call.vendor} cannot filter by search; it was applied here.`)
  // There is nothing but files.
  if (query.kind !== undefined && query.kind !== 'file') return { items: [], next: null, warnings, total: 0 }
  const all = await call.read({ path: '/agent-files/by-api-key' }, (body, reading) =>
    reading.items(listIn(body), 'data', (raw) => readAgentFile(raw, reading, known.agentId)),
  )
  const wanted = search ? all.filter(({ fileName }) => fileName?.toLowerCase().includes(search)) : all
  const items = wanted.slice(from, from + limit)
  const next = from + limit < wanted.length ? encodeCursor(from + limit) : null
  return { items, next, warnings, total: wanted.length }
}

/** Declared as one file although it returns all of them: a list, one, an envelope or nothing is taken. */
function listIn(body: unknown): unknown {
  if (!isRaw(body)) return body ?? []
  return body['id'] === undefined ? body['data'] : [body]
}

const readPlace = (state: unknown): number | undefined =>
  Number.isSafeInteger(state) && (state as number) > 0 ? (state as number) : undefined
