import type { AdapterIdentity, Limits } from '@parley/core'

export const titleLength = 255
export const contextLength = 256_000

/** Neither a default nor a maximum is documented; these are ours, and a page that comes smaller is taken as it is. */
export const pageSize = { default: 50, max: 100 } as const

export const limits: Limits = {
  pageSize: { 'conversations.list': pageSize, 'contacts.list': pageSize, 'feedback.list': pageSize },
  filters: ['contactId', 'search', 'since', 'until', 'agentId'],
  text: {
    'conversation.title': titleLength,
    'conversation.context': contextLength,
    'message.context': contextLength,
    'contact.context': contextLength,
  },
  rate: [],
  deletesVisible: false,
  notes: [
    'Page sizes are undocumented: 50 is asked for, and a smaller page is taken as it comes.',
    'Pages are numbered and shift while conversations move: such a list is read again.',
    'Only a 404 on a get proves that a conversation is gone; lists may hide archived ones.',
    'That a message moves a conversation’s last update is likely but undocumented.',
    'No response carries a status or, but for voice, a channel.',
    'A thread comes whole; with a limit it is cut here, and each page reads all of it again.',
    'A start continues the open conversation of somebody who has one.',
    'An agentId is there once the adapter has read its agent.',
    'An externalId is the fkId, else the fkUserId; the vendor searches the former only.',
    'Of contexts only a conversation’s length is documented; it is held to for messages and contacts too.',
    'knowledge.add takes files only; knowledge.list comes whole and is cut here.',
    'feedback.list is collected from conversations that have any; its limit counts conversations.',
    'feedback.give needs authorId and question.',
    'webhooks.create needs a description; nothing lists, changes or removes a webhook, and none is signed.',
    'Anonymised records are masked: never match people by them.',
  ],
}

const actions = 'What an agent can do are skills, which the console sets; agents.get with the option raw shows them.'
const hours = 'Working hours are a matter of the vendor’s console; no call has them.'

export const unsupported: AdapterIdentity['unsupported'] = {
  'agents.create': 'An agent’s key cannot make one; adapter.native can with organizationKey (POST /agents).',
  'agents.update': 'An agent’s key cannot change it; adapter.native can with organizationKey (PUT /agents/{id}).',
  'agents.delete': 'Agents cannot be deleted.',
  'agents.actions.list': actions,
  'agents.actions.get': actions,
  'agents.actions.attach': actions,
  'agents.actions.update': actions,
  'agents.actions.remove': actions,
  'agents.followUp.update': 'There is no call for follow-ups; conversations.start writes to somebody who fell silent.',
  'agents.workingHours.get': hours,
  'agents.workingHours.set': hours,
  'agents.workingHours.clear': hours,
  'conversations.close': 'There is no word for resolved: set a state or the status with conversations.update.',
  'conversations.delete':
    'A single one cannot be deleted: archive it with conversations.update, or use conversations.deleteForContact.',
  'messages.get': 'A single message cannot be read; messages.list reads the whole thread.',
  'messages.note': 'There are no internal notes.',
  'messages.export': 'Nothing lists the messages of several conversations; messages.list reads one after the other.',
  'messages.cancel': 'Nothing can be sent later, and a question that is being answered cannot be called off.',
  'messages.setStatus': 'Messages have no delivery status, and the application cannot provide a channel.',
  'sources.list': 'Citations come with the agent’s messages (message.sources); there is no call for them.',
  'contacts.upsert': 'A contact cannot be changed, only found (contacts.search) or created (contacts.create).',
  'generations.get': 'The vendor does not tell how an answer was made.',
  'feedback.suggestions': 'The vendor makes no suggestions.',
  'feedback.dismiss': 'The vendor makes no suggestions.',
}
