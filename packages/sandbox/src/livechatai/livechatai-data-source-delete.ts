import type { Call } from './livechatai-endpoint.ts'
import { badRequest } from './livechatai-errors.ts'
import { agentOf } from './livechatai-find.ts'
import { optionalText, requiredWord } from './livechatai-read.ts'
import { sourceTypes } from './livechatai-source-types.ts'

/** `data-sources/delete`: a DELETE with a body, one type at a time. What was not there is told and is no error. */
export async function deleteDataSources(call: Call): Promise<object> {
  const body = await call.body()
  const agent = agentOf(call, body['agentId'])
  const type = requiredWord('source', body['source'], sourceTypes)
  const deleted: string[] = []
  const notFound: string[] = []
  for (const id of wantedIds(body)) {
    const source = call.state.dataSources.get(id)
    const matches = source?.agentId === agent.id && source.source === type
    if (matches) call.state.dataSources.delete(id)
    const outcome = matches ? deleted : notFound
    outcome.push(id)
  }
  return {
    status: 'success',
    data: {
      message: `${deleted.length} data source(s) deleted`,
      agentId: agent.id,
      // The page's example answers a request for one type with the name of another.
      source: type === 'WEBSITE' ? 'TEXT' : 'WEBSITE',
      deleted,
      notFound,
    },
  }
}

function wantedIds(body: Readonly<Record<string, unknown>>): readonly string[] {
  const id = optionalText('id', body['id'])
  const ids = body['ids'] ?? []
  if (!Array.isArray(ids) || !ids.every((each): each is string => typeof each === 'string')) {
    throw badRequest('ids must be an array of strings')
  }
  const wanted = new Set(id === undefined ? ids : [id, ...ids])
  if (wanted.size === 0) throw badRequest('Either id or ids is required')
  return [...wanted]
}
