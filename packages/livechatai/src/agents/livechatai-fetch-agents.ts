import { type Agent, type Call, isRaw, Unreadable } from '@parley/core'
import { orEnd, type PagePlace, readPages, type TurnedPage, turnPage } from '../livechatai-page.ts'
import { readAgent } from '../read/read-livechatai-agent.ts'
import type { LiveChatAIRawAgent } from '../wire/index.ts'

/** "agents/list". */
export const fetchAgents = (call: Call, place: PagePlace): Promise<TurnedPage<Agent<LiveChatAIRawAgent>>> =>
  orEnd(
    place,
    call.read({ path: '/agents', query: { page: place.page, limit: place.size } }, (body, reading) => {
      if (!isRaw(body)) throw new Unreadable('data')
      const list = body['data']
      const all = reading.items(list, 'data', (raw) => readAgent(raw, reading))
      return turnPage(place, all, (list as unknown[]).length, readPages(body, reading))
    }),
  )
