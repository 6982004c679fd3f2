import type { Vendor } from '../../../test/vendors.ts'
import { agentConversation, agentConversationDefinition } from '../src/index.ts'
import { lists } from './lists.ts'

const skills: Vendor['toleratedByReader'][string] = [
  { path: 'skills.systemName', kind: 'unknown-word', reason: 'Most skills are no channels: a new one is no drift.' },
  { path: 'skills.status', kind: 'unknown-word', reason: 'Whatever is not active is no channel.' },
]
const citations: typeof skills = [
  { path: 'fullAIResponse.urlCitations', kind: 'wrong-type', reason: 'A citation has no field that it must have.' },
]

export const vendor: Vendor = {
  label: 'agent-conversation',
  otherNames: ['raia'],
  name: 'agentConversation',
  definition: agentConversationDefinition,
  create: agentConversation,
  credentials: { apiKey: 'key-1' },
  ownOptions: {
    ...{ authHeader: 'X-Key', authPrefix: 'Bearer ', organizationKey: 'other', organizationHeader: 'X-Other' },
    ...{ operatorId: 'user', replyTimeout: 5_000, stateNames: true },
  },
  operator: {},
  variants: [],
  operatorId: () => undefined,
  listRequest: 'GET /external/conversations key-1',
  startKiB: 40,
  lists,
  fuzzInputs: {
    'conversations.update': { title: 'A' },
    'knowledge.add': { kind: 'file', fileName: 'a.txt', contentType: 'text/plain', content: new Uint8Array(1) },
  },
  toleratedByReader: { readAgent: skills, readMessage: citations, readAIResponse: citations },
  toleratedByOperation: { 'agents.list': skills, 'agents.get': skills },
}
