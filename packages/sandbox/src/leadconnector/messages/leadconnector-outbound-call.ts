import { parseInstant } from '../../kit/parse-instant.ts'
import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { badRequest, invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { list, needed, object, oneOf, optional, string, violations } from '../http/leadconnector-rules.ts'
import { isJson, iso, listOf, textOf } from '../leadconnector-json.ts'
import { newId } from '../state/leadconnector-new-id.ts'
import { announceMessage } from '../webhooks/leadconnector-announce-message.ts'
import { callRule } from './leadconnector-call-rule.ts'
import { noConversation } from './leadconnector-message-missing.ts'
import { messageTypeOf } from './leadconnector-message-types.ts'
import { checkProvider } from './leadconnector-providers.ts'
import { writeMessage } from './leadconnector-write-message.ts'

export const outboundCallEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'POST',
    path: '/conversations/messages/outbound',
    family: 'conversations',
    scope: 'conversations/message.write',
    isSend: true,
    handle: addOutboundCall,
  },
]

function addOutboundCall({ body, location, state, token, now }: LocationCall): Reply {
  const broken = violations(
    {
      type: needed(oneOf('Call')),
      conversationId: needed(string),
      conversationProviderId: needed(string),
      attachments: optional(list(string)),
      altId: optional(string),
      date: optional(string),
      call: optional(object(callRule)),
    },
    body,
  )
  if (broken.length > 0) return invalid(broken)
  const refusal = checkProvider(token, textOf(body['conversationProviderId']))
  if (refusal) return refusal
  const conversation = location.conversations.get(String(body['conversationId']))
  if (!conversation || conversation.deleted) return noConversation(body['conversationId'])
  const given = isJson(body['call']) ? body['call'] : {}
  const to = textOf(given['to'])
  const phone = location.contacts.get(conversation.contactId)?.phone
  if (to !== null && to !== phone) return badRequest('The number of the call does not match the contact')
  const at = body['date'] === undefined ? now : parseInstant(String(body['date']))
  if (Number.isNaN(at)) return badRequest('date must be a valid ISO 8601 date string')
  const status = textOf(given['status']) ?? 'completed'
  const message = writeMessage(location, conversation, {
    id: newId(state, 'message'),
    messageType: messageTypeOf('Call'),
    at,
    direction: 'outbound',
    status,
    source: 'api',
    attachments: listOf(body['attachments']),
    conversationProviderId: String(body['conversationProviderId']),
    call: { duration: 0, status },
    ...(textOf(body['altId']) && { altId: String(body['altId']) }),
    ...(textOf(given['from']) && { from: String(given['from']) }),
    ...(to !== null && { to }),
  })
  announceMessage(state, location, message)
  const { id: conversationId, contactId } = conversation
  return ok({ success: true, conversationId, messageId: message.id, contactId, dateAdded: iso(at) })
}
