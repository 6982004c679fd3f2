import { type Call, type KnowledgeItem, type NumberedPlace, type TurnedPage, turnPage } from '@parley/core'
import { orEnd, readPages } from '../livechatai-page.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { readDataSource } from '../read/read-livechatai-data-source.ts'
import type { LiveChatAIRawDataSource } from '../wire/index.ts'

export type Found = KnowledgeItem<LiveChatAIRawDataSource>

/** "data-sources/list". @param source the vendor's word for a kind. */
export const fetchKnowledge = (
  call: Call,
  place: NumberedPlace,
  size: number,
  seen: Set<string>,
  agentId: string,
  source: string | undefined,
): Promise<TurnedPage<Found>> => {
  const query = { agentId, source, page: place.page, limit: size }
  const page = call.read({ path: '/data-sources', query }, (body, reading) => {
    const data = dataOf(body)
    const owner = reading.text(data, 'agentId') || agentId
    const list = data['items']
    const all = reading.items(list, 'data.items', (raw) => readDataSource(raw, reading, owner))
    return turnPage(reading, place, all, (list as unknown[]).length, readPages(data, reading), seen)
  })
  return orEnd(call, place, seen, page)
}
