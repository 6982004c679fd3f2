import type { Limits } from '@parley/core'

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
