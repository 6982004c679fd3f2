import { langGraph } from '@parley/langgraph'
import { capabilitiesSuite } from '@parley/testkit'

capabilitiesSuite({
  adapter: langGraph(),
  operations: [
    'agents.list',
    'agents.get',
    'agents.create',
    'agents.update',
    'agents.delete',
    'conversations.list',
    'conversations.get',
    'conversations.create',
    'conversations.update',
    'conversations.delete',
    'messages.list',
    'messages.ask',
    'messages.reply',
    'messages.stream',
    'messages.provideInput',
    'messages.reconcile',
    'contacts.ensure',
    'operators.list',
    'control.get',
  ],
  limits: {
    pageSize: { 'agents.list': { default: 50, max: 1000 }, 'conversations.list': { default: 50, max: 1000 } },
    filters: {
      ...{ agentId: 'vendor', contactId: 'vendor', channel: 'unanswerable', assigneeId: 'unanswerable' },
      ...{ unread: 'unanswerable', isStarred: 'unanswerable' },
    },
    text: {},
    rate: [],
  },
})
