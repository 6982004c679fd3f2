import {
  type Call,
  checkId,
  checkInput,
  checkLimit,
  checkOptionalText,
  DecodeError,
  decodeCursor,
  encodeCursor,
  errorOf,
  flag,
  ignoreOptions,
  invalid,
  isRecord,
  type KnowledgeInput,
  type KnowledgeItem,
  type KnowledgeOperations,
  type KnowledgeQuery,
  type OptionRules,
  type Page,
  pathOf,
  vendorOptions,
} from '@parley/core'
import { checkFile } from '@parley/core/operations'
import type { AgentConversationVendorOptions } from './options.ts'
import type { Context } from './protocol.ts'
import { readAgentFile } from './read/knowledge.ts'
import type { AgentConversationAgentFilePayload } from './wire.ts'

/** The files of the agent. The vendor accepts nothing else and returns them all at once. */
export type AgentConversationKnowledge = KnowledgeOperations<KnowledgeItem<AgentConversationAgentFilePayload>>

export const createKnowledge = (context: Context): AgentConversationKnowledge => ({
  list: (query, options) =>
    context.list('knowledge.list', query, options, (call, query, cursor) =>
      listKnowledge(context, call, query, cursor),
    ),

  add: async (input, options) => addKnowledge(context, context.begin('knowledge.add', options), input),

  /** Deletes one file at a time, because only this shows whether the file existed. */
  remove: async (target, options = {}) => {
    const call = context.begin('knowledge.remove', options)
    const id = checkId(call, target, 'item')
    ignoreOptions(call, options, ['knowledgeBaseId'], 'an agent has only one collection.')
    await call.request({ method: 'DELETE', path: pathOf`/agent-files/${id}/delete`, expect: 'none' })
    return { id, confirmed: true }
  },
})

type Found = KnowledgeItem<AgentConversationAgentFilePayload>

const uncut = { default: Number.POSITIVE_INFINITY, max: Number.POSITIVE_INFINITY }

/** "Agent files", which the vendor returns all at once. Parley applies the limit. */
async function listKnowledge(
  { known }: Context,
  call: Call,
  given: KnowledgeQuery,
  cursor: string | undefined,
): Promise<Page<Found>> {
  const query = checkInput(call, given)
  vendorOptions(call, query.vendor, {})
  const limit = checkLimit(call, query.limit, uncut)
  const search = checkOptionalText(call, query.search, 'search')?.toLowerCase()
  const from = cursor === undefined ? 0 : decodeCursor(cursor, readPlace)
  ignoreOptions(call, query, ['knowledgeBaseId'], 'an agent has only one collection.')
  const { warnings } = call.reading
  if (search)
    call.reading.warn('local-filter', `${call.vendor} cannot filter by search; Parley applied the filter instead.`)
  // There are only files.
  if (query.kind !== undefined && query.kind !== 'file') return { items: [], next: null, warnings, total: 0 }
  const all = await call.read({ path: '/agent-files/by-api-key' }, (body, reading) =>
    reading.items(listIn(body), 'data', (raw) => readAgentFile(raw, reading, known.agentId)),
  )
  const wanted = search ? all.filter(({ fileName }) => fileName?.toLowerCase().includes(search)) : all
  const items = wanted.slice(from, from + limit)
  const next = from + limit < wanted.length ? encodeCursor(from + limit) : null
  return { items, next, warnings, total: wanted.length }
}

/** Declared as one file although it returns all of them: a list, one file, an envelope or nothing is accepted. */
function listIn(body: unknown): unknown {
  if (!isRecord(body)) return body ?? []
  return body['id'] === undefined ? body['data'] : [body]
}

const readPlace = (state: unknown): number | undefined =>
  Number.isSafeInteger(state) && (state as number) > 0 ? (state as number) : undefined

const ownOptions: OptionRules<AgentConversationVendorOptions['knowledge.add']> = { autoAddToVectorStore: flag }

/** "Agent files": uploads one file. By default it is also added to the vector store, which the agent searches. */
async function addKnowledge({ known }: Context, call: Call, given: KnowledgeInput): Promise<Found> {
  const input = checkInput(call, given)
  const { autoAddToVectorStore = true } = vendorOptions(call, input.vendor, ownOptions)
  if (input.kind !== 'file') {
    const said = 'this vendor accepts only files; pass a text, or a question with its answer, as the content of a file.'
    throw errorOf(call, 'unsupported', said, { fields: [{ path: 'kind', problem: 'must be file' }] })
  }
  if (input.content === undefined && input.text !== undefined)
    throw invalid(call, 'text', 'is not supported: this vendor reads the file itself (content)')
  const { fileName, contentType, content } = checkFile(call, input)
  ignoreOptions(call, input, ['title', 'text'], 'the vendor uses the fileName and reads the file itself.')
  ignoreOptions(call, input, ['knowledgeBaseId'], 'an agent has only one collection.')
  const body = new FormData()
  body.set('file', new Blob([content as BlobPart], { type: contentType }), fileName)
  body.set('autoAddToVectorStore', String(autoAddToVectorStore))
  return call.read({ method: 'POST', path: '/agent-files/upload', body }, (answer, reading) => {
    if (!isRecord(answer)) throw new DecodeError('')
    return readAgentFile(answer, reading, known.agentId)
  })
}
