import { agents, contacts, conversations, knowledge, type List, messages, page } from '../../../test/fuzz/list.ts'
import { agentWithSecrets } from './fixtures/agent.ts'
import * as fixtureConversations from './fixtures/conversations.ts'
import * as fixtureMessages from './fixtures/messages.ts'
import * as fixtureUsers from './fixtures/users.ts'

/** Every list of the adapter; test/fuzz/lists.test.ts names one that is missing. */
export const lists: readonly List[] = [
  // The list has the key's own agent and nothing else, whatever it is called.
  { ...agents, items: [agentWithSecrets], answer: (items) => items[0], holdsOne: true },
  {
    ...conversations,
    items: [
      fixtureConversations.listedConversation,
      fixtureConversations.fullConversation,
      fixtureConversations.olderConversation,
    ],
    answer: (data) => ({ ...fixtureConversations.conversationPage, hasNextPage: false, totalItems: data.length, data }),
  },
  {
    ...messages,
    items: [
      fixtureMessages.userMessage,
      fixtureMessages.agentMessage,
      fixtureMessages.manualMessage,
      fixtureMessages.fullMessage,
    ],
    answer: (items) => ({ messages: items }),
  },
  {
    ...knowledge,
    list: async (account) => page(account.knowledge?.list?.()),
    items: [{ ...fixtureMessages.fullMessage.files[0], status: 'COMPLETED' }],
    answer: (data) => ({ data }),
  },
  {
    // The feedback of a page of conversations.
    operation: 'feedback.list',
    list: async (account) => page(account.feedback?.list?.()),
    items: fixtureConversations.fullConversation.feedbacks,
    answer: (feedbacks) => ({
      ...fixtureConversations.conversationPage,
      hasNextPage: false,
      data: [{ ...fixtureConversations.fullConversation, feedbacks }],
    }),
  },
  {
    ...contacts,
    items: [fixtureUsers.fullUser, fixtureUsers.bareUser],
    answer: (data) => ({ ...fixtureConversations.conversationPage, hasNextPage: false, totalItems: data.length, data }),
  },
]
