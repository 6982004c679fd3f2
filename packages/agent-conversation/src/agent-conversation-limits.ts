import type { Limits } from '@parley/core'

export const titleLength = 255
export const contextLength = 256_000

/** Neither a default nor a maximum is documented; these are ours, and a page that comes smaller is taken as it is. */
export const pageSize = { default: 50, max: 100 } as const

export const limits: Limits = {
  pageSize: { 'conversations.list': pageSize, 'contacts.list': pageSize },
  filters: ['contactId', 'search', 'since', 'until', 'agentId'],
  text: { 'conversation.title': titleLength, 'conversation.context': contextLength },
  rate: [],
  deletesVisible: false,
  notes: [
    'Page sizes are undocumented: 50 is asked for, at most 100, and a smaller page is taken as it comes.',
    'Pages are numbered, so conversations can shift between them: drop repeated ids, and read again what changed.',
    'Whether archived and deleted conversations are listed is undocumented: only a 404 on a get proves anything.',
    'That a message changes a conversation’s last update is likely but undocumented: sweep older ones now and then.',
    'No response carries a status: filtering by it finds nothing, and updating it to closed writes "inactive".',
    'The channel is not on the wire: a call id means voice, of everything else only the messages tell.',
    'A thread comes whole in one response; with a limit it is cut here, and each page reads all of it again.',
    'Starting a conversation with somebody who has one continues that one, so its id may be known already.',
    'A conversation’s agentId is there once this adapter has read its agent (agents.list or agents.get).',
    'A contact’s externalId is the vendor’s fkId, else fkUserId; the vendor’s search finds the former only.',
    'Anonymised records have blank or masked data: never match people by it.',
  ],
}
