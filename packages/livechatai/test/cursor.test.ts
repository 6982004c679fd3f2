import { liveChatAI } from '@parley/livechatai'
import { cursorSuite } from '@parley/testkit'

const answer = {
  data: { conversations: [{ id: '1' }, { id: '2' }], meta: { currentPage: 1, totalPages: 2, total: 3 } },
}

cursorSuite('agent', (agentId) =>
  liveChatAI({ account: 'a', apiKey: 'k', agentId, fetch: async () => Response.json(answer) }),
)
