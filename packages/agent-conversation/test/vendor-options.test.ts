import type { AgentConversation } from '@parley/agent-conversation'
import { type VendorOptionCalls, type VendorOptionNames, vendorOptionsSuite } from '@parley/testkit'
import { account } from './helpers/account.ts'

const calls: VendorOptionCalls<AgentConversation> = {
  'agents.list': [{}],
  'conversations.list': [{}],
  'operators.list': [{}],
  'conversations.create': [{ contact: 'u-1' }],
  'conversations.start': [
    { channel: 'sms', text: 'Hello', contact: { firstName: 'Ada', lastName: 'Byron', phone: '+43123' } },
  ],
  'conversations.update': ['c-1', { title: 'Delivery' }],
  'messages.list': ['c-1', {}],
  'messages.ask': ['c-1', { text: 'When do you open?' }],
  'messages.stream': ['c-1', { text: 'When do you open?' }],
  'messages.reply': ['c-1', { text: 'At nine.' }],
  'contacts.list': [{}],
  'contacts.search': [{ email: 'ada@shop.example' }],
  'contacts.create': [{ firstName: 'Ada', lastName: 'Byron', externalId: 'ext-1' }],
  'attachments.upload': ['c-1', { fileName: 'a.txt', content: new Uint8Array([1]), contentType: 'text/plain' }],
  'knowledge.list': [{}],
  'knowledge.add': [{ kind: 'file', fileName: 'a.txt', content: new Uint8Array([1]), contentType: 'text/plain' }],
  'feedback.list': [{}],
  'feedback.give': ['m-1', { vote: 'up', authorId: 'u-1', question: 'When do you open?' }],
  'webhooks.create': [
    { title: 'Inbox', description: 'Keeps it current.', url: 'https://inbox.example/', trigger: 'message.created' },
  ],
}

const options: VendorOptionNames<'agent-conversation'> = {
  'conversations.list': { withFeedbacksOnly: true, orderBy: true },
  'conversations.start': {
    contactContext: true,
    source: true,
    fkUserId: true,
    authorId: true,
    includeSignatureInEmail: true,
    includeSignatureInSms: true,
    resetConversation: true,
    skipPhoneNumberValidation: true,
    skipEmailValidation: true,
  },
  'messages.list': { withFeedbacks: true },
  'messages.ask': { sync: true },
  'knowledge.add': { autoAddToVectorStore: true },
  'contacts.create': {
    context: true,
    source: true,
    fkUserId: true,
    skipPhoneNumberValidation: true,
    skipEmailValidation: true,
  },
}

vendorOptionsSuite({ vendor: 'agent-conversation', create: (fetch) => account({ fetch }).adapter, calls, options })
