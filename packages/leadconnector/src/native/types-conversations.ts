import type {
  LeadConnectorConversationPayload,
  LeadConnectorEmailPayload,
  LeadConnectorMessagePayload,
} from '../wire.ts'
import type { Word } from './types-agents.ts'

export interface LeadConnectorConversationSearchQuery {
  locationId: string
  /** A contact has one conversation, so this finds at most one. */
  contactId?: string
  /** A conversation's id. */
  id?: string
  /** Free text; a phone number or an email address works. A new conversation is found only after some seconds. */
  query?: string
  /** Ids of users, separated by commas, or `unassigned`. */
  assignedTo?: string
  /** Ids of users, separated by commas. */
  followers?: string
  /** Ids of users, separated by commas. */
  mentions?: string
  status?: Word<'all' | 'read' | 'unread' | 'starred' | 'recents'>
  /** Of the last message only: `TYPE_SMS`, `TYPE_EMAIL` and forty others. */
  lastMessageType?: string
  lastMessageDirection?: Word<'inbound' | 'outbound'>
  /** Of the last outbound message. */
  lastMessageAction?: Word<'automated' | 'manual'>
  sortBy?: Word<'last_message_date' | 'last_manual_message_date' | 'score_profile' | 'overdue_at' | 'due_at'>
  sort?: Word<'asc' | 'desc'>
  /** The `sort` of the last conversation of the page before: its first number, or all of them where several tie. */
  startAfterDate?: number | readonly number[]
  /** Default 20. 100 is the largest that was seen to work. */
  limit?: number
  /** Unix milliseconds, of when the conversation was begun. */
  startDate?: number
  /** Unix milliseconds, of when the conversation was begun. */
  endDate?: number
  sortScoreProfile?: string
  scoreProfile?: string
  scoreProfileMin?: number
  scoreProfileMax?: number
}

export interface LeadConnectorMessageListQuery {
  /** The `lastMessageId` of the page before. */
  lastMessageId?: string
  /** Default 20. 100 is the largest that was seen to work. */
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

/** The schema has the page itself; what is sent has it one level deeper, in `messages`. */
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
  /** Without names and texts, which only the search has. */
  'GET /conversations/{conversationId}': { answer: LeadConnectorConversationPayload }
  'POST /conversations/': { body: { locationId: string; contactId: string }; answer: ConversationAnswer }
  'PUT /conversations/{conversationId}': {
    body: {
      locationId: string
      /** 0 marks it as read. */
      unreadCount?: number
      starred?: boolean
      /** Of a live chat. An object in the older reference, a word in the newer one. */
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
  /** The `nextCursor` of the page before. It lives for about two minutes. */
  cursor?: string
  /** Default `createdAt`. */
  sortBy?: Word<'createdAt' | 'updatedAt'>
  /** Default `desc`. */
  sortOrder?: Word<'asc' | 'desc'>
  conversationId?: string
  contactId?: string
  /** Without it everything comes except emails. */
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

/** Of a message that the application delivers itself, as the provider of its channel. */
export interface LeadConnectorMessageStatusBody {
  status: Word<'delivered' | 'failed' | 'pending' | 'read'>
  error?: { code: string; type: string; message: string }
  emailMessageId?: string
  /** Declared as texts; the examples are objects. */
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
  /** A later one implies the earlier: what was clicked was opened and delivered. */
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
  /** Counters that are added to those stored, free ones among them. */
  events?: { [Event in LeadConnectorEmailEvent]?: number } & Record<string, number>
  /** Each replaces the entry of the same `emailId`. */
  recipients?: { emailId: string; status: string; failReason?: string }[]
}

/** The status of the cancellation itself. One of 400 and more inside a 200 is thrown as an error. */
export interface LeadConnectorCancelAnswer {
  status?: number
  message?: string
  traceId?: string
}

/** "Conversations / Messages": reading them, and what becomes of them. */
export interface LeadConnectorMessageEndpoints {
  /** The schema has the message itself; what is sent has it in `message`. */
  'GET /conversations/messages/{id}': {
    answer: LeadConnectorMessagePayload | { message: LeadConnectorMessagePayload; traceId?: string }
  }
  /** The id of an email (`meta.email.messageIds`), not of its message. The body is HTML. */
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
  /** Replaces the attachments of a call that the application added itself. The vendor declares no answer. */
  'PUT /conversations/messages/{messageId}/attachments': {
    /** At most 5 addresses. */
    body: { attachments: string[] }
    answer: unknown
  }
}

/** The vendor has no key against sending twice: a request whose outcome is unknown must be looked for, not repeated. */
export interface LeadConnectorSendBody {
  type: Word<'SMS' | 'RCS' | 'Email' | 'WhatsApp' | 'IG' | 'FB' | 'Custom' | 'Live_Chat' | 'TIKTOK' | 'InternalComment'>
  /** Declared as a required object without fields. Live calls need none. */
  subType?: object
  /** There is no sending to a conversation: a contact has one. */
  contactId: string
  /** Declared as required, and not needed. */
  status?: Word<'delivered' | 'failed' | 'pending' | 'read'>
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
  emailReplyMode?: Word<'reply' | 'reply_all'>
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
  optimizationPeriod?: Word<'24h' | '48h' | '72h'>
  /** What kind of email it is: an id of `GET /conversations/preferences/custom-subtypes`. */
  customSubtypeId?: string
  forward?: LeadConnectorForwardBody
  /** Of an internal comment: ids of users. */
  mentions?: string[]
  /** Of an internal comment: who wrote it. */
  userId?: string
  /** Only the newest reference has it. `attachments` were seen to be ignored on WhatsApp. */
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
  direction?: Word<'inbound' | 'outbound'>
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

export interface LeadConnectorUploadAnswer {
  /** Addresses by file name. One like `…/files/d/{slug}` is public for an hour. */
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

/** Where a private file can be fetched for a short while. */
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

/** Files of conversations, and what calls leave behind. */
export interface LeadConnectorFileEndpoints {
  /**
   * Takes a form: the files as `fileAttachment` (at most 5, of 5 MB each), `locationId`, and one of `conversationId` and
   * `contactId`. `isSecureAttachment=true` asks for a private file. `attachmentUrls` is declared as required, and not
   * needed beside a file. For group SMS `chatServiceSid` and `isGroupSms`, with one file.
   */
  'POST /conversations/messages/upload': { body: FormData; answer: LeadConnectorUploadAnswer }
  /** A WAV file. */
  'GET /conversations/messages/{messageId}/locations/{locationId}/recording': { answer: Uint8Array }
  /** Declared as one sentence; a call has several. */
  'GET /conversations/locations/{locationId}/messages/{messageId}/transcription': {
    answer: LeadConnectorTranscriptSentence[] | LeadConnectorTranscriptSentence
  }
  'GET /conversations/locations/{locationId}/messages/{messageId}/transcription/download': { answer: string }
  'GET /files/d/{slug}': { answer: LeadConnectorFileAnswer }
}
