import {
  createFileSource,
  createQuestionSource,
  createTextSource,
  createUrlSource,
} from './livechatai-data-source-create.ts'
import { deleteDataSources } from './livechatai-data-source-delete.ts'
import { type Call, type Desk, endpoint } from './livechatai-endpoint.ts'
import { agentOf } from './livechatai-find.ts'
import { withOddities } from './livechatai-odd.ts'
import { pages, slice } from './livechatai-pagination.ts'
import { optionalWord } from './livechatai-read.ts'
import { sourceTypes } from './livechatai-source-types.ts'
import type { StoredDataSource } from './livechatai-state.ts'
import { isoMilliseconds } from './livechatai-time.ts'

export function dataSourceRoutes(desk: Desk): void {
  endpoint(desk, '/data-sources', { GET: listDataSources, DELETE: deleteDataSources })
  endpoint(desk, '/data-sources/url', { POST: createUrlSource })
  endpoint(desk, '/data-sources/text', { POST: createTextSource })
  endpoint(desk, '/data-sources/qa', { POST: createQuestionSource })
  endpoint(desk, '/data-sources/file', { POST: createFileSource })
}

/** `data-sources/list`: the second pagination dialect, here inside `data`. */
function listDataSources(call: Call): object {
  const agent = agentOf(call, call.query('agentId'))
  const type = optionalWord('source', call.query('source'), [...sourceTypes, 'ALL']) ?? 'ALL'
  const found = [...call.state.dataSources.values()].filter(
    (each) => each.agentId === agent.id && (type === 'ALL' || each.source === type),
  )
  const page = slice(call, found, 'limit', 10)
  const items = page.items.map((source) => shownSource(call, source))
  // Training takes a while; here it takes a number of looks, so that nobody has to wait for it.
  for (const source of page.items) source.processing = Math.max(0, source.processing - 1)
  return { status: 'success', data: { agentId: agent.id, items, ...pages(page) } }
}

const shownSource = (call: Call, source: StoredDataSource): object =>
  withOddities(
    call.settings,
    {
      id: source.id,
      title: source.title,
      text: source.text,
      url: source.url,
      source: source.source,
      status: statusOf(source),
      characterCount: source.text.length,
      createdAt: isoMilliseconds(source.createdAt),
      updatedAt: isoMilliseconds(source.updatedAt),
    },
    'dataSource',
    source.oddity,
  )

/** Only `COMPLETED` is documented. */
function statusOf({ processing, failed }: StoredDataSource): string {
  if (processing > 0) return 'PROCESSING'
  return failed ? 'FAILED' : 'COMPLETED'
}
