import { leadConnector } from '@parley/leadconnector'
import { expect, test } from 'vitest'

test('a cursor of one location is refused at another with the same account name', async () => {
  const conversations = [1, 2].map((day) => ({
    id: `${day}`,
    contactId: 'p',
    lastMessageDate: Date.UTC(2026, 0, 9 - day),
  }))
  const fetch: typeof globalThis.fetch = async () => Response.json({ conversations, total: 3 })
  const adapter = (locationId: string) => leadConnector({ account: 'a', token: 't', locationId, fetch })
  const { next } = await adapter('one').conversations.list({ limit: 2 })
  const cursor = next ?? ''
  await expect(adapter('one').conversations.list({ limit: 2, cursor })).resolves.toBeDefined()
  await expect(adapter('other').conversations.list({ limit: 2, cursor })).rejects.toMatchObject({
    code: 'invalid-request',
    fields: [{ path: 'cursor' }],
  })
})
