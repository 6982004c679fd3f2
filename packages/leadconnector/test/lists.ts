import { agents, conversations, knowledge, type List, messages, page } from '../../../test/fuzz/list.ts'
import { actionPayloads } from './fixtures/actions.ts'
import * as fixtureAgents from './fixtures/agents.ts'
import * as fixtureConversations from './fixtures/conversations.ts'
import { generationPayload } from './fixtures/generation.ts'
import { faqPayload } from './fixtures/knowledge.ts'
import * as fixtureMessages from './fixtures/messages.ts'

/** Every list of the adapter; test/fuzz/lists.test.ts names one that is missing. */
export const lists: readonly List[] = [
  {
    ...agents,
    items: [fixtureAgents.agentItemPayload],
    answer: (items) => ({ agents: items, totalCount: items.length, count: items.length }),
  },
  {
    operation: 'agents.actions.list',
    list: async ({ agents: operations }) => page(operations?.actions?.list?.('agt_m41')),
    items: Object.values(actionPayloads),
    answer: (data) => ({ data, success: true }),
  },
  {
    ...conversations,
    items: [fixtureConversations.conversationItemPayload, fixtureConversations.conversationPayload],
    answer: (items) => ({ conversations: items, total: items.length }),
  },
  {
    ...messages,
    items: [
      fixtureMessages.smsPayload,
      fixtureMessages.emailMessagePayload,
      fixtureMessages.callPayload,
      fixtureMessages.activityPayload,
    ],
    answer: (items) => fixtureMessages.nested(items),
  },
  {
    ...knowledge,
    // One that says that it is deleted is left away, as it should be.
    items: [{ ...faqPayload, deleted: undefined }],
    // An empty list is followed by the pages of the same base.
    answer: (faqs) => ({ faqs, urls: [], count: 0, hasMore: false }),
  },
  {
    operation: 'operators.list',
    list: async (account) => page(account.operators?.list?.()),
    items: [
      { id: 'usr_1', name: 'Ines Varga', email: 'ines@clinic.example', phone: '+4312345', roles: { role: 'admin' } },
    ],
    answer: (users) => ({ users }),
  },
  {
    // The chunks of one answer: a generation that has no chunks has no sources.
    operation: 'sources.list',
    list: async (account) => page(account.sources?.list?.('own-1')),
    items: generationPayload.faqs,
    answer: (faqs) => ({ ...generationPayload, faqs, website: [] }),
  },
]
