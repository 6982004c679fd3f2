export {
  type LeadConnector,
  type LeadConnectorOptions,
  leadConnector,
  leadConnectorDefinition,
} from './leadconnector.ts'
export type { LeadConnectorAgent, LeadConnectorAgents } from './leadconnector-agents.ts'
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
  LeadConnectorAskOptions,
  LeadConnectorConversationListOptions,
  LeadConnectorMessageListOptions,
  LeadConnectorReplyOptions,
} from './leadconnector-vendor-options.ts'
export type { LeadConnectorInboundType, LeadConnectorSendType } from './map/map-leadconnector-send-type.ts'
export type * from './wire/index.ts'
