import {
  type Call,
  checkId,
  checkWord,
  type Deleted,
  ignoreOptions,
  type KnowledgeItem,
  numberedPlace,
  type RemoveKnowledgeOptions,
  type Target,
} from '@parley/core'
import { agentIdOf, type LiveChatAIContext } from '../livechatai-context.ts'
import { errorOf } from '../livechatai-error.ts'
import { pageSize } from '../livechatai-limits.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { sourceWords } from '../map/map-livechatai-source-kind.ts'
import { fetchKnowledge } from './livechatai-fetch-knowledge.ts'
import { kinds } from './livechatai-list-knowledge.ts'

/** "data-sources/delete": a DELETE with a body, which has to name the kind as well. */
export async function removeKnowledge(
  context: LiveChatAIContext,
  call: Call,
  target: Target<KnowledgeItem>,
  options: RemoveKnowledgeOptions = {},
): Promise<Deleted> {
  const id = checkId(call, target, 'item')
  const kind = checkWord(call, options.kind, 'kind', kinds)
  const agentId = agentIdOf(context, target)
  ignoreOptions(call, options, ['knowledgeBaseId'], 'an agent has one collection.')
  const native = typeof target === 'object' ? target.kind?.native : undefined
  const source = typeof native === 'string' ? native : (kind && sourceWords[kind]) || (await wordFor(call, agentId, id))
  // These come with a citation or a list, and no call makes or removes them.
  if (source === 'YOUTUBE' || source === 'NOTION') {
    const said = 'videos and Notion pages can only be removed in the dashboard.'
    throw errorOf(call, 'unsupported', said, [{ path: 'item.kind', problem: 'cannot be removed' }])
  }
  // A second one tells that the source is not there, which would hide that the first one was carried out.
  const spec = {
    method: 'DELETE',
    path: '/data-sources',
    body: { agentId, source, ids: [id] },
    idempotent: false,
  } as const
  return call.read(spec, (body, reading) => {
    // What was not there is told within a success; the `source` that is echoed is not to be relied on.
    const data = dataOf(body)
    if (reading.texts(data, 'notFound')?.includes(id)) throw missing(call)
    return { id, confirmed: reading.texts(data, 'deleted')?.includes(id) ?? false }
  })
}

/** There is no call for a single one, so the list is read until it comes. */
async function wordFor(call: Call, agentId: string, id: string): Promise<string> {
  const seen = new Set<string>()
  for (let place = numberedPlace(undefined); ; ) {
    const page = await fetchKnowledge(call, place, pageSize.max, seen, agentId, undefined)
    const found = page.items.find((item) => item.id === id)
    if (typeof found?.kind.native === 'string') return found.kind.native
    if (found || page.next === null) throw missing(call)
    place = page.next
  }
}

const missing = (call: Call): Error => errorOf(call, 'not-found', 'the agent has no such source of this kind.')
