import type { AdapterIdentity, Limits } from '@parley/core'

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

const actions =
  'An agent’s functions are set in the dashboard; the API only counts their calls (GET /analytics/ai-functions).'
const hours = 'Working hours are set in the dashboard; the API does not show them.'

export const unsupported: AdapterIdentity['unsupported'] = {
  'agents.update': 'An agent cannot be changed over the API, only made and deleted; the rest is for the dashboard.',
  'agents.actions.list': actions,
  'agents.actions.get': actions,
  'agents.actions.attach': actions,
  'agents.actions.update': actions,
  'agents.actions.remove': actions,
  'agents.followUp.update': 'The vendor’s agents only answer; none writes again to who fell silent.',
  'agents.workingHours.get': hours,
  'agents.workingHours.set': hours,
  'agents.workingHours.clear': hours,
  'conversations.start': 'The vendor contacts nobody by itself.',
  'conversations.update': 'A conversation can only be closed (conversations.close); the rest is for the dashboard.',
  'conversations.delete': 'Conversations cannot be deleted.',
  'conversations.deleteForContact': 'Conversations cannot be deleted.',
  'messages.get': 'A single message cannot be read; messages.list reads its whole conversation.',
  'messages.note': 'There are no internal notes.',
  'messages.export': 'Nothing lists the messages of several conversations; messages.list reads one after the other.',
  'messages.cancel': 'Nothing can be sent later, so there is nothing to call off.',
  'messages.setStatus': 'Messages have no delivery status, and the application cannot provide a channel.',
  'sources.list': 'Sources come with the message; messages.list reads those of a new answer with their distance.',
  'contacts.search': 'Contacts cannot be searched; contacts.list reads them all.',
  'contacts.create': 'The vendor has one call for new and known contacts: contacts.upsert.',
  'contacts.delete': 'Contacts cannot be deleted.',
  'control.takeOver': 'There is no call for it; a reply most likely takes over.',
  'control.release': 'There is no call for handing a conversation back to the agent.',
  'generations.get': 'The vendor does not tell how an answer was made.',
  'attachments.upload': 'There is no upload; an image is sent by its https address (messageType IMAGE).',
  'feedback.give': 'Neither an answer nor a conversation can be rated over the API; contacts do it in the chat.',
  'webhooks.create': 'There are no webhooks; list conversations to find new messages.',
}
