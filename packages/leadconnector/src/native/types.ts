import type { NativeApi } from '@parley/core'
import type { LeadConnectorActionEndpoints, LeadConnectorAgentEndpoints } from './types-agents.ts'
import type {
  LeadConnectorConversationEndpoints,
  LeadConnectorFileEndpoints,
  LeadConnectorMessageEndpoints,
  LeadConnectorSendingEndpoints,
} from './types-conversations.ts'
import type {
  LeadConnectorContactEndpoints,
  LeadConnectorKnowledgeEndpoints,
  LeadConnectorPreferenceEndpoints,
  LeadConnectorUserEndpoints,
} from './types-people.ts'

export type {
  LeadConnectorActionBody,
  LeadConnectorActionDetails,
  LeadConnectorActionEndpoints,
  LeadConnectorAdvancedFollowupDetails,
  LeadConnectorAgentEndpoints,
  LeadConnectorAgentSearchAnswer,
  LeadConnectorAgentSearchQuery,
  LeadConnectorAgentSettings,
  LeadConnectorAppointmentBookingDetails,
  LeadConnectorCreateAgentBody,
  LeadConnectorCustomApiDetails,
  LeadConnectorFollowupDay,
  LeadConnectorFollowupSettings,
  LeadConnectorFollowupStep,
  LeadConnectorGenerationQuery,
  LeadConnectorHumanHandOverDetails,
  LeadConnectorShownAction,
  LeadConnectorStopBotDetails,
  LeadConnectorTransferBotDetails,
  LeadConnectorTriggerWorkflowDetails,
  LeadConnectorUpdateAgentBody,
  LeadConnectorUpdateContactFieldDetails,
  LeadConnectorWorkingHoursBody,
  Word,
} from './types-agents.ts'
export type {
  LeadConnectorAddedAnswer,
  LeadConnectorCallData,
  LeadConnectorCancelAnswer,
  LeadConnectorConversationEndpoints,
  LeadConnectorConversationSearchQuery,
  LeadConnectorEmailEvent,
  LeadConnectorEmailStatusBody,
  LeadConnectorExportAnswer,
  LeadConnectorExportQuery,
  LeadConnectorFileAnswer,
  LeadConnectorFileEndpoints,
  LeadConnectorForwardBody,
  LeadConnectorInboundBody,
  LeadConnectorMessageEndpoints,
  LeadConnectorMessageListAnswer,
  LeadConnectorMessageListPage,
  LeadConnectorMessageListQuery,
  LeadConnectorMessageStatusBody,
  LeadConnectorOutboundCallBody,
  LeadConnectorSendAnswer,
  LeadConnectorSendBody,
  LeadConnectorSendingEndpoints,
  LeadConnectorTranscriptSentence,
  LeadConnectorUploadAnswer,
} from './types-conversations.ts'
export type {
  LeadConnectorContactEndpoints,
  LeadConnectorContactFields,
  LeadConnectorContactSearchBody,
  LeadConnectorCrawlError,
  LeadConnectorCrawlStatus,
  LeadConnectorCreateCustomSubtypeBody,
  LeadConnectorFaqListQuery,
  LeadConnectorKnowledgeBaseListData,
  LeadConnectorKnowledgeBaseListQuery,
  LeadConnectorKnowledgeEndpoints,
  LeadConnectorPageListQuery,
  LeadConnectorPagesBody,
  LeadConnectorPermission,
  LeadConnectorPreferenceEndpoints,
  LeadConnectorSubscriptionAction,
  LeadConnectorSubscriptionChangeBody,
  LeadConnectorUnsubscriptionQuery,
  LeadConnectorUpdateCustomSubtypeBody,
  LeadConnectorUpsertContactBody,
  LeadConnectorUserEndpoints,
  LeadConnectorUserPayload,
  LeadConnectorUserSearchQuery,
} from './types-people.ts'

/** Every documented endpoint around conversations, keyed by its route in the vendor's reference. */
export interface LeadConnectorEndpoints
  extends LeadConnectorAgentEndpoints,
    LeadConnectorActionEndpoints,
    LeadConnectorConversationEndpoints,
    LeadConnectorMessageEndpoints,
    LeadConnectorSendingEndpoints,
    LeadConnectorFileEndpoints,
    LeadConnectorPreferenceEndpoints,
    LeadConnectorContactEndpoints,
    LeadConnectorUserEndpoints,
    LeadConnectorKnowledgeEndpoints {}

/**
 * LeadConnector's own API. Each request has the `Version` of its family (the option `version`). Override it for one
 * request with `{ headers: { version: 'v3' } }`. Ids such as `locationId` are not filled in.
 */
export type LeadConnectorNative = NativeApi<LeadConnectorEndpoints>
