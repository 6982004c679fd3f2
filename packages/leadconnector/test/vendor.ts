import type { Vendor } from '../../../test/vendors.ts'
import { leadConnector, leadConnectorDefinition } from '../src/index.ts'
import { lists } from './lists.ts'

export const vendor: Vendor = {
  label: 'LeadConnector',
  otherNames: ['lead\\s*connector', 'high\\s*level'],
  name: 'leadConnector',
  definition: leadConnectorDefinition,
  create: leadConnector,
  credentials: { token: 'pit-1', locationId: 'loc_1' },
  ownOptions: { version: { conversations: 'v3' } },
  operator: {},
  variants: [],
  operatorId: ({ credentials }) => credentials['userId'],
  listRequest: 'GET /conversations/search Bearer pit-1',
  startKiB: 42,
  lists,
  fuzzInputs: { 'conversations.update': { unread: false, isStarred: true } },
  toleratedByReader: {
    readAgent: [{ path: 'goal', kind: 'wrong-type', reason: 'A goal comes as a text or as an object with a prompt.' }],
    readGeneration: [
      { path: 'actionLogs', reason: 'The elements have no declared type; whatever they are is kept in `details`.' },
    ],
  },
  toleratedByOperation: {
    'agents.get': [
      { path: 'goal', kind: 'wrong-type', reason: 'A goal comes as a text or as an object with a prompt.' },
    ],
  },
}
