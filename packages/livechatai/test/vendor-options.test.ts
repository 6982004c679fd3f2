import type { LiveChatAI } from '@parley/livechatai'
import { type VendorOptionCalls, type VendorOptionNames, vendorOptionsSuite } from '@parley/testkit'
import { account } from './helpers/account.ts'

const calls: VendorOptionCalls<LiveChatAI> = {
  'agents.list': [{}],
  'agents.create': [{ name: 'Shop helper', liveChatEnabled: true }],
  'conversations.list': [{}],
  'operators.list': [{}],
  'conversations.create': [{ contact: 'p-1' }],
  'messages.list': ['c-1', {}],
  'messages.ask': ['c-1', { text: 'When do you open?' }],
  'messages.stream': ['c-1', { text: 'When do you open?' }],
  'messages.reply': ['c-1', { text: 'At nine.', operatorId: 'u-1' }],
  'contacts.list': [{}],
  'contacts.upsert': [{ externalId: 'ext-1' }],
  'knowledge.list': [{}],
  'knowledge.add': [{ kind: 'faq', question: 'Open?', answer: 'From nine.' }],
  'feedback.list': [{}],
  'feedback.suggestions': [{}],
}

const options: VendorOptionNames<'livechatai'> = {
  'agents.create': { isImageSharingEnabled: true },
  'conversations.list': {
    type: true,
    viewId: true,
    startDate: true,
    endDate: true,
    channel: true,
    sentiment: true,
    topic: true,
    resolution: true,
    extraQuery: true,
  },
  'conversations.create': { ip: true, country: true },
  'messages.ask': { ip: true, country: true, responseFormat: true, messageType: true },
  'messages.reply': { messageType: true },
  'contacts.list': { agentId: true },
  'knowledge.list': { agentId: true, source: true },
  'knowledge.add': { agentId: true, fileType: true, isGeneratedByAI: true, relatedMessageId: true },
  'feedback.list': { agentId: true },
  'feedback.suggestions': { agentId: true },
  'contacts.create': { agentId: true, userHash: true },
}

vendorOptionsSuite({ vendor: 'livechatai', create: (fetch) => account({ fetch }).adapter, calls, options })
