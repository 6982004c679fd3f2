import type { FieldTable, Traits } from '@parley/core'
import { droppedField, fieldTableFrom, missingField, partialField } from '@parley/core/fields'

const set = droppedField('The server sets this value.', 'Keep the old one in the metadata of the thread.')
const metadata = partialField('Kept in the metadata of the thread.')
const none = missingField('The server has no such model.')
const sent = partialField('Only questions can have files, by their addresses.')

/** What a LangGraph server does with each field of the contract. */
export const fieldTable: FieldTable = fieldTableFrom({
  agent: {
    name: 'full',
    description: 'full',
    status: droppedField('An assistant is always active.'),
    attributes: partialField('The graph, the configuration and the metadata can be set by vendor options.'),
    createdAt: set,
    updatedAt: set,
  },
  conversation: {
    agentId: partialField('The assistant of the last run.'),
    contact: partialField('Only the id, in the metadata of the thread.'),
    title: metadata,
    status: {
      level: 'rejected',
      reason: 'Threads are never closed.',
      advice: 'Keep the status in the metadata of the thread.',
    },
    unreadCount: { level: 'rejected', readable: false, reason: 'The server counts no unread messages.' },
    isStarred: { level: 'rejected', readable: false, reason: 'Threads have no star.' },
    control: droppedField('A graph decides when it waits for a person.'),
    lastMessage: droppedField('Derived from the messages.'),
    lastActivityAt: set,
    customFields: metadata,
    createdAt: set,
    updatedAt: set,
  },
  message: {
    conversationId: 'full',
    type: partialField('Texts, calls of tools and system messages.'),
    direction: 'full',
    author: partialField('Operators are recognized by the name of the message.'),
    text: 'full',
    attachments: partialField('Only addresses of pictures and files.'),
    sourcesState: droppedField('The server has no field for sources.'),
    externalId: partialField('The id of a question or a reply is chosen by the application.'),
    reasoning: droppedField('Only where the model gives summaries.'),
  },
  attachment: { url: sent, access: sent, contentType: sent },
  source: none,
  contact: none,
  knowledge: none,
})

/** How this vendor behaves where vendors differ. */
export const traits: Required<Traits> = {
  anonymousVisitor: { value: 'yes', reason: 'A contact is only an id.' },
  contactLookup: { value: 'none', reason: 'The server keeps no contacts; the id is in the metadata of the threads.' },
  contactKey: { value: 'vendor', reason: 'The contact’s id is the visitor’s own.' },
  conversationsPerContact: { value: 'many', reason: 'Every thread is a conversation.' },
  questionContext: {
    value: 'no',
    reason: 'The server has no field for it; a graph reads context from a configuration of its own.',
  },
  answerArrival: { value: 'response', reason: 'The server answers when the run has ended.' },
  answerSources: { value: 'none', reason: 'The server has no field for sources.' },
  streaming: { value: 'parts', reason: 'The server streams the messages as the models write them.' },
  answerReach: { value: 'caller', reason: 'The server reaches no person.' },
  questionToOperator: {
    value: 'refused',
    reason: 'While the graph waits for a person, a question is a conflict. Otherwise the graph is in control.',
  },
  replyOperator: { value: 'optional', reason: 'The id of the operator is kept with the message.' },
  replyControl: { value: 'not-needed', reason: 'A reply is accepted unless the graph waits for a person.' },
  replyTakesControl: { value: 'no', reason: 'The graph answers the next question all the same.' },
  replyDelivery: {
    value: 'application',
    reason: 'A reply is only written to the thread; the application delivers it.',
  },
  handOff: { value: 'agent', reason: 'A graph decides by itself when it waits for a person.' },
  sentTexts: { value: 'kept', reason: 'Texts read back as they were sent.' },
  statusRead: { value: 'yes', reason: 'Every thread is open, because threads are never closed.' },
  statusWrite: { value: 'no', reason: 'Threads are never closed.' },
  messageTimes: { value: 'no', reason: 'The server keeps no time for a message, only its place in the graph’s state.' },
  deletes: { value: 'seen', reason: 'A thread that is deleted is a 404.' },
  edits: {
    value: 'listed',
    reason: 'A graph can change and remove messages of its state; its thread then moves to the top of the list.',
  },
}
