import type { NativeEndpoints } from '@parley/core'
import { actionEndpoints } from './leadconnector-native-endpoints-actions.ts'
import { agentEndpoints } from './leadconnector-native-endpoints-agents.ts'
import { conversationEndpoints, messageEndpoints } from './leadconnector-native-endpoints-conversations.ts'
import { knowledgeEndpoints } from './leadconnector-native-endpoints-knowledge.ts'
import { contactEndpoints, userEndpoints } from './leadconnector-native-endpoints-people.ts'
import { preferenceEndpoints } from './leadconnector-native-endpoints-preferences.ts'
import { fileEndpoints, sendingEndpoints } from './leadconnector-native-endpoints-sending.ts'
import type { LeadConnectorEndpoints } from './leadconnector-native-types.ts'

export const endpoints: NativeEndpoints<LeadConnectorEndpoints> = {
  ...agentEndpoints,
  ...actionEndpoints,
  ...conversationEndpoints,
  ...messageEndpoints,
  ...sendingEndpoints,
  ...fileEndpoints,
  ...preferenceEndpoints,
  ...contactEndpoints,
  ...userEndpoints,
  ...knowledgeEndpoints,
}
