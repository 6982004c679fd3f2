import type { NativeApi } from '@parley/core'
import type { LeadConnectorActionEndpoints } from './leadconnector-native-types-actions.ts'
import type { LeadConnectorAgentEndpoints } from './leadconnector-native-types-agents.ts'
import type { LeadConnectorContactEndpoints } from './leadconnector-native-types-contacts.ts'
import type { LeadConnectorConversationEndpoints } from './leadconnector-native-types-conversations.ts'
import type { LeadConnectorFileEndpoints } from './leadconnector-native-types-files.ts'
import type { LeadConnectorKnowledgeEndpoints } from './leadconnector-native-types-knowledge.ts'
import type { LeadConnectorMessageEndpoints } from './leadconnector-native-types-messages.ts'
import type { LeadConnectorPreferenceEndpoints } from './leadconnector-native-types-preferences.ts'
import type { LeadConnectorSendingEndpoints } from './leadconnector-native-types-sending.ts'
import type { LeadConnectorUserEndpoints } from './leadconnector-native-types-users.ts'

/** Every documented endpoint around conversations, by its route as the vendor's reference writes it. */
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
 * LeadConnector's own API. Each request carries the `Version` of its family (the option `version`); one of its own can be
 * given with `{ headers: { version: 'v3' } }`. Ids such as `locationId` are not filled in.
 */
export type LeadConnectorNative = NativeApi<LeadConnectorEndpoints>

export type * from './leadconnector-native-types-action-details.ts'
export type * from './leadconnector-native-types-actions.ts'
export type * from './leadconnector-native-types-agents.ts'
export type * from './leadconnector-native-types-contacts.ts'
export type * from './leadconnector-native-types-conversations.ts'
export type * from './leadconnector-native-types-files.ts'
export type * from './leadconnector-native-types-knowledge.ts'
export type * from './leadconnector-native-types-messages.ts'
export type * from './leadconnector-native-types-preferences.ts'
export type * from './leadconnector-native-types-sending.ts'
export type * from './leadconnector-native-types-users.ts'
export type * from './leadconnector-native-types-working-hours.ts'
export type * from './leadconnector-native-word.ts'
