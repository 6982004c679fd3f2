import type { AdapterIdentity } from '@parley/core'

export const absent: AdapterIdentity['absent'] = {
  'conversations.close': 'There is no word for resolved: set a state or the status with conversations.update.',
  'conversations.delete':
    'A single one cannot be deleted: archive it with conversations.update, or use conversations.deleteAllOf.',
  'messages.get': 'A single message cannot be read; messages.list reads the whole thread.',
  'messages.note': 'There are no internal notes.',
  'sources.of': 'Citations come with the agent’s messages (message.sources); there is no call for them.',
  'contacts.upsert': 'A contact cannot be changed, only found (contacts.search) or created (contacts.create).',
  'generations.get': 'The vendor does not tell how an answer was made.',
}
