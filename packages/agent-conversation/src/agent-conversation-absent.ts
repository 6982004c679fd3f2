import type { AdapterIdentity } from '@parley/core'

export const absent: AdapterIdentity['absent'] = {
  'conversations.close':
    'The vendor has no word for resolved: set a workflow state or the status with conversations.update.',
  'conversations.delete':
    'A single conversation cannot be deleted: archive it with conversations.update, or delete all of one contact with conversations.deleteAllOf.',
  'messages.get': 'A single message cannot be read; the thread comes whole with messages.list.',
  'messages.note': 'There are no internal notes.',
  'sources.of': 'Citations come with the agent’s messages (message.sources); there is no call for them.',
  'contacts.upsert': 'A contact cannot be changed: find it with contacts.search, or create it with contacts.create.',
  'generations.get': 'The vendor does not tell how an answer was made.',
}
