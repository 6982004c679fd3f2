import type { Limits, UnsupportedReasons } from '@parley/core'

/** The server's own default is 10, and it documents no maximum beyond 1,000. */
export const pageSize = { default: 50, max: 1000 } as const

export const limits: Limits = {
  pageSize: { 'agents.list': pageSize, 'conversations.list': pageSize },
  filters: {
    ...{ agentId: 'vendor', contactId: 'vendor', channel: 'unanswerable', assigneeId: 'unanswerable' },
    ...{ unread: 'unanswerable', isStarred: 'unanswerable' },
  },
  search: ['titles', 'previews'],
  text: {},
  rate: [],
  notes: [
    'Messages have no time; their order is that of the graph’s state.',
    'A thread is always read whole; with a limit, Parley splits it, and each page reads all of it again.',
    'Pages are numbered and shift while threads change: Parley reads such a list again.',
    'A thread has no contact, title or custom fields of its own; they are kept in its metadata.',
    'While a thread waits for a person, a question is refused, because the server would drop what it waits for.',
    'A question of a busy thread is refused as a conflict, unless multitaskStrategy says otherwise.',
    'messages.reply writes to the state of the thread; the application delivers it.',
    'A webhook of a run is not signed.',
    'Deleting the assistant that the server made for a graph makes the graph’s name unusable.',
  ],
}

export const unsupported: UnsupportedReasons = {
  'agents.actions': 'A graph is code: change it there and deploy it.',
  'agents.followUp.update': 'Assistants only answer; they send no follow-ups.',
  'agents.workingHours': 'Assistants have no working hours.',
  'conversations.start': 'The server reaches no person; it only runs graphs.',
  'conversations.assign': 'The server has no operators.',
  'conversations.close': 'Threads are never closed.',
  'conversations.deleteForContact': 'The server has no contacts; delete the threads one by one.',
  'messages.get': 'A single message cannot be read; messages.list reads its whole thread.',
  'messages.note': 'There are no internal notes.',
  'messages.export': 'The server cannot list messages across threads; use messages.list for each of them.',
  'messages.cancel': 'Messages cannot be scheduled, so there is nothing to cancel.',
  'messages.setStatus': 'Messages have no delivery status.',
  'sources.list': 'The server has no field for sources; a graph may put them into the state in its own form.',
  contacts: 'The server has no contacts; the id of a thread’s contact is in its metadata.',
  'control.takeOver': 'A graph decides by itself when it waits for a person (interrupt).',
  'control.release': 'A thread that waits goes on with messages.provideInput.',
  'generations.get': 'How an answer was made is in the thread’s history: native GET /threads/{threadId}/history.',
  attachments: 'The server stores no files; a message has the address of a file itself.',
  knowledge: 'A graph is code: change what it knows there and deploy it.',
  feedback: 'Feedback belongs to LangSmith, which has an API of its own.',
  'webhooks.create': 'A webhook belongs to a single run: vendor.langgraph.webhook of messages.ask.',
}
