export type { LeadConnectorActions } from './agents/leadconnector-actions.ts'
export type { LeadConnectorAgent, LeadConnectorAgents } from './agents/leadconnector-agents.ts'
export type { LeadConnectorFollowUp } from './agents/leadconnector-follow-up.ts'
export type { LeadConnectorHours, LeadConnectorWorkingHours } from './agents/leadconnector-working-hours.ts'
export type { LeadConnectorAttachments } from './attachments/leadconnector-attachments.ts'
export type { LeadConnectorKnowledgeGroup } from './knowledge/leadconnector-knowledge.ts'
export {
  type LeadConnector,
  type LeadConnectorOptions,
  leadConnector,
  leadConnectorDefinition,
} from './leadconnector.ts'
export type { LeadConnectorConfig, LeadConnectorOwnConfig, LeadConnectorVersions } from './leadconnector-config.ts'
export type { LeadConnectorContact } from './leadconnector-contact-search.ts'
export type { LeadConnectorContacts } from './leadconnector-contacts.ts'
export type { LeadConnectorConversation } from './leadconnector-conversation-list.ts'
export type { LeadConnectorConversations } from './leadconnector-conversations.ts'
export type { LeadConnectorGeneration } from './leadconnector-generation-lookup.ts'
export type { LeadConnectorGenerations } from './leadconnector-generations.ts'
export type { LeadConnectorMessage } from './leadconnector-message-page.ts'
export type { LeadConnectorMessages } from './leadconnector-messages.ts'
export type { LeadConnectorSources } from './leadconnector-sources.ts'
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
} from './leadconnector-vendor-options.ts'
export type { LeadConnectorInboundType, LeadConnectorSendType } from './map/map-leadconnector-send-type.ts'
export type * from './native/leadconnector-native-types.ts'
export type { LeadConnectorAction } from './read/read-leadconnector-action.ts'
export type { LeadConnectorKnowledge, LeadConnectorKnowledgePayload } from './read/read-leadconnector-knowledge.ts'
export type * from './wire/index.ts'
