import type { AdapterIdentity } from '@parley/core'

const actions = 'What an agent can do are skills, which the console sets; agents.get with the option raw shows them.'
const hours = 'Working hours are a matter of the vendor’s console; no call has them.'

export const absent: AdapterIdentity['absent'] = {
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
    'A single one cannot be deleted: archive it with conversations.update, or use conversations.deleteAllOf.',
  'messages.get': 'A single message cannot be read; messages.list reads the whole thread.',
  'messages.note': 'There are no internal notes.',
  'messages.export': 'Nothing lists the messages of several conversations; messages.list reads one after the other.',
  'messages.cancel': 'Nothing can be sent later, and a question that is being answered cannot be called off.',
  'messages.setStatus': 'Messages have no delivery status, and the application cannot provide a channel.',
  'sources.of': 'Citations come with the agent’s messages (message.sources); there is no call for them.',
  'contacts.upsert': 'A contact cannot be changed, only found (contacts.search) or created (contacts.create).',
  'generations.get': 'The vendor does not tell how an answer was made.',
  'feedback.suggestions': 'The vendor makes no suggestions.',
  'feedback.dismiss': 'The vendor makes no suggestions.',
}
