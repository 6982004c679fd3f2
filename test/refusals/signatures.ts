import type { OperationName } from '@parley/core'

// The input of every operation, written independently of core's rules, so that a missing rule is detected.

/** `kind` selects the valid values. `good` is a valid value. */
const all = {
  id: { good: 'id-1', isRight: (value: unknown) => value === '5' },
  filled: { good: 'words', isRight: (value: unknown) => value === '5' },
  ids: { good: ['id-1'], isRight: (value: unknown) => Array.isArray(value) },
  text: { good: 'words', isRight: (value: unknown) => value === '5' || value === '' },
  flag: { good: true, isRight: (value: unknown) => value === true },
  count: { good: 5, isRight: () => false },
  instant: { good: '2026-01-15T10:30:00.000Z', isRight: () => false },
  word: { good: undefined, isRight: () => false },
  function: { good: () => {}, isRight: (value: unknown) => typeof value === 'function' },
  object: { good: {}, isRight: (value: unknown) => isEmptyObject(value) },
  strings: { good: ['one'], isRight: (value: unknown) => Array.isArray(value) },
  list: { good: [], isRight: (value: unknown) => Array.isArray(value) },
  signal: { good: undefined, isRight: () => false },
  nullableFilled: { good: null, isRight: (value: unknown) => value === null || value === '5' },
  nullableId: { good: null, isRight: (value: unknown) => value === null || value === '5' },
  json: { good: 'yes', isRight: (value: unknown) => isJson(value) },
  bytes: { good: new Uint8Array(1), isRight: () => false },
} as const satisfies Record<string, { good: unknown; isRight: (value: unknown) => boolean }>

const isJson = (value: unknown): boolean =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  Number.isFinite(value) ||
  Array.isArray(value) ||
  isEmptyObject(value)

const isEmptyObject = (value: unknown): boolean =>
  Object.prototype.toString.call(value) === '[object Object]' && Object.keys(value as object).length === 0

export type Kind = keyof typeof all
export const kinds: Readonly<Record<Kind, { good: unknown; isRight(value: unknown): boolean }>> = all
export type Fields = Readonly<Record<string, Kind>>

const list: Fields = { limit: 'count', cursor: 'nullableFilled', vendor: 'object' }
const options: Fields = { signal: 'signal', timeout: 'count', priority: 'word', raw: 'flag' }
const speaking: Fields = { ...options, onAttempt: 'function' }
const period: Fields = { since: 'instant', until: 'instant' }
const contact: Fields = {
  ...{ name: 'text', firstName: 'text', lastName: 'text', email: 'text', phone: 'text', externalId: 'text' },
  ...{ country: 'text', tags: 'strings', customFields: 'object', vendor: 'object' },
}
const agent: Fields = {
  ...{ name: 'text', displayName: 'text', description: 'text', businessName: 'text', instructions: 'text' },
  ...{ personality: 'text', goal: 'text', prompt: 'text', model: 'text', isDefault: 'flag', liveChatEnabled: 'flag' },
  ...{ tags: 'strings', knowledgeBaseIds: 'ids', status: 'word', mode: 'word', replyDelayMs: 'count' },
  ...{ maxMessages: 'count', vendor: 'object' },
}
const visitor: Fields = {
  ...{ externalId: 'filled', name: 'text', firstName: 'text', lastName: 'text', email: 'text', phone: 'text' },
  ...{ verified: 'flag', customFields: 'object' },
}
const question: Fields = {
  ...{
    text: 'text',
    agentId: 'id',
    context: 'text',
    channel: 'word',
    after: 'id',
    attachments: 'list',
    vendor: 'object',
  },
}

/** The arguments in their order: the name of an entity or id, or the fields of an object. */
export interface Signature {
  targets?: readonly string[]
  /** Whether the id of an operator follows the targets. */
  operatorId?: true
  query?: Fields
  input?: Fields
  options: Fields
}

export const signatures: Readonly<Record<Exclude<OperationName, 'messages.reconcile'>, Signature>> = {
  'agents.list': { query: { ...list, search: 'text' }, options },
  'agents.get': { targets: ['agent'], options },
  'agents.create': { input: agent, options },
  'agents.update': { targets: ['agent'], input: agent, options },
  'agents.delete': { targets: ['agent'], options },
  'agents.actions.list': { targets: ['agent'], query: list, options },
  'agents.actions.get': { targets: ['agent', 'action'], options },
  'agents.actions.attach': { targets: ['agent'], input: {}, options },
  'agents.actions.update': { targets: ['agent', 'action'], input: {}, options },
  'agents.actions.remove': { targets: ['agent', 'action'], options },
  'agents.followUp.update': { targets: ['agent'], input: {}, options },
  'agents.workingHours.get': { targets: ['agent'], options },
  'agents.workingHours.set': { targets: ['agent'], input: {}, options },
  'agents.workingHours.clear': { targets: ['agent'], options },
  'conversations.list': {
    query: {
      ...{ ...list, status: 'word', channel: 'word', agentId: 'id', contactId: 'id', assigneeId: 'nullableId' },
      ...{ unread: 'flag', isStarred: 'flag', search: 'text', ...period, order: 'word', unknown: 'word' },
    },
    options,
  },
  'conversations.get': { targets: ['conversation'], options: { ...options, withContact: 'flag' } },
  'conversations.create': {
    input: {
      ...{ title: 'text', context: 'text', customFields: 'object', stateId: 'id', channel: 'word', vendor: 'object' },
    },
    options,
  },
  'conversations.start': {
    input: {
      ...{ contact: 'object', channel: 'word', text: 'text', subject: 'text', context: 'text' },
      ...{ customFields: 'object', stateId: 'id', vendor: 'object' },
    },
    options,
  },
  'conversations.update': {
    targets: ['conversation'],
    input: {
      ...{ title: 'text', context: 'text', status: 'word', stateId: 'id', unread: 'flag', isStarred: 'flag' },
      vendor: 'object',
    },
    options,
  },
  'conversations.assign': { targets: ['conversation'], operatorId: true, options },
  'conversations.close': { targets: ['conversation'], options: { ...options, operatorId: 'id' } },
  'conversations.delete': { targets: ['conversation'], options },
  'conversations.deleteForContact': { targets: ['contact'], options },
  'messages.list': { targets: ['conversation'], query: { ...list, order: 'word' }, options },
  'messages.get': { targets: ['message'], options },
  'messages.ask': { targets: ['conversation'], input: question, options: speaking },
  'messages.stream': { targets: ['conversation'], input: question, options: speaking },
  'messages.provideInput': {
    targets: ['conversation'],
    input: { requestId: 'id', value: 'json', operatorId: 'id', vendor: 'object' },
    options: speaking,
  },
  'messages.reply': {
    targets: ['conversation'],
    input: {
      ...{ text: 'text', html: 'text', subject: 'text', channel: 'word', operatorId: 'id', inReplyTo: 'id' },
      ...{ sendAt: 'instant', after: 'id', attachments: 'list', vendor: 'object' },
    },
    options: { ...speaking, takeOver: 'word' },
  },
  'messages.note': {
    targets: ['conversation'],
    input: { text: 'text', operatorId: 'id', mentions: 'ids', after: 'id', vendor: 'object' },
    options: speaking,
  },
  'messages.export': {
    query: {
      ...{ ...list, conversationId: 'id', contactId: 'id', channel: 'word', ...period, by: 'word', order: 'word' },
    },
    options,
  },
  'messages.cancel': { targets: ['message'], options },
  'messages.setStatus': {
    targets: ['message'],
    input: { status: 'word', failure: 'object', vendor: 'object' },
    options,
  },
  'sources.list': { targets: ['message'], query: list, options },
  'contacts.list': { query: list, options },
  'contacts.search': {
    query: { ...list, email: 'filled', phone: 'filled', externalId: 'filled', text: 'filled' },
    options,
  },
  'contacts.get': { targets: ['contact'], options },
  'contacts.create': { input: contact, options },
  'contacts.upsert': { input: { ...contact, id: 'id' }, options },
  'contacts.delete': { targets: ['contact'], options },
  'contacts.ensure': { input: visitor, options },
  'operators.list': { query: { ...list, search: 'text' }, options },
  'control.get': { targets: ['conversation'], options },
  'control.takeOver': { targets: ['conversation'], options },
  'control.release': { targets: ['conversation'], options },
  'generations.get': { targets: ['message'], options },
  'attachments.upload': {
    targets: ['conversation'],
    input: { fileName: 'text', contentType: 'text', content: 'bytes', vendor: 'object' },
    options,
  },
  'attachments.url': { targets: ['attachment'], options },
  'attachments.read': { targets: ['attachment'], options },
  'knowledge.list': { query: { ...list, knowledgeBaseId: 'id', kind: 'word', search: 'text' }, options },
  'knowledge.add': {
    input: {
      ...{ knowledgeBaseId: 'id', kind: 'word', url: 'text', title: 'text', text: 'text', scope: 'word' },
      ...{ question: 'text', answer: 'text', fileName: 'text', content: 'bytes', contentType: 'text' },
      vendor: 'object',
    },
    options,
  },
  'knowledge.remove': { targets: ['item'], options: { ...options, kind: 'word', knowledgeBaseId: 'id' } },
  'feedback.list': { query: { ...list, ...period }, options },
  'feedback.give': {
    targets: ['message'],
    input: { vote: 'word', authorId: 'id', question: 'text', answer: 'text', comment: 'text', vendor: 'object' },
    options,
  },
  'feedback.suggestions': { query: { ...list, ...period }, options },
  'feedback.dismiss': { targets: ['suggestion'], options },
  'webhooks.create': {
    input: { title: 'text', description: 'text', url: 'text', trigger: 'word', headers: 'object', vendor: 'object' },
    options,
  },
}

/** The smallest valid arguments of an operation. */
export const argumentsOf = ({ targets = [], operatorId, query, input }: Signature): unknown[] => [
  ...targets.map(() => 'id-1'),
  ...(operatorId ? ['id-1'] : []),
  ...(query ? ['email' in query ? { text: 'words' } : {}] : []),
  ...(input ? ['text' in input ? { text: 'words' } : {}] : []),
  {},
]
