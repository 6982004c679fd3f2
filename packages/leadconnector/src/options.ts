import type { LeadConnectorInboundType, LeadConnectorSendType } from './vocabulary.ts'

/** This vendor's options of `conversations.list`. */
export interface LeadConnectorConversationListOptions {
  /** Ids of operators who follow the conversation. */
  followers?: string[]
  /** Ids of operators who are mentioned in the conversation. */
  mentions?: string[]
  /** The type of the last message, such as `TYPE_SMS`. More exact than `channel`. */
  lastMessageType?: string
  lastMessageDirection?: 'inbound' | 'outbound'
  /** Whether a person or the platform wrote the last outbound message. */
  lastMessageAction?: 'automated' | 'manual'
  /** Created at or after this instant, ISO 8601. */
  createdSince?: string
  /** Created before or at this instant, ISO 8601. */
  createdUntil?: string
}

/** This vendor's options of `messages.list`. */
export interface LeadConnectorMessageListOptions {
  /** Only messages of these types, such as `TYPE_SMS`; internal comments are `TYPE_INTERNAL_COMMENTS` here. */
  types?: string[]
  /** Read the body of each email of the page as well; one request per email. Default `false`. */
  emailBodies?: boolean
}

/** This vendor's options of `messages.ask`. */
export interface LeadConnectorAskOptions {
  /** The vendor's message type, if the channel is not specific enough. `Custom` needs a provider. */
  type?: LeadConnectorInboundType
  /** The provider of a marketplace app that the message came through. */
  conversationProviderId?: string
  /** The application's own id for the message. */
  altId?: string
  /** Email only, like the following. */
  subject?: string
  html?: string
  emailFrom?: string
  emailTo?: string
  emailCc?: string[]
  emailBcc?: string[]
  /** The email that this one answers. */
  emailMessageId?: string
}

/** This vendor's options of `messages.reply`. */
export interface LeadConnectorReplyOptions {
  /** The vendor's message type, if the channel is not specific enough. `Custom` needs a provider. */
  type?: LeadConnectorSendType
  /** The provider of a marketplace app to send through. */
  conversationProviderId?: string
  fromNumber?: string
  toNumber?: string
  emailFrom?: string
  /** Must be an address of the contact. */
  emailTo?: string
  emailCc?: string[]
  emailBcc?: string[]
  emailReplyMode?: 'reply' | 'reply_all'
  threadId?: string
  /** A template of the account; WhatsApp needs one outside its 24 hours. */
  templateId?: string
  appointmentId?: string
  /** The kind of email that the contact can unsubscribe from. */
  customSubtypeId?: string
  /**
   * Declared as required but not described. The vendor accepts messages without it. Use it for deployments whose
   * validator requires it.
   */
  subType?: Record<string, unknown>
  /** Let the vendor choose the best moment, within `optimizationPeriod`. */
  usesNativeSchedulingAi?: boolean
  optimizationPeriod?: '24h' | '48h' | '72h'
  forward?: LeadConnectorForward
  /** The initial status of the message. Omitted unless the vendor requires one, then `pending`. */
  status?: 'delivered' | 'failed' | 'pending' | 'read'
}

/** This vendor's options of `messages.note`. */
export interface NoteOptions {
  /** Declared as required but not described. The vendor accepts notes without it. */
  subType?: Record<string, unknown>
  /** The initial status of the note. Omitted unless the vendor requires one, then `pending`. */
  status?: 'delivered' | 'failed' | 'pending' | 'read'
}

/** What is forwarded, by email. */
export interface LeadConnectorForward {
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

/** This vendor's options of `messages.export`. */
export interface LeadConnectorExportOptions {
  /** Read the body of each email of the page as well; one request per email. Default `false`. */
  emailBodies?: boolean
}

/** This vendor's options of `messages.setStatus`. */
export interface LeadConnectorMessageStatusOptions {
  /** The email that it is about, where a message has several. */
  emailMessageId?: string
  /** Addresses or, as the vendor's examples have them, objects with a status each. Emails take objects only. */
  recipients?: (string | LeadConnectorStatusRecipient)[]
  /**
   * Emails only: counts that are added to the stored ones, such as `{ opened: 1 }`. A later one implies the earlier.
   */
  events?: Record<string, number>
  /** Emails only: a status that the contract does not have. */
  emailStatus?: 'scheduled' | 'sent' | 'undelivered' | 'connected' | 'opened' | 'clicked'
}

export interface LeadConnectorStatusRecipient {
  emailId: string
  status: string
  failReason?: string
}

/** What `attachments.upload` takes beyond the contract. */
export interface LeadConnectorUploadOptions {
  /** Make the file private after an hour. From 30 November 2026 every file is, whatever is said here. */
  isSecureAttachment?: boolean
  /** Group text messages only. */
  chatServiceSid?: string
  isGroupSms?: boolean
}

/** What `conversations.update` takes beyond the contract. */
export interface LeadConnectorConversationUpdateOptions {
  /** What the visitor thought of a live chat. A word needs v3, which is then used; the object is the older form. */
  feedback?: 'positive' | 'negative' | Record<string, unknown>
  /** The count itself, instead of `unread`. */
  unreadCount?: number
}

/** What `contacts.upsert` takes beyond the contract, which calls it the options of `contacts.create`. */
export interface LeadConnectorContactOptions {
  companyName?: string
  /** An IANA name. */
  timezone?: string
  /** Where the contact came from. */
  source?: string
  /** The operator who owns the contact, and with it its conversation. */
  assignedTo?: string
  gender?: string
  address1?: string
  city?: string
  state?: string
  postalCode?: string
  website?: string
  /** Whether no message may be sent to the contact at all. */
  dnd?: boolean
  /** Per channel: `{ SMS: { status: 'active' } }`. */
  dndSettings?: Record<string, { status: string; message?: string; code?: string }>
  inboundDndSettings?: { all?: { status: 'active' | 'inactive'; message?: string } }
}

/** What `agents.create` and `agents.update` take beyond the contract. */
export interface LeadConnectorAgentOptions {
  /** Instead of `channels`, in the vendor's words: `IG`, `FB`, `SMS`, `WebChat`, `WhatsApp`, `Live_Chat`, `Email`. */
  channels?: string[]
  /** Deprecated by the vendor. */
  sleepEnabled?: boolean
  /** Cannot be read back: an update without it may switch it off. */
  respondToImages?: boolean
  /** Cannot be read back: an update without it may switch it off. */
  respondToAudio?: boolean
  /** When which knowledge base is used. Only `agents.update` was seen to take it. */
  knowledgeBaseTriggers?: Record<string, unknown>[]
}

declare module '@parley/core' {
  interface VendorOptions {
    leadconnector: {
      'agents.create': LeadConnectorAgentOptions
      'agents.update': LeadConnectorAgentOptions
      'conversations.list': LeadConnectorConversationListOptions
      'messages.list': LeadConnectorMessageListOptions
      'messages.ask': LeadConnectorAskOptions
      'messages.reply': LeadConnectorReplyOptions
      'messages.note': NoteOptions
      'messages.export': LeadConnectorExportOptions
      'messages.setStatus': LeadConnectorMessageStatusOptions
      'attachments.upload': LeadConnectorUploadOptions
      'conversations.update': LeadConnectorConversationUpdateOptions
      'contacts.create': LeadConnectorContactOptions
    }
  }
}
