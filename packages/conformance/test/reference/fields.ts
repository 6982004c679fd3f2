import type { FieldTable } from '@parley/core'
import { droppedField, fieldTableFrom } from '@parley/core/fields'

const set = droppedField('The vendor sets this value.')

export const referenceFields: FieldTable = fieldTableFrom({
  agent: { name: 'full', status: 'full', instructions: 'full', personality: 'full', goal: 'full' },
  conversation: {
    agentId: set,
    contact: 'full',
    title: 'full',
    status: { level: 'partial', reason: 'There is no archive.' },
    channel: set,
    control: set,
    assignee: 'full',
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
})
