export { type AgentConversation, agentConversation, agentConversationDefinition } from './adapter.ts'
export type { AgentConversationAgents } from './agents.ts'
export type { AgentConversationOptions } from './config.ts'
export type { AgentConversationContacts } from './contacts.ts'
export type { AgentConversationConversations } from './conversations.ts'
export type { AgentConversationFeedback } from './feedback.ts'
export type { AgentConversationKnowledge } from './knowledge.ts'
export type { AgentConversationMessages } from './messages.ts'
export type { AgentConversationEndpoints, AgentConversationNative } from './native/types.ts'
export type { AgentConversationVendorOptions } from './options.ts'
export type { AgentConversationWebhooks } from './webhooks.ts'
export type {
  AgentConversationAgentFilePayload,
  AgentConversationAgentPayload,
  AgentConversationAIConfigPayload,
  AgentConversationAIResponsePayload,
  AgentConversationAssignedUserPayload,
  AgentConversationConversationPayload,
  AgentConversationFeedbackPayload,
  AgentConversationFileCitationPayload,
  AgentConversationMessageFilePayload,
  AgentConversationMessagePayload,
  AgentConversationSkillPayload,
  AgentConversationUrlCitationPayload,
  AgentConversationUserPayload,
  AgentConversationWebhookPayload,
} from './wire.ts'
