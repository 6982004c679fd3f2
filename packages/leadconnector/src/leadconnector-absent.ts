import type { OperationName } from '@parley/core'

const noControl =
  'The API neither says nor changes whether the agent is active, paused or stopped for a contact; only the agent as a whole can be switched off.'

export const leadConnectorAbsent: Readonly<Partial<Record<OperationName, string>>> = {
  'conversations.start':
    'There is no call by which the vendor contacts a person; messages.reply writes to a contact that exists.',
  'conversations.close': 'A conversation has no status: it cannot be closed, archived or snoozed.',
  'conversations.deleteAllOf':
    'There is no such call. A contact has one conversation: conversations.delete removes it.',
  'contacts.list': 'The only list of contacts is deprecated by the vendor; contacts.search finds them.',
  'contacts.create':
    'contacts.upsert makes a contact where none matches; to make a second one of the same person is up to the location’s settings.',
  'contacts.delete':
    'Contacts are read and written here for the sake of their conversations; the CRM they belong to deletes them.',
  'control.get': noControl,
  'control.takeOver': noControl,
  'control.release': noControl,
  'feedback.list': 'The API takes a visitor’s feedback on a live chat and never gives it back.',
  'feedback.give':
    'Messages cannot be rated. A live chat as a whole can: conversations.update with vendor.leadconnector.feedback.',
  'feedback.suggestions': 'The API has no suggestions about what the agent lacks.',
  'feedback.dismiss': 'The API has no suggestions about what the agent lacks.',
  'webhooks.create':
    'Webhooks belong to a marketplace app and are set in the developer portal; there is no API to create, list or delete them.',
}
