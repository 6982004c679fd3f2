import { actionEndpoints, followupEndpoints } from './actions.ts'
import { agentEndpoints, agentSearchEndpoints } from './agents.ts'
import { generationEndpoints } from './bot.ts'
import { contactEndpoints, userEndpoints } from './contacts.ts'
import { conversationSearchEndpoints } from './conversation-search.ts'
import { conversationEndpoints } from './conversations.ts'
import { exportEndpoints } from './export.ts'
import { fileEndpoints, recordingEndpoints, uploadEndpoints } from './files.ts'
import type { Endpoint } from './http.ts'
import { inboundEndpoints, outboundCallEndpoints } from './inbound.ts'
import { crawlerEndpoints, faqEndpoints, knowledgeBaseEndpoints } from './knowledge.ts'
import { messageEndpoints } from './messages.ts'
import { oauthEndpoints } from './oauth.ts'
import { preferenceEndpoints } from './preferences.ts'
import { scheduleEndpoints, sendEndpoints, setAttachmentsEndpoints } from './send.ts'
import { emailEndpoints, statusEndpoints, typingEndpoints } from './status.ts'
import { workingHoursEndpoints } from './working-hours.ts'

/**
 * Fixed segments are registered before ids, because the first match wins. The vendor makes this mistake itself: it
 * reads `/conversations/messages` as a conversation with that id.
 */
export const endpoints: readonly Endpoint[] = [
  ...oauthEndpoints,
  ...agentSearchEndpoints,
  ...generationEndpoints,
  ...actionEndpoints,
  ...followupEndpoints,
  ...workingHoursEndpoints,
  ...agentEndpoints,
  ...conversationSearchEndpoints,
  ...preferenceEndpoints,
  ...typingEndpoints,
  ...exportEndpoints,
  ...uploadEndpoints,
  ...inboundEndpoints,
  ...outboundCallEndpoints,
  ...sendEndpoints,
  ...statusEndpoints,
  ...scheduleEndpoints,
  ...setAttachmentsEndpoints,
  ...recordingEndpoints,
  ...emailEndpoints,
  ...messageEndpoints,
  ...conversationEndpoints,
  ...contactEndpoints,
  ...userEndpoints,
  ...faqEndpoints,
  ...crawlerEndpoints,
  ...knowledgeBaseEndpoints,
  ...fileEndpoints,
]
