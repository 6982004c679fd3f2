import type { Vendor } from '../../../test/vendors.ts'
import { langGraph, langGraphDefinition } from '../src/index.ts'
import { lists } from './lists.ts'

const preview: Vendor['toleratedByReader'][string] = [
  { path: 'values', reason: 'Only the preview is made of them; messages.list tells what is odd about them.' },
]

export const vendor: Vendor = {
  label: 'LangGraph',
  otherNames: ['lang\\s*graph'],
  name: 'langGraph',
  definition: langGraphDefinition,
  create: langGraph,
  credentials: { apiKey: 'key-1', assistantId: 'desk' },
  ownOptions: { graphId: 'desk', messagesKey: 'messages', operatorName: 'operator', contactKey: 'contact' },
  operator: {},
  variants: [],
  operatorId: () => undefined,
  listRequest: 'POST /threads/search key-1',
  startKiB: 40,
  lists,
  fuzzInputs: { 'conversations.update': { title: 'A' } },
  readerArguments: {
    key: 'interrupts',
    otherwise: 'own-1',
    graph: { messagesKey: 'messages', operatorName: 'operator', contactKey: 'contact' },
    place: { conversationId: 'own-1', operatorName: 'operator' },
  },
  toleratedByReader: { readConversation: preview },
  toleratedByOperation: { 'conversations.list': preview, 'conversations.get': preview },
}
