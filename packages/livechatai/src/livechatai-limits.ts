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
    'There are no webhooks: new messages are found by listing conversations since an instant and reading those that changed.',
    'Which date startDate and endDate compare is undocumented, so since and until are applied here to the last activity; a list in the order of time ends where they are passed.',
    'Conversations, contacts and sources belong to one agent; there is no list over the whole workspace.',
    'Pages are numbered, so conversations can shift between them while paging: a repeated one is left out, one that moved up shows at the front of the next listing.',
    'A list has the contact but no agentId of its own; a single conversation has the contact’s id only, unless withContact asks for a second call.',
    'The integrationType is documented for WhatsApp and Slack only. Without one the channel is missing, and MESSENGER is taken for Facebook’s, though the vendor’s own chat bubble may be meant.',
    'Control is concluded from isAgent, which is not defined anywhere, and from the assigned teammate.',
    'A teammate’s message is told from the agent’s by the teammate on it.',
    'A thread comes whole in one response; with a limit it is cut here, and each page reads all of it again.',
    'How distance is measured and which end is better is undocumented.',
    'A contact keeps only attributes that are configured for its agent; the others are dropped by the vendor without a word.',
    'Both messages.ask and messages.reply use up the workspace’s message quota.',
    'Rate limits exist and are undocumented; a 429 is waited for as the vendor asks.',
    'Lengths of texts are undocumented.',
  ],
}
