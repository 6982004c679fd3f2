import type { Limits, UnsupportedReasons } from '@parley/core'

export const titleLength = 255
export const contextLength = 256_000

/** No default and no maximum is documented. These are Parley's own; a smaller page is accepted. */
export const pageSize = { default: 50, max: 100 } as const

export const limits: Limits = {
  pageSize: { 'conversations.list': pageSize, 'contacts.list': pageSize, 'feedback.list': pageSize },
  filters: {
    ...{ contactId: 'vendor', search: 'vendor', since: 'vendor', until: 'vendor', agentId: 'vendor' },
    ...{ status: 'unanswerable', unread: 'unanswerable', isStarred: 'unanswerable' },
  },
  search: ['titles', 'bodies'],
  text: {
    'conversation.title': titleLength,
    'conversation.context': contextLength,
    'message.context': contextLength,
    'contact.context': contextLength,
  },
  rate: [],
  notes: [
    'Page sizes are undocumented: Parley requests 50 items and accepts smaller pages.',
    'Pages are numbered and shift while conversations move: Parley reads such a list again.',
    'Only a 404 on a get proves that a conversation is gone; lists may hide archived ones.',
    'A message probably changes a conversation’s last update; this is undocumented.',
    'No response has a status, and only voice conversations have a channel.',
    'A thread is always read whole; with a limit, Parley splits it, and each page reads all of it again.',
    'conversations.start continues the contact’s open conversation if there is one.',
    'Models have an agentId once the adapter has read its agent.',
    'An externalId is the fkId, or else the fkUserId; the vendor searches only by the fkId.',
    'Only the length of a conversation’s context is documented; Parley applies it to messages and contacts too.',
    'knowledge.add accepts only files; the vendor lists knowledge whole, and Parley applies the limit.',
    'feedback.list collects ratings from the conversations; its limit counts conversations.',
    'feedback.give needs authorId and question.',
    'webhooks.create needs a description; webhooks cannot be listed, changed or removed, and are not signed.',
    'Anonymised records are masked: never match people by them.',
  ],
}

export const unsupported: UnsupportedReasons = {
  'agents.create': 'An agent’s key cannot create agents; adapter.native can with organizationKey (POST /agents).',
  'agents.update': 'An agent’s key cannot change agents; adapter.native can with organizationKey (PUT /agents/{id}).',
  'agents.delete': 'Agents cannot be deleted.',
  'agents.actions':
    'An agent’s actions are skills, which are set in the console; agents.get with the option raw shows them.',
  'agents.followUp.update': 'The vendor has no endpoint for follow-ups; conversations.start can write to the contact.',
  'agents.workingHours': 'Working hours are set in the vendor’s console; the API does not have them.',
  'conversations.assign': 'Conversations can only be assigned in the vendor’s console.',
  'conversations.close': 'Conversations have no resolved status: set a state or status with conversations.update.',
  'conversations.delete':
    'A single conversation cannot be deleted: archive it with conversations.update, or use conversations.deleteForContact.',
  'messages.get': 'A single message cannot be read; messages.list reads the whole thread.',
  'messages.note': 'There are no internal notes.',
  'messages.export': 'The API cannot list messages across conversations; use messages.list for each conversation.',
  'messages.cancel': 'Messages cannot be scheduled, and a question in progress cannot be cancelled.',
  'messages.setStatus': 'Messages have no delivery status, and an application cannot provide a channel.',
  'sources.list': 'Citations come with the agent’s messages (message.sources); they have no endpoint.',
  'contacts.upsert': 'Contacts cannot be changed, only found (contacts.search) or created (contacts.create).',
  'generations.get': 'The vendor does not show how an answer was generated.',
  feedback: 'The vendor makes no suggestions.',
}
