import { announceEmail } from './announce.ts'
import {
  any,
  boolean,
  created,
  forbidden,
  invalid,
  type LocationCall,
  type LocationEndpoint,
  list,
  listOfObjects,
  needed,
  number,
  object,
  ok,
  oneOf,
  optional,
  type Reply,
  type Rule,
  string,
  violations,
} from './http.ts'
import { noConversation, noMessage } from './messages.ts'
import { type EmailRecord, isJson, iso, type Json, type MessageRecord, textOf, withoutUndefined } from './records.ts'
import { type LocationState, statusNow } from './state.ts'

const write = { family: 'conversations', scope: 'conversations/message.write', method: 'PUT' } as const

export const statusEndpoints: readonly LocationEndpoint[] = [
  { ...write, path: '/conversations/messages/email/:emailMessageId/status', only: 'v3', handle: setEmailStatus },
  { ...write, path: '/conversations/messages/:messageId/status', handle: setStatus },
]

/** Only the application whose provider carries the message may report its status, and not in its first seconds. */
function refuses({ token, state, now }: LocationCall, message: MessageRecord): Reply | null {
  const owns = token.providers.includes(message.conversationProviderId ?? '')
  if (owns && now - message.at >= state.settings.statusDelayMs) return null
  return forbidden('No conversation provider found for this message')
}

function setStatus(call: LocationCall): Reply {
  const { body, location, params, now } = call
  const message = location.messages.get(params['messageId'] ?? '')
  if (!message) return noMessage(params['messageId'])
  const broken = violations(
    {
      status: needed(oneOf('delivered', 'failed', 'pending', 'read')),
      error: optional(object({ code: needed(any), type: needed(any), message: needed(string) })),
      emailMessageId: optional(string),
      // Declared as a list of strings. The examples show objects.
      recipients: optional(list(any)),
    },
    body,
  )
  if (broken.length > 0) return invalid(broken)
  const refusal = refuses(call, message)
  if (refusal) return refusal
  message.status = String(body['status'])
  if (isJson(body['error'])) message.error = String(body['error']['message'])
  message.updatedAt = now
  return ok(
    withoutUndefined({
      conversationId: message.conversationId,
      messageId: message.id,
      emailMessageId: message.emailIds?.[0],
      msg: 'Message status updated.',
    }),
  )
}

const emailStatuses = 'pending scheduled sent delivered read undelivered connected failed opened clicked'.split(' ')

function setEmailStatus(call: LocationCall): Reply {
  const { body, location, params, now } = call
  const email = location.emails.get(params['emailMessageId'] ?? '')
  const message = email && location.messages.get(email.messageId)
  if (!email || !message) return noMessage(params['emailMessageId'])
  const recipient = { emailId: needed(string), status: needed(string), failReason: optional(string) }
  const broken = violations(
    {
      status: needed(oneOf(...emailStatuses)),
      events: optional(object({})),
      recipients: optional(listOfObjects(recipient)),
    },
    body,
  )
  if (isJson(body['events'])) {
    const counters = Object.entries(body['events'])
    broken.push(...counters.flatMap(([key, count]) => number(0)(count, `events.${key}`)))
  }
  if (broken.length > 0) return invalid(broken)
  const refusal = refuses(call, message)
  if (refusal) return refusal
  email.status = String(body['status'])
  announceEmail(call.state, location, email, email.status)
  countEvents(email, body['events'])
  upsertRecipients(email, body['recipients'])
  message.updatedAt = now
  return ok({ success: true, message: 'Email status updated.' })
}

/** Later events imply the earlier ones. Counts are added to the stored ones. */
const implied = ['accepted', 'delivered', 'opened', 'clicked']

function countEvents(email: EmailRecord, events: unknown): void {
  if (!isJson(events)) return
  for (const [key, count] of Object.entries(events)) email.events[key] = (email.events[key] ?? 0) + Number(count)
  const reached = implied.findLastIndex((key) => (email.events[key] ?? 0) > 0)
  for (const key of implied.slice(0, Math.max(reached, 0))) email.events[key] ||= 1
}

function upsertRecipients(email: EmailRecord, recipients: unknown): void {
  if (!Array.isArray(recipients)) return
  for (const recipient of recipients.filter(isJson)) {
    const others = email.recipients.filter(({ emailId }) => textOf(emailId) !== recipient['emailId'])
    email.recipients = [...others, recipient]
  }
}

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

export const typingEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'POST',
    path: '/conversations/providers/live-chat/typing',
    family: 'conversations',
    scope: 'conversations/livechat.write',
    handle: setTyping,
  },
]

/** Declared as a string, shown as a boolean. */
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
