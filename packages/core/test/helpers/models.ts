import type {
  Agent,
  AgentAction,
  Attachment,
  Contact,
  Conversation,
  Event,
  Feedback,
  Generation,
  KnowledgeItem,
  Message,
  Operator,
  Source,
  Suggestion,
  Webhook,
  WorkingHours,
} from '../../src/index.ts'

const entity = (kind: string, id: string) => ({ ref: `acme:main/${kind}/${id}`, vendor: 'acme', account: 'main', id })
const at = '2026-01-15T10:30:00.000Z'

export const agent: Agent = {
  ...entity('agent', 'a1'),
  raw: { _id: 'a1', anything: [1, null] },
  name: 'Anna',
  status: { value: 'active', native: 'ON' },
  mode: { value: 'unknown', native: 7 },
  channels: [{ value: 'sms', native: 'TYPE_SMS' }],
  description: null,
  isDefault: true,
  knowledgeBaseIds: ['k1'],
  actions: [{ id: 'x', name: 'Book', type: { value: 'book-appointment', native: 'booking' } }],
  replyDelayMs: 5,
  pause: { onOperatorMessage: true, durationMs: null },
  attributes: { nested: { list: [1, 'a', null, true] } },
  createdAt: at,
  updatedAt: null,
}

export const source: Source = {
  ...entity('source', 'm1#0'),
  kind: { value: 'faq', native: 'FAQ' },
  title: 'Opening hours',
  url: null,
  score: { value: 0.85, metric: 'distance', higherIsBetter: false },
}

export const attachment: Attachment = {
  ...entity('attachment', 'm1#1'),
  conversationId: 'c1',
  access: 'open',
  url: 'https://files.acme.test/1',
  size: 5,
  expiresAt: at,
}

export const message: Message = {
  ...entity('message', 'm1'),
  conversationId: 'c1',
  type: { value: 'email', native: 3 },
  direction: 'inbound',
  author: { kind: 'contact', basis: 'inferred', id: null, name: 'Kim' },
  channel: { value: 'email', native: 'Email' },
  text: 'Hello',
  html: null,
  status: { value: 'delivered', native: 'delivered' },
  attachments: [attachment],
  sources: [source],
  sourcesState: 'inline',
  email: { ids: ['e1'], subject: null, to: ['a@acme.test'] },
  call: { duration: 5, status: { value: 'no-answer', native: 'no-answer' } },
  reasoning: ['because'],
  feedback: [{ id: null, vote: { value: 'up', native: 'like' }, score: 5, createdAt: at }],
  createdAt: at,
}

export const conversation: Conversation = {
  ...entity('conversation', 'c1'),
  agentId: 'a1',
  contact: { id: 'p1', ref: 'acme:main/contact/p1', name: 'Kim' },
  title: 'Opening hours',
  status: { value: 'open', native: true },
  channel: { value: 'web', native: null },
  control: { holder: 'operator', until: at, basis: 'vendor', native: 'HUMAN' },
  assignee: { id: 'u1', name: 'Olga' },
  unreadCount: 2,
  isStarred: false,
  labels: ['vip'],
  state: { id: 's1', name: 'Waiting' },
  lastMessage: { text: 'Hello', at, author: 'contact', channel: { value: 'web', native: 'chat' } },
  lastActivityAt: at,
  customFields: { ref: 'mine', raw: 'mine too' },
}

export const contact: Contact = {
  ...entity('contact', 'p1'),
  name: 'Kim',
  email: null,
  doNotDisturb: false,
  doNotDisturbOn: [{ value: 'sms', native: 'SMS' }],
  tags: [],
  customFields: { size: 5 },
  conversationIds: ['c1'],
  createdAt: at,
}

export const generation: Generation = {
  ...entity('generation', 'm2'),
  messageId: 'm2',
  mode: { value: 'autopilot', native: 'auto' },
  prompt: null,
  history: [{ author: { kind: 'agent', basis: 'vendor' }, text: 'Hi' }],
  response: { author: { kind: 'agent', basis: 'vendor' }, text: null },
  sources: [source],
  actions: [{ name: null, details: { any: ['thing'] } }],
}

export const event: Event = {
  kind: 'message.created',
  vendor: 'acme',
  account: 'main',
  dedupeKey: 'd1',
  message: 'acme:main/message/m1',
  native: 'InboundMessage',
  occurredAt: at,
  conversation: 'acme:main/conversation/c1',
  raw: { payload: true },
}

export const action: AgentAction = {
  ...entity('action', 'x1'),
  kind: 'hand-over',
  native: 'HUMAN',
  name: 'Front desk',
  agentId: 'a1',
  enabled: true,
  trigger: { value: 'custom', native: 'custom' },
  condition: 'The caller is in pain',
  examples: ['it hurts'],
  finalMessage: null,
  reactivation: { afterMs: null },
  assigns: false,
  attributes: { color: 'red' },
}

export const workingHours: WorkingHours = {
  agentId: 'a1',
  enabled: true,
  channels: [{ value: 'sms', native: 'SMS' }],
  timezone: { value: 'business', native: 'business' },
  schedule: [{ day: 'mon', intervals: [{ from: '08:15', to: '12:00' }] }],
  continuesForMs: 60_000,
  autoReply: null,
}

export const knowledge: KnowledgeItem = {
  ...entity('knowledge', 'k1'),
  kind: { value: 'faq', native: 'QA' },
  title: null,
  question: 'When do you open?',
  answer: 'At nine.',
  status: { value: 'processing', native: 'QUEUED' },
  size: 12,
  updatedAt: at,
}

export const suggestion: Suggestion = {
  ...entity('suggestion', 's1'),
  messageId: 'm2',
  question: 'When do you open?',
  answer: null,
  reason: 'OUT_OF_CONTEXT',
  createdAt: at,
}

export const webhook: Webhook = {
  ...entity('webhook', 'w1'),
  title: 'Inbox',
  description: null,
  url: 'https://app.acme.test/hooks',
  trigger: { value: 'message.created', native: 'each_message' },
  isActive: true,
}

export const operator: Operator = { ...entity('operator', 'u1'), name: 'Ines', email: null, phone: null, role: 'admin' }

export const feedback: Feedback = {
  id: 'f1',
  vote: { value: 'down', native: 'dislike' },
  comment: null,
  messageId: 'm2',
  createdAt: at,
}
