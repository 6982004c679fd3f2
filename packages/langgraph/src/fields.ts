import type { FieldTable } from '@parley/core'
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
