import type { Limits } from '@parley/core'

/** "conversations/list", "contacts/list-conversations". */
export const conversationPageSize = { default: 20, max: 100 } as const
/** "agents/list", "contacts/list", "data-sources/list", "ai-suggestions/list", "analytics/csat". */
export const pageSize = { default: 10, max: 100 } as const

export const limits: Limits = {
  pageSize: {
    'agents.list': pageSize,
    'conversations.list': conversationPageSize,
    'contacts.list': pageSize,
    'knowledge.list': pageSize,
    'feedback.list': pageSize,
    'feedback.suggestions': pageSize,
  },
  filters: ['status', 'agentId', 'contactId'],
  text: {},
  rate: [],
  deletesVisible: false,
  notes: [
    'There are no webhooks: list conversations to find new messages.',
    'since and until are applied here: which date the vendor compares is undocumented.',
    'Conversations and contacts belong to one agent; nothing lists the whole workspace.',
    'Pages are numbered and shift while conversations move: such a list is read again.',
    'Without an integrationType the channel is missing.',
    'Control is inferred from isAgent, which is undocumented, and the assignee.',
    'A thread comes whole; with a limit it is cut here, and each page reads all of it again.',
    'The vendor drops attributes that are not configured.',
    'messages.ask, messages.stream and messages.reply use up the message quota.',
    'messages.stream streams with the option streaming; what the vendor sends then is undocumented.',
    'knowledge.add takes the text of a PDF, DOCX or image, and single pages of a website.',
    'Videos and Notion pages are in knowledge.list and can only be removed in the dashboard.',
    'Scores of feedback.list do not say which conversation they are about.',
    'Rate limits, lengths of texts and the measure of distance are undocumented.',
  ],
}
