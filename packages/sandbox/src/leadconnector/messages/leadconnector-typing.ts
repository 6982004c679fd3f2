import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { created, invalid, type Reply } from '../http/leadconnector-reply.ts'
import { boolean, needed, oneOf, type Rule, string, violations } from '../http/leadconnector-rules.ts'
import { noConversation } from './leadconnector-message-missing.ts'

export const typingEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'POST',
    path: '/conversations/providers/live-chat/typing',
    family: 'conversations',
    scope: 'conversations/livechat.write',
    handle: setTyping,
  },
]

/** Declared as text, shown as a boolean. */
const typing: Readonly<Record<'boolean' | 'string' | 'both', Rule>> = {
  boolean,
  string: oneOf('true', 'false'),
  both: (value, path) => (typeof value === 'boolean' ? [] : oneOf('true', 'false')(value, path)),
}

function setTyping({ body, location, state }: LocationCall): Reply {
  const broken = violations(
    {
      locationId: needed(string),
      isTyping: needed(typing[state.settings.typingTakes]),
      visitorId: needed(string),
      conversationId: needed(string),
    },
    body,
  )
  if (broken.length > 0) return invalid(broken)
  if (!location.conversations.has(String(body['conversationId']))) return noConversation(body['conversationId'])
  return created({ success: true })
}
