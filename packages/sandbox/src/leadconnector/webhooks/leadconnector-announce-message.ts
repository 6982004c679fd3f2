import type { Json } from '../leadconnector-json.ts'
import { iso } from '../leadconnector-json.ts'
import { codeOf } from '../messages/leadconnector-message-types.ts'
import type { ConversationRecord, MessageRecord } from '../state/leadconnector-records.ts'
import type { LocationState, State } from '../state/leadconnector-state.ts'
import { statusNow } from '../state/leadconnector-timeline.ts'

/** Tells of a message once it can be seen, or once it goes out if it was scheduled. */
export function announceMessage(state: State, location: LocationState, message: MessageRecord): void {
  state.announce({
    type: message.direction === 'inbound' ? 'InboundMessage' : 'OutboundMessage',
    locationId: location.id,
    at: Math.max(message.visibleAt, message.scheduledFor ?? 0),
    fields: () => (location.messages.has(message.id) ? showMessageEvent(state, location, message) : null),
  })
}

/** Tells of what a conversation's reader sees: unread messages, its star, that it is gone. */
export function announceUnread(state: State, location: LocationState, conversation: ConversationRecord): void {
  const { id, contactId, unreadCount, starred, deleted } = conversation
  state.announce({
    type: 'ConversationUnreadUpdate',
    locationId: location.id,
    fields: () => ({ id, contactId, unreadCount, inbox: unreadCount > 0, starred, deleted }),
  })
}

const shortWords: readonly (readonly [RegExp, string])[] = [
  [/VOICEMAIL/, 'VoiceMail'],
  [/CALL/, 'CALL'],
  [/CUSTOM_PROVIDER/, 'Custom'],
  [/EMAIL/, 'Email'],
  [/WHATSAPP/, 'WhatsApp'],
  [/FACEBOOK/, 'FB'],
  [/INSTAGRAM/, 'IG'],
  [/GMB/, 'GMB'],
  [/LIVE_CHAT|WEBCHAT/, 'Live Chat'],
  [/INTERNAL_COMMENT/, 'InternalComment'],
  [/SMS/, 'SMS'],
]

/** Webhooks have words of their own for the kinds of messages. */
const shortWord = (messageType: string): string =>
  shortWords.find(([pattern]) => pattern.test(messageType))?.[1] ?? messageType.replace(/^TYPE_/, '')

function showMessageEvent({ context, settings }: State, location: LocationState, message: MessageRecord): Json {
  const { messageType, call } = message
  const isNew = settings.webhookMessageFields === 'newer'
  return {
    contactId: message.contactId,
    conversationId: message.conversationId,
    messageId: message.id,
    body: message.body,
    contentType: message.contentType,
    attachments: message.attachments ?? [],
    direction: message.direction,
    status: statusNow(message, context.now()),
    messageType: shortWord(messageType),
    messageTypeId: isNew ? (message.typeCode ?? codeOf(messageType)) : undefined,
    messageTypeString: isNew ? messageType : undefined,
    source: message.direction === 'outbound' ? message.source : undefined,
    userId: message.userId,
    conversationProviderId: message.conversationProviderId,
    chatWidgetId: message.chatWidgetId,
    from: isNew ? message.from : undefined,
    to: isNew ? message.to : undefined,
    callDuration: call?.duration,
    callStatus: call?.status,
    mentions: message.mentions,
    dateAdded: iso(message.at),
    ...showEmail(location, message, isNew),
  }
}

function showEmail(location: LocationState, { emailIds, direction }: MessageRecord, isNew: boolean): Json {
  const email = location.emails.get(emailIds?.[0] ?? '')
  if (!email) return {}
  return {
    emailMessageId: email.id,
    threadId: email.threadId,
    subject: email.subject,
    body: email.html,
    contentType: 'text/html',
    provider: 'Leadconnector Gmail',
    from: email.from,
    // A list in the older examples, one text in the schema.
    to: isNew ? email.to[0] : email.to,
    cc: email.cc.join(', '),
    bcc: email.bcc.join(', '),
    ccList: email.cc,
    bccList: email.bcc,
    plainText:
      direction === 'outbound'
        ? email.html
            .replace(/<\/p>/g, '\n')
            .replace(/<\/?[a-z]\w*(?:\s[^<>]*)?>/gi, '')
            .trim()
        : undefined,
  }
}

/** What the application's own conversation provider is to bring to the contact. */
export function announceToProvider(state: State, location: LocationState, message: MessageRecord, type: string): void {
  const email = location.emails.get(message.emailIds?.[0] ?? '')
  state.announce({
    type,
    toProvider: true,
    at: message.scheduledFor ?? 0,
    fields: () => ({
      contactId: message.contactId,
      locationId: location.id,
      messageId: message.id,
      type,
      message: message.body,
      attachments: message.attachments ?? [],
      phone: location.contacts.get(message.contactId)?.phone ?? undefined,
      userId: message.userId,
      emailMessageId: email?.id,
      emailTo: email?.to,
      emailFrom: email?.from,
      html: email?.html,
      subject: email?.subject,
    }),
  })
}
