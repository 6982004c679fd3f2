import type { OperationName } from '@parley/core'

const dashboard = 'Do it in the vendor’s dashboard.'
const ownStore = 'Keep it in your own store.'
const decide = 'Let your application decide who answers, before it asks the agent.'
const collect = 'Collect ratings in your own application.'

/** What an application can do if the target lacks an operation. By operation, or by its group. */
const byName: Readonly<Record<string, string>> = {
  'agents.create': dashboard,
  'agents.update': dashboard,
  'agents.delete': dashboard,
  'agents.actions': dashboard,
  'agents.followUp': dashboard,
  'agents.workingHours': dashboard,
  'conversations.start': 'Write to the contact first over a channel of your own.',
  'conversations.create': 'Ask with a new conversation: messages.ask opens it.',
  'conversations.update': ownStore,
  'conversations.assign': 'Keep the assignee in your own store.',
  'conversations.close': 'Keep the closed state in your own store.',
  'conversations.delete': 'Hide it in your own store.',
  'conversations.deleteForContact': 'Delete them one by one if the target can; otherwise, ask the vendor.',
  'messages.get': 'Read the thread with messages.list.',
  'messages.note': 'Keep notes in your own store, beside the conversation.',
  'messages.export': 'Read the conversations one by one.',
  'messages.cancel': 'Schedule the message in your own application, and send it when it is due.',
  'messages.setStatus': 'Keep the delivery status in your own store.',
  'sources.list': 'Use the sources that come with the message.',
  'contacts.list': 'Collect the contacts of the conversations.',
  'contacts.search': 'Search in your own store.',
  'contacts.create': 'Use contacts.upsert if the target has it.',
  'contacts.upsert': 'Search first, then create.',
  'contacts.delete': 'Ask the vendor to delete the person.',
  control: decide,
  'generations.get': 'Log questions and answers in your own application.',
  attachments: 'Keep files elsewhere and send links.',
  knowledge: dashboard,
  feedback: collect,
  'webhooks.create': dashboard,
}

export function adviceFor(operation: OperationName): string | undefined {
  const [group = '', verb = ''] = operation.split('.')
  return byName[operation] ?? byName[`${group}.${verb}`] ?? byName[group]
}
