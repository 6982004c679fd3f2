import { liveChatAI } from '@parley/livechatai'
import { expect, test } from 'vitest'

test('a cursor of one agent is refused at another with the same account name', async () => {
  const answer = {
    data: { conversations: [{ id: '1' }, { id: '2' }], meta: { currentPage: 1, totalPages: 2, total: 3 } },
  }
  const fetch: typeof globalThis.fetch = async () => Response.json(answer)
  const adapter = (agentId: string) => liveChatAI({ account: 'a', apiKey: 'k', agentId, fetch })
  const { next } = await adapter('one').conversations.list({ limit: 2 })
  const cursor = next ?? ''
  await expect(adapter('one').conversations.list({ limit: 2, cursor })).resolves.toBeDefined()
  await expect(adapter('other').conversations.list({ limit: 2, cursor })).rejects.toMatchObject({
    code: 'invalid-request',
    fields: [{ path: 'cursor' }],
  })
})
