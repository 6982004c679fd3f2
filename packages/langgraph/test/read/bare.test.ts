import { bareSuite } from '@parley/testkit'
import { readAgent } from '../../src/read/agent.ts'
import { readConversation } from '../../src/read/conversation.ts'
import { readMessage } from '../../src/read/message.ts'

const graph = { messagesKey: 'messages', operatorName: 'operator', contactKey: 'contact' }
const place = { conversationId: 't-1', operatorName: 'operator' }
const message = {
  ...{ conversationId: 't-1', type: { value: 'text', native: null }, direction: 'unknown' },
  ...{ author: { kind: 'unknown', basis: 'inferred' }, text: '', sourcesState: 'unavailable' },
}
const conversation = {
  ...{ contact: null, status: { value: 'open', native: null }, customFields: {}, lastMessage: null },
  control: { holder: 'unknown', basis: 'none', native: null },
}

bareSuite('langgraph', 'shop', [
  {
    name: 'an assistant',
    kind: 'agent',
    read: ({ id, ...rest }, reading) => readAgent({ assistant_id: id, ...rest }, reading),
    bare: { name: 'x-1', status: { value: 'active', native: null }, attributes: {} },
    nulls: [
      ['name', 'description', 'graph_id', 'config', 'metadata', 'created_at', 'updated_at'],
      {
        ...{ description: null, createdAt: null, updatedAt: null },
      },
    ],
  },
  {
    name: 'a thread',
    kind: 'conversation',
    read: ({ id, ...rest }, reading) => readConversation({ thread_id: id, ...rest }, reading, graph),
    bare: conversation,
    nulls: [
      ['metadata', 'status', 'values', 'interrupts', 'created_at', 'updated_at'],
      {
        ...{ createdAt: null, updatedAt: null, lastActivityAt: null },
      },
    ],
  },
  {
    name: 'a message',
    kind: 'message',
    read: (payload, reading) => readMessage(payload, reading, place, 0),
    bare: message,
    nulls: [['type', 'role', 'content', 'name', 'additional_kwargs', 'tool_calls', 'usage_metadata'], {}],
  },
])
