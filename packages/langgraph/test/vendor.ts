import type { Vendor } from '../../../test/vendors.ts'
import { langGraph, langGraphDefinition } from '../src/index.ts'
import { lists } from './lists.ts'

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
  startKiB: 41,
  lists,
  fuzzInputs: {},
  toleratedByReader: {},
  toleratedByOperation: {},
}
