import { leadConnector } from '@parley/leadconnector'
import { cursorSuite } from '@parley/testkit'

const conversations = [1, 2].map((day) => ({
  id: `${day}`,
  contactId: 'p',
  lastMessageDate: Date.UTC(2026, 0, 9 - day),
}))

cursorSuite('location', (locationId) =>
  leadConnector({
    account: 'a',
    token: 't',
    locationId,
    fetch: async () => Response.json({ conversations, total: 3 }),
  }),
)
