import { langGraph } from '@parley/langgraph'
import { cursorSuite } from '@parley/testkit'

const threads = ['1', '2'].map((thread_id) => ({ thread_id, status: 'idle', metadata: {} }))

cursorSuite('server', (name) =>
  langGraph({ account: 'a', baseUrl: `http://${name}.test`, fetch: async () => Response.json(threads) }),
)
