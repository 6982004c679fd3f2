import type { Limits, UnsupportedReasons } from '@parley/core'

/** "conversations/list", "contacts/list-conversations". */
export const conversationPageSize = { default: 20, max: 100 } as const
/** "agents/list", "contacts/list", "data-sources/list", "ai-suggestions/list", "analytics/csat". */
export const pageSize = { default: 10, max: 100 } as const

const noWebhooks = 'There are no webhooks; list conversations to find new messages.'

export const limits: Limits = {
  pageSize: {
    'agents.list': pageSize,
    'conversations.list': conversationPageSize,
    'contacts.list': pageSize,
    'knowledge.list': pageSize,
    'feedback.list': pageSize,
    'feedback.suggestions': pageSize,
  },
  filters: {
    ...{ status: 'vendor', agentId: 'vendor', contactId: 'vendor', unread: 'unanswerable' },
  },
  search: ['names', 'previews'],
  text: {},
  rate: [],
  notes: [
    noWebhooks,
    'Parley applies since and until, because the date that the vendor compares is undocumented.',
    'A list with since reads on to its end, for conversations without a date; with unknown: exclude, it ends at since.',
    'Conversations and contacts belong to one agent; the API cannot list the whole workspace.',
    'Pages are numbered and shift while conversations move: Parley reads such a list again.',
    'Without an integrationType the channel is missing.',
    'Control is inferred from isAgent, which is undocumented, and the assignee.',
    'A thread is always read whole; with a limit, Parley splits it, and each page reads all of it again.',
    'The vendor drops attributes that are not configured.',
    'messages.ask, messages.stream and messages.reply count toward the message quota.',
    'messages.stream streams only with the option streaming; the vendor’s stream is undocumented.',
    'knowledge.add takes the text of a PDF, DOCX or image, and single pages of a website.',
    'knowledge.list includes videos and Notion pages; only the dashboard can remove them.',
    'The scores in feedback.list do not name their conversation.',
    'Rate limits, lengths of texts and the measure of distance are undocumented.',
  ],
}

export const unsupported: UnsupportedReasons = {
  'agents.update': 'The API can only create and delete agents; change them in the dashboard.',
  'agents.actions': 'An agent’s functions are set in the dashboard; the API only counts their calls.',
  'agents.followUp.update': 'The vendor’s agents only answer; they send no follow-ups.',
  'agents.workingHours': 'Working hours are set in the dashboard; the API does not show them.',
  'conversations.update':
    'A conversation can only be closed (conversations.close); make other changes in the dashboard.',
  'conversations.assign': 'Conversations can only be assigned in the dashboard.',
  'conversations.delete': 'Conversations cannot be deleted.',
  'conversations.deleteForContact': 'Conversations cannot be deleted.',
  'messages.get': 'A single message cannot be read; messages.list reads its whole conversation.',
  'messages.note': 'There are no internal notes.',
  'messages.export': 'The API cannot list messages across conversations; use messages.list for each conversation.',
  'messages.cancel': 'Messages cannot be scheduled, so there is nothing to cancel.',
  'messages.setStatus': 'Messages have no delivery status.',
  'sources.list': 'Sources come with the message; messages.list reads those of a new answer with their distance.',
  'contacts.search': 'Contacts cannot be searched; contacts.list reads them all.',
  'contacts.create': 'The vendor has one endpoint for new and existing contacts: use contacts.upsert.',
  'contacts.delete': 'Contacts cannot be deleted.',
  'control.takeOver': 'The vendor has no such endpoint; a reply most likely takes over.',
  'control.release': 'The vendor has no endpoint that hands a conversation back to the agent.',
  'generations.get': 'The vendor does not show how an answer was generated.',
  'attachments.upload': 'Files cannot be uploaded; send an image by its https address (messageType IMAGE).',
  'feedback.give': 'The API cannot rate answers or conversations; contacts rate them in the chat.',
  'webhooks.create': noWebhooks,
}
