import type { Limits } from '@parley/core'

/** "conversations/list", "contacts/list-conversations". */
export const conversationPageSize = { default: 20, max: 100 } as const
/** "agents/list", "contacts/list". */
export const pageSize = { default: 10, max: 100 } as const

export const limits: Limits = {
  pageSize: { 'agents.list': pageSize, 'conversations.list': conversationPageSize, 'contacts.list': pageSize },
  filters: ['status', 'agentId', 'contactId'],
  text: {},
  rate: [],
  deletesVisible: false,
  notes: [
    'There are no webhooks: list conversations to find new messages.',
    'since and until are applied here: which date the vendor compares is undocumented.',
    'Conversations and contacts belong to one agent; nothing lists the whole workspace.',
    'Pages are numbered and shift while conversations move: repeats are left out.',
    'Without an integrationType the channel is missing.',
    'Control is inferred from isAgent, which is undocumented, and the assignee.',
    'A thread comes whole; with a limit it is cut here, and each page reads all of it again.',
    'The vendor drops attributes that are not configured.',
    'messages.ask and messages.reply use up the message quota.',
    'Rate limits, lengths of texts and the measure of distance are undocumented.',
  ],
}
