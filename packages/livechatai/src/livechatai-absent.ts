import type { AdapterIdentity } from '@parley/core'

export const absent: AdapterIdentity['absent'] = {
  'conversations.start': 'The vendor contacts nobody by itself.',
  'conversations.update': 'A conversation can only be closed (conversations.close); the rest is for the dashboard.',
  'conversations.delete': 'Conversations cannot be deleted.',
  'conversations.deleteAllOf': 'Conversations cannot be deleted.',
  'messages.get': 'A single message cannot be read; messages.list reads its whole conversation.',
  'messages.note': 'There are no internal notes.',
  'sources.of': 'Sources come with the message; messages.list reads those of a new answer with their distance.',
  'contacts.search': 'Contacts cannot be searched; contacts.list reads them all.',
  'contacts.create': 'The vendor has one call for new and known contacts: contacts.upsert.',
  'contacts.delete': 'Contacts cannot be deleted.',
  'control.takeOver': 'There is no call for it; a reply most likely takes over.',
  'control.release': 'There is no call for handing a conversation back to the agent.',
  'generations.get': 'The vendor does not tell how an answer was made.',
}
