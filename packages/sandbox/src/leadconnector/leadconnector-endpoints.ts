import { actionEndpoints } from './agents/leadconnector-actions.ts'
import { agentSearchEndpoints } from './agents/leadconnector-agent-search.ts'
import { agentEndpoints } from './agents/leadconnector-agents.ts'
import { followupEndpoints } from './agents/leadconnector-followup.ts'
import { generationEndpoints } from './agents/leadconnector-generations.ts'
import { workingHoursEndpoints } from './agents/leadconnector-working-hours.ts'
import { conversationSearchEndpoints } from './conversations/leadconnector-conversation-search.ts'
import { conversationEndpoints } from './conversations/leadconnector-conversations.ts'
import type { Endpoint } from './http/leadconnector-endpoint.ts'
import { emailEndpoints } from './messages/leadconnector-email.ts'
import { exportEndpoints } from './messages/leadconnector-export.ts'
import { fileEndpoints } from './messages/leadconnector-files.ts'
import { inboundEndpoints } from './messages/leadconnector-inbound.ts'
import { messageEndpoints } from './messages/leadconnector-messages.ts'
import { outboundCallEndpoints } from './messages/leadconnector-outbound-call.ts'
import { recordingEndpoints } from './messages/leadconnector-recordings.ts'
import { scheduleEndpoints } from './messages/leadconnector-schedule.ts'
import { sendEndpoints } from './messages/leadconnector-send.ts'
import { setAttachmentsEndpoints } from './messages/leadconnector-set-attachments.ts'
import { statusEndpoints } from './messages/leadconnector-status.ts'
import { typingEndpoints } from './messages/leadconnector-typing.ts'
import { uploadEndpoints } from './messages/leadconnector-upload.ts'
import { contactEndpoints } from './side/leadconnector-contacts.ts'
import { crawlerEndpoints } from './side/leadconnector-crawler.ts'
import { faqEndpoints } from './side/leadconnector-faqs.ts'
import { knowledgeBaseEndpoints } from './side/leadconnector-knowledge-bases.ts'
import { oauthEndpoints } from './side/leadconnector-oauth-locations.ts'
import { preferenceEndpoints } from './side/leadconnector-preferences.ts'
import { userEndpoints } from './side/leadconnector-users.ts'

/**
 * Fixed words stand before ids, since the first match answers. The vendor falls into its own trap here: it reads
 * `/conversations/messages` as a conversation with that name.
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
