import type { Vendor } from '../../../test/vendors.ts'
import { liveChatAI, liveChatAIDefinition } from '../src/index.ts'
import { lists } from './lists.ts'

export const vendor: Vendor = {
  label: 'LiveChatAI',
  otherNames: ['live\\s*chat\\s*ai'],
  name: 'liveChatAI',
  definition: liveChatAIDefinition,
  create: liveChatAI,
  credentials: { apiKey: 'key-1', agentId: 'bot-1' },
  ownOptions: { streaming: true },
  operator: { operatorId: 'user' },
  variants: [{ streaming: true }],
  operatorId: ({ credentials }) => credentials['operatorId'],
  listRequest: 'GET /api/v2/conversations Bearer key-1',
  startKiB: 40,
  lists,
  fuzzInputs: {},
  toleratedByReader: {
    readMessage: [{ path: 'source', kind: 'wrong-type', reason: 'A citation has no field that it must have.' }],
    readConversation: [
      { path: 'messages', reason: 'Only the preview is made of them; the messages themselves tell what is odd.' },
    ],
  },
  toleratedByOperation: {
    'conversations.get': [
      {
        path: 'data.messages',
        reason: 'Only the preview is made of them; messages.list tells what is odd about them.',
      },
    ],
  },
}
