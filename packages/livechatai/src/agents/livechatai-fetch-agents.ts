import { type Agent, type Call, isRaw, type NumberedPlace, type TurnedPage, turnPage, Unreadable } from '@parley/core'
import { orEnd, readPages } from '../livechatai-page.ts'
import { readAgent } from '../read/read-livechatai-agent.ts'
import type { LiveChatAIRawAgent } from '../wire/index.ts'

/** "agents/list". */
export const fetchAgents = (
  call: Call,
  place: NumberedPlace,
  size: number,
  seen: Set<string>,
): Promise<TurnedPage<Agent<LiveChatAIRawAgent>>> =>
  orEnd(
    call,
    place,
    seen,
    call.read({ path: '/agents', query: { page: place.page, limit: size } }, (body, reading) => {
      if (!isRaw(body)) throw new Unreadable('data')
      const list = body['data']
      const all = reading.items(list, 'data', (raw) => readAgent(raw, reading))
      return turnPage(reading, place, all, (list as unknown[]).length, readPages(body, reading), seen)
    }),
  )
