import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { ok, type Reply } from '../http/leadconnector-reply.ts'
import { iso, type Json, withoutUndefined } from '../leadconnector-json.ts'
import type { EmailRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'
import { statusNow } from '../state/leadconnector-timeline.ts'
import { noMessage } from './leadconnector-message-missing.ts'

export const emailEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'GET',
    path: '/conversations/messages/email/:emailMessageId',
    family: 'conversations',
    scope: 'conversations/message.readonly',
    handle: getEmail,
  },
]

function getEmail({ location, params, now }: LocationCall): Reply {
  const email = location.emails.get(params['emailMessageId'] ?? '')
  const message = email && location.messages.get(email.messageId)
  if (!message || message.visibleAt > now) return noMessage(params['emailMessageId'])
  return ok(showEmail(location, email, now))
}

function showEmail(location: LocationState, email: EmailRecord, now: number): Json {
  const message = location.messages.get(email.messageId)
  return withoutUndefined({
    id: email.id,
    altId: email.altId,
    threadId: email.threadId,
    locationId: location.id,
    contactId: message?.contactId,
    conversationId: message?.conversationId,
    dateAdded: iso(email.at),
    subject: email.subject,
    body: email.html,
    direction: email.direction,
    status: email.status ?? (message && statusNow(message, now)),
    contentType: 'text/plain',
    attachments: email.attachments,
    provider: 'Leadconnector Gmail',
    from: email.from,
    to: email.to,
    cc: email.cc,
    bcc: email.bcc,
    replyToMessageId: email.replyToMessageId,
    source: message?.source,
    conversationProviderId: message?.conversationProviderId,
    error: message?.error,
  })
}
