import { agents, contacts, conversations, knowledge, type List, messages, page } from '../../../test/fuzz/list.ts'
import * as fixtureAgents from './fixtures/agents.ts'
import * as fixtureContacts from './fixtures/contacts.ts'
import * as fixtureConversations from './fixtures/conversations.ts'
import { listedSource, sourcePage } from './fixtures/knowledge.ts'
import * as fixtureMessages from './fixtures/messages.ts'

/** Shape: the scores of LiveChatAI's "analytics/csat"; made up. */
const csat = {
  id: 'csat-1',
  score: 4,
  comment: 'Quick',
  email: 'rosa@shop.test',
  name: 'Rosa',
  triggerReason: 'AFTER_RESOLUTION',
  createdAt: '2026-01-31T12:00:00.000Z',
}

/** Every list of the adapter; test/fuzz/lists.test.ts names one that is missing. */
export const lists: readonly List[] = [
  { ...agents, items: [fixtureAgents.listedAgent], answer: (items) => fixtureAgents.agentPage(items) },
  {
    ...conversations,
    items: [fixtureConversations.listedConversation, fixtureConversations.documentedConversation],
    answer: (items) => fixtureConversations.conversationPage(items),
  },
  {
    ...messages,
    items: [
      fixtureMessages.question,
      fixtureMessages.agentAnswer,
      fixtureMessages.teammateAnswer,
      fixtureMessages.image,
    ],
    answer: (items) => fixtureConversations.threadOf(items as object[]),
  },
  { ...contacts, items: [fixtureContacts.listedContact], answer: (items) => fixtureContacts.contactPage(items) },
  {
    ...knowledge,
    list: async (account) => page(account.knowledge?.list?.()),
    items: [listedSource],
    answer: (items) => sourcePage(items),
  },
  {
    operation: 'feedback.list',
    list: async (account) => page(account.feedback?.list?.()),
    items: [csat],
    answer: (scores) => ({
      status: 'success',
      data: {
        currentPeriod: { scores },
        metadata: { totalItemCount: 1, totalPageCount: 1, currentPage: 1, next: null },
      },
    }),
  },
]
