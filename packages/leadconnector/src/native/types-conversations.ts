import type {
  LeadConnectorConversationPayload,
  LeadConnectorEmailPayload,
  LeadConnectorMessagePayload,
} from '../wire.ts'
import type { Word } from './types-agents.ts'

export interface LeadConnectorConversationSearchQuery {
  locationId: string
  /** A contact has one conversation, so this matches at most one. */
  contactId?: string
  /** A conversation's id. */
  id?: string
  /**
   * Text to search, such as a phone number or an email address. A new conversation is found only after some seconds.
   */
  query?: string
  /** User ids, separated by commas, or `unassigned`. */
  assignedTo?: string
  /** User ids, separated by commas. */
  followers?: string
  /** User ids, separated by commas. */
  mentions?: string
  status?: Word<'all' | 'read' | 'unread' | 'starred' | 'recents'>
  /** The type of the last message: `TYPE_SMS`, `TYPE_EMAIL` and forty others. */
  lastMessageType?: string
  lastMessageDirection?: Word<'inbound' | 'outbound'>
  /** Who sent the last outbound message. */
  lastMessageAction?: Word<'automated' | 'manual'>
  sortBy?: Word<'last_message_date' | 'last_manual_message_date' | 'score_profile' | 'overdue_at' | 'due_at'>
  sort?: Word<'asc' | 'desc'>
  /**
   * The `sort` of the previous page's last conversation: its first number, or the whole array if several conversations
   * share it.
   */
  startAfterDate?: number | readonly number[]
  /** Default 20. The largest value known to work is 100. */
  limit?: number
  /** Creation of the conversation, in Unix milliseconds. */
  startDate?: number
  /** Creation of the conversation, in Unix milliseconds. */
  endDate?: number
  sortScoreProfile?: string
  scoreProfile?: string
  scoreProfileMin?: number
  scoreProfileMax?: number
}

export interface LeadConnectorMessageListQuery {
  /** The `lastMessageId` of the previous page. */
  lastMessageId?: string
  /** Default 20. The largest value known to work is 100. */
  limit?: number
  /** Separated by commas: `TYPE_SMS,TYPE_CALL`. Internal comments are `TYPE_INTERNAL_COMMENTS` here, in the plural. */
  type?: string
}

export interface LeadConnectorMessageListPage {
  lastMessageId?: string
  /** Whether there are older messages. */
  nextPage?: boolean
  /** Newest first. */
  messages: LeadConnectorMessagePayload[]
}

/** The schema declares the page itself. Live responses have it one level deeper, in `messages`. */
export type LeadConnectorMessageListAnswer =
  | (LeadConnectorMessageListPage & { traceId?: string })
  | { messages: LeadConnectorMessageListPage; traceId?: string }

interface ConversationAnswer {
  success?: boolean
  conversation: LeadConnectorConversationPayload
  traceId?: string
}

/** "Conversations". */
export interface LeadConnectorConversationEndpoints {
  'GET /conversations/search': {
    query: LeadConnectorConversationSearchQuery
    answer: { conversations: LeadConnectorConversationPayload[]; total?: number; traceId?: string }
  }
  /** Without names and message texts, which only the search returns. */
  'GET /conversations/{conversationId}': { answer: LeadConnectorConversationPayload }
  'POST /conversations/': { body: { locationId: string; contactId: string }; answer: ConversationAnswer }
  'PUT /conversations/{conversationId}': {
    body: {
      locationId: string
      /** 0 marks it as read. */
      unreadCount?: number
      starred?: boolean
      /** The feedback of a live chat. An object in the older reference, a word in the newer one. */
      feedback?: Word<'positive' | 'negative'> | Record<string, unknown>
    }
    answer: ConversationAnswer
  }
  'DELETE /conversations/{conversationId}': { answer: { success: boolean; traceId?: string } }
  'GET /conversations/{conversationId}/messages': {
    query: LeadConnectorMessageListQuery
    answer: LeadConnectorMessageListAnswer
  }
}

export interface LeadConnectorExportQuery {
  locationId: string
  /** 10 to 500, default 100. The developer site says up to 1,000. */
  limit?: number
  /** The `nextCursor` of the previous page. It expires after about two minutes. */
  cursor?: string
  /** Default `createdAt`. */
  sortBy?: Word<'createdAt' | 'updatedAt'>
  /** Default `desc`. */
  sortOrder?: Word<'asc' | 'desc'>
  conversationId?: string
  contactId?: string
  /** Default: all channels except email. */
  channel?: Word<'Call' | 'SMS' | 'Email' | 'WhatsApp' | 'Instagram' | 'Facebook'>
  /** ISO 8601. */
  startDate?: string
  /** ISO 8601. */
  endDate?: string
}

export interface LeadConnectorExportAnswer {
  messages: LeadConnectorMessagePayload[]
  /** `null` at the end. */
  nextCursor?: string | null
  total?: number
  traceId?: string
}

/** The status of a message that the application delivers itself, as the provider of the channel. */
export interface LeadConnectorMessageStatusBody {
  status: Word<'delivered' | 'failed' | 'pending' | 'read'>
  error?: { code: string; type: string; message: string }
  emailMessageId?: string
  /** Declared as strings. The examples show objects. */
  recipients?: (string | { emailId: string; status?: string })[]
}

export type LeadConnectorEmailEvent =
  | 'delivered'
  | 'opened'
  | 'clicked'
  | 'replied'
  | 'failed'
  | 'accepted'
  | 'rejected'
  | 'unsubscribed'
  | 'complained'
  | 'stored'

export interface LeadConnectorEmailStatusBody {
  /** A later status implies the earlier ones: a clicked email was also opened and delivered. */
  status: Word<
    | 'pending'
    | 'scheduled'
    | 'sent'
    | 'delivered'
    | 'read'
    | 'undelivered'
    | 'connected'
    | 'failed'
    | 'opened'
    | 'clicked'
  >
  /** Counters to add to the stored ones. Other names are allowed. */
  events?: { [Event in LeadConnectorEmailEvent]?: number } & Record<string, number>
  /** Each entry replaces the stored entry with the same `emailId`. */
  recipients?: { emailId: string; status: string; failReason?: string }[]
}

/** The status of the cancellation. Parley throws an error if it is 400 or higher, although the HTTP status is 200. */
export interface LeadConnectorCancelAnswer {
  status?: number
  message?: string
  traceId?: string
}

/** "Conversations / Messages": reading messages and their status. */
export interface LeadConnectorMessageEndpoints {
  /** The schema declares the message itself. Live responses have it in `message`. */
  'GET /conversations/messages/{id}': {
    answer: LeadConnectorMessagePayload | { message: LeadConnectorMessagePayload; traceId?: string }
  }
  /** The id of an email (`meta.email.messageIds`), not of its message. `body` is HTML. */
  'GET /conversations/messages/email/{id}': { answer: LeadConnectorEmailPayload }
  'GET /conversations/messages/export': { query: LeadConnectorExportQuery; answer: LeadConnectorExportAnswer }
  /** Only for the application that owns the provider, and not in the first 5 to 10 seconds after the send. */
  'PUT /conversations/messages/{messageId}/status': {
    body: LeadConnectorMessageStatusBody
    answer: Partial<LeadConnectorSendAnswer>
  }
  'PUT /conversations/messages/email/{id}/status': {
    body: LeadConnectorEmailStatusBody
    answer: { success?: boolean; message?: string; traceId?: string }
  }
  'DELETE /conversations/messages/{messageId}/schedule': { answer: LeadConnectorCancelAnswer }
  'DELETE /conversations/messages/email/{emailMessageId}/schedule': { answer: LeadConnectorCancelAnswer }
  /** Replaces the attachments of a call that the application added. The vendor declares no response. */
  'PUT /conversations/messages/{messageId}/attachments': {
    /** At most 5 URLs. */
    body: { attachments: string[] }
    answer: unknown
  }
}

/**
 * The vendor has no idempotency key. If the outcome of a send is unknown, look for the message instead of repeating the
 * send.
 */
export interface LeadConnectorSendBody {
  type: Word<'SMS' | 'RCS' | 'Email' | 'WhatsApp' | 'IG' | 'FB' | 'Custom' | 'Live_Chat' | 'TIKTOK' | 'InternalComment'>
  /** Declared as a required object without fields. Live calls succeed without it. */
  subType?: object
  /** A message is sent to a contact, because a contact has one conversation. */
  contactId: string
  /** Declared as required, but live calls succeed without it. */
  status?: Word<'delivered' | 'failed' | 'pending' | 'read'>
  message?: string
  /** For an email. */
  html?: string
  /** For an email. */
  subject?: string
  /** URLs of files. An empty list is refused. */
  attachments?: string[]
  emailFrom?: string
  /** Must be an address of the contact. */
  emailTo?: string
  emailCc?: string[]
  emailBcc?: string[]
  emailReplyMode?: Word<'reply' | 'reply_all'>
  replyMessageId?: string
  threadId?: string
  /** Required on WhatsApp more than 24 hours after the contact's last message. */
  templateId?: string
  appointmentId?: string
  /** Required with the type `Custom`. */
  conversationProviderId?: string
  fromNumber?: string
  toNumber?: string
  /** Unix seconds, UTC. */
  scheduledTimestamp?: number
  usesNativeSchedulingAi?: boolean
  optimizationPeriod?: Word<'24h' | '48h' | '72h'>
  /** The kind of email: an id from `GET /conversations/preferences/custom-subtypes`. */
  customSubtypeId?: string
  forward?: LeadConnectorForwardBody
  /** For an internal comment: user ids. */
  mentions?: string[]
  /** For an internal comment: its author. */
  userId?: string
  /** Only the newest reference has it. On WhatsApp, `attachments` were seen to be ignored. */
  whatsapp?: {
    type: Word<'media'>
    media: { type: Word<'image' | 'video' | 'audio' | 'document'>; url: string; name?: string }
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
  /** For an email. */
  emailMessageId?: string
  /** For Google Business messages. */
  messageIds?: string[]
  msg?: string
  forwardData?: Omit<LeadConnectorForwardBody, 'isForwarded' | 'toEmail'> & { forwardToEmail?: string }
  /** Declared as required, but live responses omit it. */
  status?: string
  traceId?: string
}

interface InboundFields {
  type: Word<
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
  /** Declared as required, but needed for `Custom`, `Call` and additional providers only. */
  conversationProviderId?: string
  message?: string
  /** URLs of files. */
  attachments?: string[]
  html?: string
  subject?: string
  emailFrom?: string
  emailTo?: string
  emailCc?: string[]
  emailBcc?: string[]
  /** The email thread that the message belongs to. */
  emailMessageId?: string
  /** The application's own id of the message. */
  altId?: string
  /** Default `outbound`. Some channels need `inbound`. */
  direction?: Word<'inbound' | 'outbound'>
  /** ISO 8601. */
  date?: string
  call?: LeadConnectorCallData
}

/** Both ids are declared as required, but either one is enough. */
export type LeadConnectorInboundBody =
  | (InboundFields & { conversationId: string; contactId?: string })
  | (InboundFields & { contactId: string; conversationId?: string })

export interface LeadConnectorCallData {
  to?: string
  from?: string
  status?: Word<'pending' | 'completed' | 'answered' | 'busy' | 'no-answer' | 'failed' | 'canceled' | 'voicemail'>
}

export interface LeadConnectorOutboundCallBody {
  type: Word<'Call'>
  conversationId: string
  conversationProviderId: string
  attachments?: string[]
  altId?: string
  /** ISO 8601. */
  date?: string
  /** `to` must be a phone number of the contact. */
  call?: LeadConnectorCallData
}

export interface LeadConnectorAddedAnswer {
  success?: boolean
  /** Was once missing, with all other fields, for a message that was not stored. */
  conversationId?: string
  messageId?: string
  /** Declared as required, but live responses omit it. */
  message?: string
  contactId?: string
  dateAdded?: string
  emailMessageId?: string
  traceId?: string
}

/** "Conversations / Messages": writing messages. */
export interface LeadConnectorSendingEndpoints {
  /** Sends a real message, unless the type is `InternalComment`. */
  'POST /conversations/messages': { body: LeadConnectorSendBody; answer: LeadConnectorSendAnswer }
  /** Adds a message of the contact to the conversation. An agent of the channel sends its answer to the contact. */
  'POST /conversations/messages/inbound': { body: LeadConnectorInboundBody; answer: LeadConnectorAddedAnswer }
  'POST /conversations/messages/outbound': { body: LeadConnectorOutboundCallBody; answer: LeadConnectorAddedAnswer }
  'POST /conversations/providers/live-chat/typing': {
    body: {
      locationId: string
      /** Declared as a string. The example shows a boolean. */
      isTyping: boolean | 'true' | 'false'
      /** The `visitorId` of the contact. */
      visitorId: string
      conversationId: string
    }
    answer: { success: boolean; traceId?: string }
  }
}

export interface LeadConnectorUploadAnswer {
  /** URLs by file name. A URL of the form `…/files/d/{slug}` is public for an hour. */
  uploadedFiles: Record<string, string>
  twilioMediaSids?: string[]
  traceId?: string
}

/** One sentence of a call. */
export interface LeadConnectorTranscriptSentence {
  mediaChannel?: number
  sentenceIndex?: number
  /** In milliseconds. */
  startTime?: number
  /** In milliseconds. */
  endTime?: number
  transcript?: string
  confidence?: number
}

/** A temporary URL of a private file. */
export interface LeadConnectorFileAnswer {
  url: string
  asset_id?: string
  content_type?: string
  filename?: string
  /** In bytes. */
  size?: number
  allow_download?: boolean
  traceId?: string
}

/** Files of conversations, and recordings and transcriptions of calls. */
export interface LeadConnectorFileEndpoints {
  /**
   * The body is a form: the files as `fileAttachment` (at most 5, of 5 MB each), `locationId`, and either
   * `conversationId` or `contactId`. `isSecureAttachment=true` makes the files private. `attachmentUrls` is declared as
   * required, but not needed with a file. Group SMS also takes `chatServiceSid` and `isGroupSms`, with one file.
   */
  'POST /conversations/messages/upload': { body: FormData; answer: LeadConnectorUploadAnswer }
  /** A WAV file. */
  'GET /conversations/messages/{messageId}/locations/{locationId}/recording': { answer: Uint8Array }
  /** Declared as one sentence, although a call has several. */
  'GET /conversations/locations/{locationId}/messages/{messageId}/transcription': {
    answer: LeadConnectorTranscriptSentence[] | LeadConnectorTranscriptSentence
  }
  'GET /conversations/locations/{locationId}/messages/{messageId}/transcription/download': { answer: string }
  'GET /files/d/{slug}': { answer: LeadConnectorFileAnswer }
}
