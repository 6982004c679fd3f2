export { type LeadConnector, type LeadConnectorOptions, leadConnector, leadConnectorDefinition } from './adapter.ts'
export type { LeadConnectorActions, LeadConnectorFollowUp } from './agents/actions.ts'
export type { LeadConnectorHours, LeadConnectorWorkingHours } from './agents/working-hours.ts'
export type { LeadConnectorAgent, LeadConnectorAgents } from './agents.ts'
export type { LeadConnectorAttachments } from './attachments.ts'
export type { LeadConnectorConfig, LeadConnectorOwnConfig, LeadConnectorVersions } from './config.ts'
export type { LeadConnectorContact, LeadConnectorContacts } from './contacts.ts'
export type { LeadConnectorConversation } from './conversation-list.ts'
export type { LeadConnectorConversations } from './conversations.ts'
export type { LeadConnectorGeneration, LeadConnectorGenerations, LeadConnectorSources } from './generations.ts'
export type { LeadConnectorKnowledgeGroup } from './knowledge.ts'
export type { LeadConnectorMessage } from './message-list.ts'
export type { LeadConnectorMessages } from './messages.ts'
export * from './native/types.ts'
export type {
  LeadConnectorAgentOptions,
  LeadConnectorAskOptions,
  LeadConnectorContactOptions,
  LeadConnectorConversationListOptions,
  LeadConnectorConversationUpdateOptions,
  LeadConnectorExportOptions,
  LeadConnectorForward,
  LeadConnectorMessageListOptions,
  LeadConnectorMessageStatusOptions,
  LeadConnectorReplyOptions,
  LeadConnectorStatusRecipient,
  LeadConnectorUploadOptions,
} from './options.ts'
export type { LeadConnectorAction } from './read/action.ts'
export type { LeadConnectorKnowledge, LeadConnectorKnowledgePayload } from './read/knowledge.ts'
export type { LeadConnectorInboundType, LeadConnectorSendType } from './vocabulary.ts'
export type {
  LeadConnectorActionLogPayload,
  LeadConnectorActionPayload,
  LeadConnectorActionPointer,
  LeadConnectorAgentGoal,
  LeadConnectorAgentPayload,
  LeadConnectorAttribution,
  LeadConnectorChunkPayload,
  LeadConnectorContactPayload,
  LeadConnectorConversationPayload,
  LeadConnectorCrawlPayload,
  LeadConnectorEmailPayload,
  LeadConnectorFaqPayload,
  LeadConnectorGenerationPayload,
  LeadConnectorInstant,
  LeadConnectorInterval,
  LeadConnectorKnowledgeBasePayload,
  LeadConnectorKnowledgeBaseTrigger,
  LeadConnectorMessageMeta,
  LeadConnectorMessagePayload,
  LeadConnectorOffHoursNotification,
  LeadConnectorPagePayload,
  LeadConnectorSocialPage,
  LeadConnectorWorkingHoursPayload,
} from './wire.ts'
