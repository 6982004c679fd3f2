import {
  droppedField,
  type FieldSupport,
  type FieldTable,
  missingField,
  type PortableModel,
  portableFields,
} from '@parley/core'

const none = missingField('The vendor has no such field.')
const set = droppedField('The vendor sets this value.')

/** What there is of each model; everything else is missing. */
const known: Record<PortableModel, Record<string, FieldSupport | 'full'>> = {
  agent: { name: 'full', status: 'full', instructions: 'full', personality: 'full', goal: 'full' },
  conversation: {
    agentId: set,
    contact: 'full',
    title: 'full',
    status: { level: 'partial', reason: 'There is no archive.' },
    channel: set,
    control: set,
    assignee: set,
    unreadCount: 'full',
    isStarred: 'full',
    lastActivityAt: set,
  },
  message: {
    conversationId: 'full',
    type: 'full',
    direction: 'full',
    channel: set,
    author: 'full',
    text: 'full',
    status: set,
    inReplyTo: set,
    externalId: set,
    attachments: set,
    sources: set,
    sourcesState: set,
    createdAt: set,
  },
  attachment: { access: set, fileName: set, contentType: set },
  source: { kind: set, title: set, url: set, score: set },
  contact: { name: 'full', email: 'full', externalId: 'full' },
  knowledge: {
    ...{ kind: 'full', title: 'full', url: 'full', text: 'full', question: 'full', answer: 'full', fileName: 'full' },
    ...{ status: set, knowledgeBaseId: set, createdAt: set },
  },
}

export const referenceFields = Object.fromEntries(
  Object.entries(portableFields).map(([model, fields]) => [
    model,
    Object.fromEntries(fields.map((field) => [field, known[model as PortableModel][field] ?? none])),
  ]),
) as FieldTable
