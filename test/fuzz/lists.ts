import { agentConversation } from '@parley/agent-conversation'
import type { Adapter, AdapterOptions, Page, RuntimeOptions } from '@parley/core'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import { agentWithSecrets } from '../../packages/agent-conversation/test/fixtures/agent.ts'
import * as acConversations from '../../packages/agent-conversation/test/fixtures/conversations.ts'
import * as acMessages from '../../packages/agent-conversation/test/fixtures/messages.ts'
import * as acUsers from '../../packages/agent-conversation/test/fixtures/users.ts'
import { actionPayloads } from '../../packages/leadconnector/test/fixtures/actions.ts'
import * as leadAgents from '../../packages/leadconnector/test/fixtures/agents.ts'
import * as leadConversations from '../../packages/leadconnector/test/fixtures/conversations.ts'
import { faqPayload } from '../../packages/leadconnector/test/fixtures/knowledge.ts'
import * as leadMessages from '../../packages/leadconnector/test/fixtures/messages.ts'
import * as liveAgents from '../../packages/livechatai/test/fixtures/agents.ts'
import * as liveContacts from '../../packages/livechatai/test/fixtures/contacts.ts'
import * as liveConversations from '../../packages/livechatai/test/fixtures/conversations.ts'
import { listedSource, sourcePage } from '../../packages/livechatai/test/fixtures/knowledge.ts'
import * as liveMessages from '../../packages/livechatai/test/fixtures/messages.ts'

/** One way in which an account lists things, over an answer that is made up. */
export interface List {
  operation: string
  /** What one item may be. */
  items: readonly unknown[]
  /** The whole answer around items. */
  answer(items: readonly unknown[]): unknown
  list(adapter: Adapter): PromiseLike<Page<unknown>>
}

const conversations: Pick<List, 'operation' | 'list'> = {
  operation: 'conversations.list',
  list: async ({ conversations: operations }) => page(operations?.list?.()),
}
const messages: Pick<List, 'operation' | 'list'> = {
  operation: 'messages.list',
  list: async ({ messages: operations }) => page(operations?.list?.('own-1')),
}
const agents: Pick<List, 'operation' | 'list'> = {
  operation: 'agents.list',
  list: async ({ agents: operations }) => page(operations?.list?.()),
}
const contacts: Pick<List, 'operation' | 'list'> = {
  operation: 'contacts.list',
  list: async ({ contacts: operations }) => page(operations?.list?.()),
}

const knowledge: Pick<List, 'operation' | 'list'> = {
  operation: 'knowledge.list',
  list: async ({ knowledge: operations }) => page(operations?.list?.({ knowledgeBaseId: 'kb_2' })),
}

async function page(listed: PromiseLike<Page<unknown>> | undefined): Promise<Page<unknown>> {
  if (listed === undefined) throw new Error('There is no such list.')
  return listed
}

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

/** Every list of every adapter; a test says which one is missing. */
export const lists: Readonly<Record<string, readonly List[]>> = {
  leadconnector: [
    {
      ...agents,
      items: [leadAgents.agentItemPayload],
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
      items: [leadConversations.conversationItemPayload, leadConversations.conversationPayload],
      answer: (items) => ({ conversations: items, total: items.length }),
    },
    {
      ...messages,
      items: [
        leadMessages.smsPayload,
        leadMessages.emailMessagePayload,
        leadMessages.callPayload,
        leadMessages.activityPayload,
      ],
      answer: (items) => leadMessages.nested(items),
    },
    {
      ...knowledge,
      // One that says that it is deleted is left away, as it should be.
      items: [{ ...faqPayload, deleted: undefined }],
      // An empty list is followed by the pages of the same base.
      answer: (faqs) => ({ faqs, urls: [], count: 0, hasMore: false }),
    },
  ],
  livechatai: [
    { ...agents, items: [liveAgents.listedAgent], answer: (items) => liveAgents.agentPage(items) },
    {
      ...conversations,
      items: [liveConversations.listedConversation, liveConversations.documentedConversation],
      answer: (items) => liveConversations.conversationPage(items),
    },
    {
      ...messages,
      items: [liveMessages.question, liveMessages.agentAnswer, liveMessages.teammateAnswer, liveMessages.image],
      answer: (items) => liveConversations.threadOf(items as object[]),
    },
    { ...contacts, items: [liveContacts.listedContact], answer: (items) => liveContacts.contactPage(items) },
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
  ],
  'agent-conversation': [
    // The list has the key's own agent and nothing else, whatever it is called.
    { ...agents, items: [agentWithSecrets], answer: (items) => items[0] },
    {
      ...conversations,
      items: [acConversations.listedConversation, acConversations.fullConversation, acConversations.olderConversation],
      answer: (data) => ({ ...acConversations.conversationPage, hasNextPage: false, data }),
    },
    {
      ...messages,
      items: [acMessages.userMessage, acMessages.agentMessage, acMessages.manualMessage, acMessages.fullMessage],
      answer: (items) => ({ messages: items }),
    },
    {
      ...knowledge,
      list: async (account) => page(account.knowledge?.list?.()),
      items: [{ ...acMessages.fullMessage.files[0], status: 'COMPLETED' }],
      answer: (data) => ({ data }),
    },
    {
      // The feedback of a page of conversations.
      operation: 'feedback.list',
      list: async (account) => page(account.feedback?.list?.()),
      items: acConversations.fullConversation.feedbacks,
      answer: (feedbacks) => ({
        ...acConversations.conversationPage,
        hasNextPage: false,
        data: [{ ...acConversations.fullConversation, feedbacks }],
      }),
    },
    {
      ...contacts,
      items: [acUsers.fullUser, acUsers.bareUser],
      answer: (data) => ({ ...acConversations.conversationPage, hasNextPage: false, data }),
    },
  ],
}

/** An account over a `fetch` of one's own. */
export const accounts: Readonly<Record<string, (options: AdapterOptions & RuntimeOptions) => Adapter>> = {
  leadconnector: (options) => leadConnector({ token: 'pit-1', locationId: 'loc_1', rate: false, ...options }),
  livechatai: (options) => liveChatAI({ apiKey: 'key-1', agentId: 'bot-1', rate: false, ...options }),
  'agent-conversation': (options) => agentConversation({ apiKey: 'key-1', ...options }),
}
