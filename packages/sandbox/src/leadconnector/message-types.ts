/**
 * The numeric codes of the message types. No official table exists: some were seen by integrations, the rest follow the
 * order of the words.
 */
const codes: Readonly<Record<string, number>> = {
  TYPE_CALL: 1,
  TYPE_SMS: 2,
  TYPE_EMAIL: 3,
  TYPE_SMS_REVIEW_REQUEST: 4,
  TYPE_WEBCHAT: 5,
  TYPE_SMS_NO_SHOW_REQUEST: 6,
  TYPE_CAMPAIGN_SMS: 7,
  TYPE_CAMPAIGN_CALL: 8,
  TYPE_CAMPAIGN_EMAIL: 9,
  TYPE_CAMPAIGN_VOICEMAIL: 10,
  TYPE_FACEBOOK: 11,
  TYPE_CAMPAIGN_FACEBOOK: 12,
  TYPE_GMB: 15,
  TYPE_CAMPAIGN_GMB: 16,
  TYPE_REVIEW: 17,
  TYPE_INSTAGRAM: 18,
  TYPE_WHATSAPP: 19,
  TYPE_CUSTOM_SMS: 20,
  TYPE_CUSTOM_EMAIL: 21,
  TYPE_CUSTOM_PROVIDER_SMS: 22,
  TYPE_CUSTOM_PROVIDER_EMAIL: 23,
  TYPE_IVR_CALL: 24,
  TYPE_ACTIVITY_CONTACT: 25,
  TYPE_ACTIVITY_INVOICE: 26,
  TYPE_ACTIVITY_PAYMENT: 27,
  TYPE_ACTIVITY_OPPORTUNITY: 28,
  TYPE_LIVE_CHAT: 29,
  TYPE_LIVE_CHAT_INFO_MESSAGE: 30,
  TYPE_ACTIVITY_APPOINTMENT: 31,
  TYPE_CUSTOM_CALL: 34,
  TYPE_INTERNAL_COMMENT: 35,
  TYPE_ACTIVITY_EMPLOYEE_ACTION_LOG: 36,
  TYPE_RCS: 37,
  TYPE_TIKTOK: 38,
  TYPE_FORM_SUBMISSION: 39,
  TYPE_NO_SHOW: 100,
}

export function codeOf(messageType: string): number {
  return codes[messageType] ?? 99
}

/** The word of a code, for responses that show the code only. */
export const wordOf = (code: unknown): unknown =>
  Object.keys(codes).find((messageType) => codes[messageType] === code) ?? code

/** The words of the specification. Some have no known code. */
const declaredTypes: ReadonlySet<unknown> = new Set(
  [
    'CALL SMS RCS EMAIL SMS_REVIEW_REQUEST WEBCHAT SMS_NO_SHOW_REQUEST CAMPAIGN_SMS CAMPAIGN_CALL CAMPAIGN_EMAIL',
    'CAMPAIGN_VOICEMAIL FACEBOOK CAMPAIGN_FACEBOOK CAMPAIGN_MANUAL_CALL CAMPAIGN_MANUAL_SMS GMB CAMPAIGN_GMB REVIEW',
    'INSTAGRAM WHATSAPP CUSTOM_SMS CUSTOM_EMAIL CUSTOM_PROVIDER_SMS CUSTOM_PROVIDER_EMAIL IVR_CALL ACTIVITY_CONTACT',
    'ACTIVITY_INVOICE ACTIVITY_PAYMENT ACTIVITY_OPPORTUNITY LIVE_CHAT LIVE_CHAT_INFO_MESSAGE ACTIVITY_APPOINTMENT',
    'FACEBOOK_COMMENT INSTAGRAM_COMMENT CUSTOM_CALL INTERNAL_COMMENT ACTIVITY_EMPLOYEE_ACTION_LOG TIKTOK',
    'TIKTOK_COMMENT ACTIVITY_WHATSAPP FORM_SUBMISSION SMS_REACTION',
  ].flatMap((words) => words.split(' ').map((word) => `TYPE_${word}`)),
)

/**
 * The declared word for a kind of message. An empty conversation has its own word. An undeclared kind becomes a text
 * message.
 */
export function declaredTypeOf(messageType: unknown): unknown {
  if (messageType === 'TYPE_NO_SHOW') return 'TYPE_ACTIVITY_CONTACT'
  return declaredTypes.has(messageType) ? messageType : 'TYPE_SMS'
}

/** The message type of a send, or of an added inbound message, by its `type`. */
const typeOfChannel: Readonly<Record<string, string>> = {
  SMS: 'TYPE_SMS',
  RCS: 'TYPE_RCS',
  Email: 'TYPE_EMAIL',
  WhatsApp: 'TYPE_WHATSAPP',
  IG: 'TYPE_INSTAGRAM',
  FB: 'TYPE_FACEBOOK',
  GMB: 'TYPE_GMB',
  Custom: 'TYPE_CUSTOM_PROVIDER_SMS',
  WebChat: 'TYPE_WEBCHAT',
  Live_Chat: 'TYPE_LIVE_CHAT',
  TIKTOK: 'TYPE_TIKTOK',
  Call: 'TYPE_CUSTOM_CALL',
  IVR_Call: 'TYPE_IVR_CALL',
  Campaign_Call: 'TYPE_CAMPAIGN_CALL',
  Campaign_VoiceMail: 'TYPE_CAMPAIGN_VOICEMAIL',
  ALL_IN_ONE_CHAT: 'TYPE_LIVE_CHAT',
  FORM_SUBMISSION: 'TYPE_FORM_SUBMISSION',
  InternalComment: 'TYPE_INTERNAL_COMMENT',
}

export function messageTypeOf(channel: string): string {
  return typeOfChannel[channel] ?? `TYPE_${channel.toUpperCase()}`
}

export const sendTypes: readonly string[] = [
  'SMS',
  'RCS',
  'Email',
  'WhatsApp',
  'IG',
  'FB',
  'Custom',
  'Live_Chat',
  'TIKTOK',
  'InternalComment',
]

export const inboundTypes: readonly string[] = Object.keys(typeOfChannel).filter((type) => type !== 'InternalComment')

const exportTypes: Readonly<Record<string, RegExp>> = {
  Call: /CALL|VOICEMAIL/,
  SMS: /SMS|RCS/,
  Email: /EMAIL/,
  WhatsApp: /^TYPE_WHATSAPP$/,
  Instagram: /INSTAGRAM/,
  Facebook: /FACEBOOK/,
}

export const exportChannels: readonly string[] = Object.keys(exportTypes)

/**
 * Whether the export contains a type. Without a channel, it contains everything except email. It never contains group
 * chats and review requests.
 */
export function isExported(messageType: string, channel: string | null): boolean {
  if (messageType === 'TYPE_SMS_REVIEW_REQUEST') return false
  if (channel === null) return !/EMAIL/.test(messageType)
  return exportTypes[channel]?.test(messageType) ?? false
}

/** The types that the message list can be filtered by. Internal comments have a plural name only here. */
export const listTypes: readonly string[] = [
  'TYPE_CALL',
  'TYPE_SMS',
  'TYPE_RCS',
  'TYPE_EMAIL',
  'TYPE_FACEBOOK',
  'TYPE_GMB',
  'TYPE_INSTAGRAM',
  'TYPE_WHATSAPP',
  'TYPE_ACTIVITY_APPOINTMENT',
  'TYPE_ACTIVITY_CONTACT',
  'TYPE_ACTIVITY_INVOICE',
  'TYPE_ACTIVITY_PAYMENT',
  'TYPE_ACTIVITY_OPPORTUNITY',
  'TYPE_LIVE_CHAT',
  'TYPE_INTERNAL_COMMENTS',
  'TYPE_ACTIVITY_EMPLOYEE_ACTION_LOG',
  'TYPE_TIKTOK',
  'TYPE_ACTIVITY_WHATSAPP',
  'TYPE_FORM_SUBMISSION',
]

export function isOfListType(messageType: string, listType: string): boolean {
  return messageType === (listType === 'TYPE_INTERNAL_COMMENTS' ? 'TYPE_INTERNAL_COMMENT' : listType)
}
