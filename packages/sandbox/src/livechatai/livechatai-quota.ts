import { errorEnvelope } from './livechatai-errors.ts'
import type { LiveChatAISettings } from './livechatai-settings.ts'

/** What a send or reply says once the messages are used up, or null while they are not. No page tells its status. */
export function overQuota({ overQuota: status }: LiveChatAISettings): Response | null {
  if (status === null) return null
  return Response.json(errorEnvelope(402, 'The monthly message quota of this workspace is used up'), { status })
}
