import { storedText } from '../kit/emulator.ts'
import { announceMessage, announceToProvider } from './announce.ts'
import { pauseBots } from './bot.ts'
import { conversationFor } from './conversations.ts'
import {
  any,
  badRequest,
  boolean,
  forbidden,
  invalid,
  type LocationCall,
  type LocationEndpoint,
  list,
  needed,
  notFound,
  number,
  ok,
  oneOf,
  optional,
  type Reply,
  string,
  violations,
} from './http.ts'
import { codeOf, messageTypeOf, sendTypes } from './message-types.ts'
import { noContact } from './messages.ts'
import {
  type ContactRecord,
  type ConversationRecord,
  isJson,
  type Json,
  listOf,
  type MessageRecord,
  numberOf,
  textOf,
  withoutUndefined,
} from './records.ts'
import { lastMessage, newId, removeMessage, type State, statusNow } from './state.ts'
import { checkProvider, type EmailDraft, writeMessage } from './write-message.ts'

export const sendEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'POST',
    path: '/conversations/messages',
    family: 'conversations',
    scope: 'conversations/message.write',
    isSend: true,
    handle: sendMessage,
  },
]

function sendMessage(call: LocationCall): Reply {
  const { body, location, state, token, now } = call
  const broken = sendViolations(body)
  if (broken.length > 0) return invalid(broken)
  const contact = location.contacts.get(String(body['contactId']))
  if (!contact) return noContact(body['contactId'])
  const type = String(body['type'])
  const providerId = textOf(body['conversationProviderId'])
  if (type === 'Custom' && providerId === null) return badRequest('conversationProviderId is required')
  const refusal = checkProvider(token, providerId)
  if (refusal) return refusal
  const problem = undeliverable(contact, body)
  if (problem) return badRequest(problem)
  const scheduledFor = numberOf(body['scheduledTimestamp'])
  if (scheduledFor !== null && scheduledFor * 1000 <= now) return badRequest('scheduledTimestamp must be in the future')

  const conversation = conversationFor(state, location, contact.id)
  const message = store(call, conversation, type, scheduledFor)
  const answer = answered(call, message, scheduledFor !== null)
  if (state.settings.sends === 'lost') {
    removeMessage(location, message)
    return answer
  }
  announceMessage(state, location, message)
  if (providerId !== null) announceToProvider(state, location, message, type)
  const isComment = type === 'InternalComment'
  if (!isComment && state.settings.apiSendIsManual) pauseBots(location, conversation, type, now)
  return answer
}

const answered = ({ body, state }: LocationCall, message: MessageRecord, isScheduled: boolean): Reply => ({
  status: state.settings.sendStatus,
  body: withoutUndefined({
    conversationId: message.conversationId,
    messageId: message.id,
    emailMessageId: message.emailIds?.[0],
    forwardData: isJson(body['forward']) ? forwarded(body['forward']) : undefined,
    msg: isScheduled ? 'Message scheduled successfully.' : 'Message queued successfully.',
  }),
})

/** The requested forward, with the names of the response. */
const forwarded = ({ isForwarded: _, toEmail, ...forward }: Json): Json =>
  withoutUndefined({ ...forward, forwardToEmail: toEmail })

function store(
  call: LocationCall,
  conversation: ConversationRecord,
  type: string,
  scheduledFor: number | null,
): MessageRecord {
  const { body, location, state, now } = call
  const isComment = type === 'InternalComment'
  const outOfWindow = type === 'WhatsApp' && !textOf(body['templateId']) && windowClosed(call, conversation)
  const userId = isComment ? textOf(body['userId']) : null
  const providerId = textOf(body['conversationProviderId'])
  const status = outOfWindow ? 'failed' : scheduledFor !== null ? 'scheduled' : (textOf(body['status']) ?? 'pending')
  return writeMessage(
    location,
    conversation,
    {
      id: newId(state, 'message'),
      messageType: messageTypeOf(type),
      at: now,
      visibleAt: now + state.settings.hideSentMs,
      direction: 'outbound',
      contentType: 'text/plain',
      source: isComment ? 'app' : 'api',
      status: isComment ? 'delivered' : status,
      attachments: attachmentsOf(type, body),
      deliveredAt: now + state.settings.deliveryMs,
      ...(textOf(body['message']) !== null && { body: storedText(state.settings, String(body['message'])) }),
      ...(userId && { userId }),
      ...(providerId && { conversationProviderId: providerId }),
      ...(textOf(body['fromNumber']) && { from: String(body['fromNumber']) }),
      ...(textOf(body['toNumber']) && { to: String(body['toNumber']) }),
      ...(isComment && { mentions: listOf(body['mentions']) }),
      ...(scheduledFor !== null && { scheduledFor: scheduledFor * 1000 }),
      ...(outOfWindow && { error: 'Message failed: more than 24 hours have passed since the customer last replied' }),
      ...(type === 'Email' && { emailIds: [newId(state, 'email')] }),
    },
    [emailDraft(body, state.settings)],
  )
}

/** WhatsApp reads media from a field of its own and silently ignores `attachments`. */
function attachmentsOf(type: string, body: Json): string[] {
  if (type !== 'WhatsApp') return listOf(body['attachments'])
  const media = isJson(body['whatsapp']) ? body['whatsapp']['media'] : null
  return isJson(media) && typeof media['url'] === 'string' ? [media['url']] : []
}

function windowClosed({ state, now }: LocationCall, conversation: ConversationRecord): boolean {
  if (!state.settings.whatsappWindow) return false
  const last = lastMessage(
    conversation,
    now,
    ({ direction, messageType }) => direction === 'inbound' && messageType === 'TYPE_WHATSAPP',
  )
  return !last || now - last.at > 86_400_000
}

function emailDraft(body: Json, settings: State['settings']): EmailDraft {
  const to = textOf(body['emailTo'])
  return {
    subject: textOf(body['subject']) ?? undefined,
    html: storedText(settings, textOf(body['html'])) ?? undefined,
    from: textOf(body['emailFrom']) ?? undefined,
    to: to === null ? undefined : [to],
    cc: listOf(body['emailCc']),
    bcc: listOf(body['emailBcc']),
    threadId: textOf(body['threadId']) ?? undefined,
    replyToMessageId: textOf(body['replyMessageId']) ?? undefined,
  }
}

function sendViolations(body: Json): string[] {
  return violations(
    {
      type: needed(oneOf(...sendTypes)),
      contactId: needed(string),
      message: optional(string),
      html: optional(string),
      subject: optional(string),
      // `subType` and `status` are declared as required, but live calls without them succeed.
      subType: optional(any),
      status: optional(oneOf('delivered', 'failed', 'pending', 'read')),
      // An empty list is refused too.
      attachments: optional(list(string, 1)),
      emailFrom: optional(string),
      emailTo: optional(string),
      emailCc: optional(list(string)),
      emailBcc: optional(list(string)),
      emailReplyMode: optional(oneOf('reply', 'reply_all')),
      conversationProviderId: optional(string),
      scheduledTimestamp: optional(number(0)),
      usesNativeSchedulingAi: optional(boolean),
      optimizationPeriod: optional(oneOf('24h', '48h', '72h')),
      mentions: optional(list(string)),
    },
    body,
  )
}

/** Why the channel cannot reach this contact. Null if it can, or if the vendor cannot know before sending. */
function undeliverable(contact: ContactRecord, body: Json): string | null {
  const type = String(body['type'])
  if (type === 'InternalComment')
    return textOf(body['message']) ? null : 'There is no message or attachments for this message. Skip sending.'
  const content =
    ['message', 'html', 'templateId'].some((key) => textOf(body[key])) || Array.isArray(body['attachments'])
  if (!content && !isJson(body['whatsapp']) && !isJson(body['forward'])) {
    return 'There is no message or attachments for this message. Skip sending.'
  }
  const dnd = contact.dndSettings[type]
  if (contact.dnd || (isJson(dnd) && dnd['status'] === 'active')) {
    return `Cannot send message as DND is active for ${type}.`
  }
  if (['SMS', 'RCS', 'WhatsApp'].includes(type) && !contact.phone) return 'Missing phone number'
  if (type !== 'Email') return null
  if (!contact.email) return 'Contact does not have an email address'
  const to = textOf(body['emailTo'])
  return to !== null && to !== contact.email ? 'emailTo is not an address of the contact' : null
}

const write = { family: 'conversations', scope: 'conversations/message.write', method: 'DELETE' } as const

export const scheduleEndpoints: readonly LocationEndpoint[] = [
  { ...write, path: '/conversations/messages/email/:emailMessageId/schedule', handle: cancelEmail },
  { ...write, path: '/conversations/messages/:messageId/schedule', handle: cancelMessage },
]

function cancelEmail(call: LocationCall): Reply {
  return cancel(call, call.location.emails.get(call.params['emailMessageId'] ?? '')?.messageId)
}

function cancelMessage(call: LocationCall): Reply {
  return cancel(call, call.params['messageId'])
}

/** Always returns 200. The body's `status` says whether it worked. */
function cancel({ location, now }: LocationCall, messageId: string | undefined): Reply {
  const message = location.messages.get(messageId ?? '')
  if (!message) return ok({ status: 404, message: 'Message not found' })
  if (statusNow(message, now) !== 'scheduled') return ok({ status: 400, message: 'Message is not scheduled' })
  removeMessage(location, message)
  return ok({ status: 200, message: 'Scheduled message cancelled successfully' })
}

export const setAttachmentsEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'PUT',
    path: '/conversations/messages/:messageId/attachments',
    family: 'conversations',
    scope: 'conversations/message.write',
    handle: setAttachments,
  },
]

const call = 1
const customCall = 34

function setAttachments({ body, location, params, now }: LocationCall): Reply {
  const message = location.messages.get(params['messageId'] ?? '')
  // One of the few routes that return 404.
  if (!message) return notFound(`Message does not exist with id ${params['messageId']}`)
  const broken = violations({ attachments: needed(list(string, 0, 5)) }, body)
  if (broken.length > 0) return invalid(broken)
  const code = codeOf(message.messageType)
  const external = code === call && message.conversationProviderId !== undefined
  if (code !== customCall && !external) return forbidden('Attachments can only be set on external calls')
  message.attachments = listOf(body['attachments'])
  message.updatedAt = now
  return ok({ success: true, messageId: message.id, attachments: message.attachments })
}
