import { codeOf } from './message-types.ts'
import {
  type ContactRecord,
  type ConversationRecord,
  type EmailRecord,
  isJson,
  iso,
  type Json,
  type KnowledgeBaseRecord,
  type MessageRecord,
  textOf,
  withoutUndefined,
} from './records.ts'
import { type Grant, type LocationState, type State, statusNow } from './state.ts'

/**
 * Sends the event of a message when the message becomes visible. The event of a scheduled message is sent when the
 * message is.
 */
export function announceMessage(state: State, location: LocationState, message: MessageRecord): void {
  state.announce({
    type: message.direction === 'inbound' ? 'InboundMessage' : 'OutboundMessage',
    locationId: location.id,
    at: Math.max(message.visibleAt, message.scheduledFor ?? 0),
    fields: () => (location.messages.has(message.id) ? showMessageEvent(state, location, message) : null),
  })
}

/** Sends the events that a reader of the conversation causes or sees: unread, star, deletion. */
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

/** Webhooks have their own names for the kinds of messages. */
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
    // A list in the older examples, one string in the schema.
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

/** Sends a message that the application's own conversation provider has to deliver. */
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

/** The fields of a contact that a write may change, as they were before. */
interface ContactBefore {
  readonly tags: string
  readonly dnd: string
  readonly rest: string
}

const dndOf = ({ dnd, dndSettings }: ContactRecord): Json => ({ dnd, dndSettings })

export function rememberContact(contact: ContactRecord): ContactBefore {
  const { tags, dateUpdated: _, ...rest } = contact
  return {
    tags: JSON.stringify(tags),
    dnd: JSON.stringify(dndOf(contact)),
    rest: JSON.stringify({ ...rest, ...{ dnd: null, dndSettings: null } }),
  }
}

/** Sends the events of a contact: a new contact, or one event for each changed part that has its own. */
export function announceContact(
  state: State,
  location: LocationState,
  contact: ContactRecord,
  before: ContactBefore | null,
): void {
  const tell = (type: string, more: Json = {}) =>
    state.announce({ type, locationId: location.id, fields: () => ({ ...showEvent(location, contact), ...more }) })
  const after = rememberContact(contact)
  if (!before) tell('ContactCreate')
  else {
    if (after.rest !== before.rest) tell('ContactUpdate')
    if (after.tags !== before.tags) tell('ContactTagUpdate')
    if (after.dnd !== before.dnd) tell('ContactDndUpdate', dndOf(contact))
  }
}

/** Fields that the API has and the event lacks. */
const notInEvents = new Set(['dndSettings', 'type', 'dateUpdated', 'visitorId'])

const showEvent = (location: LocationState, contact: ContactRecord): Json =>
  Object.fromEntries(Object.entries(showContact(location, contact)).filter(([field]) => !notInEvents.has(field)))

type KnowledgeBaseChange = 'Create' | 'Update' | 'Delete'

export function announceKnowledgeBase(
  state: State,
  location: LocationState,
  { id, name, description }: KnowledgeBaseRecord,
  change: KnowledgeBaseChange,
): void {
  state.announce({
    type: `KnowledgeBase${change}`,
    locationId: location.id,
    fields: () => ({ id, name, description, deleted: change === 'Delete' }),
  })
}

/** Sends the event of an installed application, when its code was redeemed. */
export function announceInstall(state: State, { tenant, locationId }: Grant): void {
  const { companyId } = state
  state.announce({
    type: 'INSTALL',
    ...(locationId !== null && { locationId }),
    fields: () => ({
      installType: tenant === 'location' ? 'Location' : 'Company',
      companyId,
      userId: state.userId,
      isWhitelabelCompany: false,
    }),
  })
}

/** Sends what the vendor's mail service reports about an email. It knows addresses, but no messages. */
export function announceEmail(state: State, location: LocationState, email: EmailRecord, event: string): void {
  const { companyId } = state
  const timestamp = Math.floor(state.context.now() / 1000)
  state.announce({
    type: 'LCEmailStats',
    locationId: location.id,
    fields: () => ({
      companyId,
      webhookPayload: {
        event,
        id: email.id,
        timestamp,
        recipient: email.to[0],
        'delivery-status': { 'attempt-no': 1, code: 250, message: 'OK' },
      },
    }),
  })
}

export function fullName({ firstName, lastName }: ContactRecord): string {
  return [firstName, lastName].filter((part) => part).join(' ')
}

export function showContact(location: LocationState, contact: ContactRecord): Json {
  return withoutUndefined({
    id: contact.id,
    locationId: location.id,
    name: fullName(contact) || undefined,
    firstName: contact.firstName,
    lastName: contact.lastName,
    email: contact.email,
    phone: contact.phone,
    companyName: contact.companyName,
    country: contact.country,
    timezone: contact.timezone,
    source: contact.source,
    type: 'lead',
    assignedTo: contact.assignedTo,
    dnd: contact.dnd,
    dndSettings: contact.dndSettings,
    tags: contact.tags,
    customFields: contact.customFields,
    visitorId: contact.visitorId ?? undefined,
    dateAdded: iso(contact.dateAdded),
    dateUpdated: iso(contact.dateUpdated),
  })
}

/** Writes the fields of the body. Tags are replaced as a whole. */
export function writeContact(contact: ContactRecord, body: Json, now: number): void {
  const [first, ...rest] = (textOf(body['name']) ?? '').split(' ')
  if (first) {
    contact.firstName = first
    contact.lastName = rest.join(' ') || null
  }
  const texts = ['firstName', 'lastName', 'email', 'phone', 'companyName', 'country', 'timezone', 'source'] as const
  for (const key of [...texts, 'assignedTo'] as const) {
    if (key in body) contact[key] = textOf(body[key])
  }
  if (Array.isArray(body['tags'])) contact.tags = body['tags'].filter((tag) => typeof tag === 'string')
  if (Array.isArray(body['customFields'])) contact.customFields = body['customFields'].filter(isJson).map(fieldOf)
  if (typeof body['dnd'] === 'boolean') contact.dnd = body['dnd']
  if (typeof body['dndSettings'] === 'object' && body['dndSettings']) contact.dndSettings = body['dndSettings'] as Json
  contact.dateUpdated = now
}

/** Custom fields are written as `field_value`, in v3 as `fieldValue`, and returned as `value`. */
const fieldOf = (field: Json): Json => ({
  id: field['id'] ?? field['key'],
  value: field['field_value'] ?? field['fieldValue'] ?? field['value'] ?? null,
})
