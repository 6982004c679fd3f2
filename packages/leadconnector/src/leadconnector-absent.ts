import type { OperationName } from '@parley/core'

const noControl =
  'The API neither says nor changes whether the agent is active, paused or stopped for a contact; only the agent as a whole can be switched off.'

export const leadConnectorAbsent: Readonly<Partial<Record<OperationName, string>>> = {
  'conversations.start':
    'There is no call by which the vendor contacts a person; messages.reply writes to a contact that exists.',
  'conversations.close': 'A conversation has no status: it cannot be closed, archived or snoozed.',
  'conversations.deleteAllOf':
    'There is no such call. A contact has one conversation: conversations.delete removes it.',
  'messages.note': 'The API has internal comments, which this adapter does not write yet.',
  'contacts.list': 'The only list of contacts is deprecated by the vendor; contacts.search finds them.',
  'contacts.create': 'The API can create contacts, which this adapter does not do yet.',
  'contacts.upsert': 'The API can upsert contacts, which this adapter does not do yet.',
  'contacts.delete': 'The API can delete contacts, which this adapter does not do yet.',
  'control.get': noControl,
  'control.takeOver': noControl,
  'control.release': noControl,
}
