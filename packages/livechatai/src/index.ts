export { type LiveChatAI, liveChatAI, liveChatAIDefinition } from './adapter.ts'
export type { LiveChatAIAgents } from './agents.ts'
export type { LiveChatAIAttachments } from './attachments.ts'
export type { LiveChatAIOptions } from './config.ts'
export type { LiveChatAIContacts } from './contacts.ts'
export type { LiveChatAIControl } from './control.ts'
export type { LiveChatAIConversations } from './conversations.ts'
export type { LiveChatAIFeedback } from './feedback.ts'
export type { LiveChatAIKnowledge } from './knowledge.ts'
export type { LiveChatAIMessages } from './messages.ts'
export type { LiveChatAIEndpoints, LiveChatAINative } from './native/types.ts'
export type { LiveChatAIVendorOptions } from './options.ts'
export type {
  LiveChatAIAgentPayload,
  LiveChatAIAnswerPayload,
  LiveChatAIAttributePayload,
  LiveChatAICitationPayload,
  LiveChatAIContactPayload,
  LiveChatAIConversationContactPayload,
  LiveChatAIConversationPayload,
  LiveChatAIDataSourcePayload,
  LiveChatAILinkPayload,
  LiveChatAIMessagePayload,
  LiveChatAIQuotePayload,
  LiveChatAIReplyPayload,
  LiveChatAISuggestionPayload,
  LiveChatAITeammatePayload,
} from './wire.ts'
