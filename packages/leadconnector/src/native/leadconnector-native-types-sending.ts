import type { LeadConnectorWord } from './leadconnector-native-word.ts'

/** The vendor has no key against sending twice: a request whose outcome is unknown must be looked for, not repeated. */
export interface LeadConnectorSendBody {
  type: LeadConnectorWord<
    'SMS' | 'RCS' | 'Email' | 'WhatsApp' | 'IG' | 'FB' | 'Custom' | 'Live_Chat' | 'TIKTOK' | 'InternalComment'
  >
  /** Declared as a required object without fields. Live calls need none. */
  subType?: object
  /** There is no sending to a conversation: a contact has one. */
  contactId: string
  /** Declared as required, and not needed. */
  status?: LeadConnectorWord<'delivered' | 'failed' | 'pending' | 'read'>
  message?: string
  /** Of an email. */
  html?: string
  /** Of an email. */
  subject?: string
  /** Addresses of files. An empty list is refused. */
  attachments?: string[]
  emailFrom?: string
  /** Must be an address of the contact. */
  emailTo?: string
  emailCc?: string[]
  emailBcc?: string[]
  emailReplyMode?: LeadConnectorWord<'reply' | 'reply_all'>
  replyMessageId?: string
  threadId?: string
  /** WhatsApp takes nothing else later than 24 hours after the contact's last message. */
  templateId?: string
  appointmentId?: string
  /** Required with the type `Custom`. */
  conversationProviderId?: string
  fromNumber?: string
  toNumber?: string
  /** Unix seconds, UTC. */
  scheduledTimestamp?: number
  usesNativeSchedulingAi?: boolean
  optimizationPeriod?: LeadConnectorWord<'24h' | '48h' | '72h'>
  /** What kind of email it is: an id of `GET /conversations/preferences/custom-subtypes`. */
  customSubtypeId?: string
  forward?: LeadConnectorForwardBody
  /** Of an internal comment: ids of users. */
  mentions?: string[]
  /** Of an internal comment: who wrote it. */
  userId?: string
  /** Only the newest reference has it. `attachments` were seen to be ignored on WhatsApp. */
  whatsapp?: {
    type: LeadConnectorWord<'media'>
    media: { type: LeadConnectorWord<'image' | 'video' | 'audio' | 'document'>; url: string; name?: string }
  }
}

export interface LeadConnectorForwardBody {
  isForwarded: boolean
  forwardWholeThread?: boolean
  messageId?: string
  emailMessageId?: string
  sourceContactId?: string
  sourceConversationId?: string
  toEmail?: string
  recipientContactId?: string
  recipientConversationId?: string
}

export interface LeadConnectorSendAnswer {
  conversationId: string
  messageId: string
  /** Of an email. */
  emailMessageId?: string
  /** Of Google Business messages. */
  messageIds?: string[]
  msg?: string
  forwardData?: Omit<LeadConnectorForwardBody, 'isForwarded' | 'toEmail'> & { forwardToEmail?: string }
  /** Declared as required, and not sent. */
  status?: string
  traceId?: string
}

interface InboundFields {
  type: LeadConnectorWord<
    | 'SMS'
    | 'RCS'
    | 'Email'
    | 'WhatsApp'
    | 'GMB'
    | 'IG'
    | 'FB'
    | 'Custom'
    | 'WebChat'
    | 'Live_Chat'
    | 'Call'
    | 'IVR_Call'
    | 'Campaign_Call'
    | 'Campaign_VoiceMail'
    | 'TIKTOK'
    | 'ALL_IN_ONE_CHAT'
    | 'FORM_SUBMISSION'
  >
  /** Declared as required; needed with `Custom`, `Call` and additional providers only. */
  conversationProviderId?: string
  message?: string
  /** Addresses of files. */
  attachments?: string[]
  html?: string
  subject?: string
  emailFrom?: string
  emailTo?: string
  emailCc?: string[]
  emailBcc?: string[]
  /** The thread that it answers. */
  emailMessageId?: string
  /** The application's own id. */
  altId?: string
  /** The schema's default is `outbound`: say `inbound` where the channel needs it. */
  direction?: LeadConnectorWord<'inbound' | 'outbound'>
  /** ISO 8601. */
  date?: string
  call?: LeadConnectorCallData
}

/** Declared with both ids as required; either is enough. */
export type LeadConnectorInboundBody =
  | (InboundFields & { conversationId: string; contactId?: string })
  | (InboundFields & { contactId: string; conversationId?: string })

export interface LeadConnectorCallData {
  to?: string
  from?: string
  status?: LeadConnectorWord<
    'pending' | 'completed' | 'answered' | 'busy' | 'no-answer' | 'failed' | 'canceled' | 'voicemail'
  >
}

export interface LeadConnectorOutboundCallBody {
  type: LeadConnectorWord<'Call'>
  conversationId: string
  conversationProviderId: string
  attachments?: string[]
  altId?: string
  /** ISO 8601. */
  date?: string
  /** `to` must be a number of the contact. */
  call?: LeadConnectorCallData
}

export interface LeadConnectorAddedAnswer {
  success?: boolean
  /** Was once missing, with all else, for a message that was not stored. */
  conversationId?: string
  messageId?: string
  /** Declared as required, and not sent. */
  message?: string
  contactId?: string
  dateAdded?: string
  emailMessageId?: string
  traceId?: string
}

/** "Conversations / Messages": writing them. */
export interface LeadConnectorSendingEndpoints {
  /** A real message goes out, unless its type is `InternalComment`. */
  'POST /conversations/messages': { body: LeadConnectorSendBody; answer: LeadConnectorSendAnswer }
  /** Writes a message of the contact into the timeline. An agent of the channel answers it, over the channel. */
  'POST /conversations/messages/inbound': { body: LeadConnectorInboundBody; answer: LeadConnectorAddedAnswer }
  'POST /conversations/messages/outbound': { body: LeadConnectorOutboundCallBody; answer: LeadConnectorAddedAnswer }
  'POST /conversations/providers/live-chat/typing': {
    body: {
      locationId: string
      /** Declared as a text; the example is a boolean. */
      isTyping: boolean | 'true' | 'false'
      /** On the contact. */
      visitorId: string
      conversationId: string
    }
    answer: { success: boolean; traceId?: string }
  }
}
